"""Laws that the schema cannot express, one module each; the folder is the registry.

The name of a module is the id of its rule. Its docstring is the law, the reason for it, and a bad and a good example.
Its `check` names what it wants to see by the names of its parameters: `claim`, `article`, `source`, `agent` or `record`
for one record at a time, `dataset` for all of them, or one of the former and `dataset`. A rule that wants `past` too is
asked only if there is an earlier revision to compare with. It yields problems at symbolic places; id and severity are
stamped here. `SEVERITY` makes it a warning. `LAST = True` is for what looks wrong as soon
as anything else is: such a rule is asked only when there is no error. `TEXT = True` says that a rule can find something
only where the text of the article is at hand.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from validator.dataset import Dataset
from validator.problem import Problem, Severity


class Rule(NamedTuple):
    """One law: its id, its text, how grave a breach is, and what it wants to see."""

    id: str
    law: str
    severity: Severity
    check: Callable[..., Iterable[Problem]]
    wants: tuple[str, ...]
    last: bool
    text: bool


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule in the folder, by id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(_rule(name) for name in names)


def _rule(name: str) -> Rule:
    module = importlib.import_module(f"{__name__}.{name}")
    severity = getattr(module, "SEVERITY", Severity.ERROR)
    wants = tuple(inspect.signature(module.check).parameters)
    law = inspect.cleandoc(module.__doc__ or "")
    last, text = getattr(module, "LAST", False), getattr(module, "TEXT", False)
    return Rule(name.replace("_", "-"), law, severity, module.check, wants, last, text)


def run(dataset: Dataset) -> Iterator[Problem]:
    """Yield what every rule finds in a data set; rules marked `LAST` are asked only if there is no error before."""
    found = [problem for rule in rules() if not rule.last for problem in _stamped(rule, dataset)]
    yield from found
    if not dataset.broken and all(problem.severity != Severity.ERROR for problem in found):
        yield from (problem for rule in rules() if rule.last for problem in _stamped(rule, dataset))


def answered(dataset: Dataset, problems: Iterable[Problem]) -> set[str]:
    """Return the ids of the rules that had a chance to find something in a data set with these problems."""
    sound = not dataset.broken and all(problem.severity != Severity.ERROR for problem in problems)
    return {
        rule.id
        for rule in rules()
        if (sound or not rule.last) and (dataset.texts or not rule.text) and _can_ask(rule, dataset)
    }


def _can_ask(rule: Rule, dataset: Dataset) -> bool:
    return dataset.past is not None or "past" not in rule.wants


def _stamped(rule: Rule, dataset: Dataset) -> Iterator[Problem]:
    for problem in _found(rule, dataset) if _can_ask(rule, dataset) else ():
        yield problem._replace(rule=rule.id, severity=rule.severity)


def _found(rule: Rule, dataset: Dataset) -> Iterator[Problem]:
    known = {"dataset": dataset, "past": dataset.past}
    whole = {name: known[name] for name in rule.wants if name in known}
    kind = rule.wants[0]
    if kind == "dataset":
        yield from rule.check(**whole)
        return
    for record in dataset.records:
        if kind in (record.kind, "record"):
            yield from rule.check(record, **whole)
