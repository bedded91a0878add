"""Every agent is used: it says, passes on, publishes, writes or reviews something, or another agent belongs to it.

What nobody uses nobody keeps right.

Bad:
    claims/agents/reform-club.yaml, and nothing with it

Good:
    speaker: reform-club
"""

from collections.abc import Iterator

from validator.dataset import Dataset
from validator.problem import Problem, Severity
from validator.rules.unknown_agent import named

SEVERITY = Severity.WARNING
LAST = True


def check(dataset: Dataset) -> Iterator[Problem]:
    """Compare the agents with all that is named."""
    used = {agent for record in dataset.records for agent, place in named(record) if "distinct_from" not in place.keys}
    for agent in dataset.agents.values():
        if agent.id not in used:
            yield Problem(
                agent.at("id"), f"found no use of the agent {agent.id}; name it somewhere, or delete the file"
            )
