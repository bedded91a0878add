"""Every agent is used: it says, passes on, publishes, writes or reviews something, or another agent belongs to it.

What nobody uses nobody keeps right.

Bad:
    claims/agents/reform-club.yaml, and nothing with it

Good:
    speaker: reform-club
"""

from collections.abc import Iterator

from validator.dataset.index import Index
from validator.problem import Problem, Severity

SEVERITY = Severity.WARNING
LAST = True


def check(index: Index) -> Iterator[Problem]:
    """Compare the agents with all that is named."""
    for agent in index.entries["agent"].values():
        if agent.id not in index.used["agent"]:
            yield Problem(
                agent.at("id"), f"found no use of the agent {agent.id}; name it somewhere, or delete the file"
            )
