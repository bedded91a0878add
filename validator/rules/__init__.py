"""Laws that the schema cannot express, one module each; the folder is the registry.

The name of a module is the id of its rule. Its docstring is the law, the reason for it, and a bad and a good example.
Its `check` names what it wants to see by the names of its parameters:

- `claim`, `article`, `source`, `agent` or `record`: one record at a time; then `shelf` too, if it has to be seen beside
  the records of its folder, the sources and the agents;
- `shelf` alone: a folder at a time;
- `index`: every record of the data set, in short, once at the end;
- `past` besides: it is asked only if there is an earlier revision to compare with.

It yields problems at symbolic places; id and severity are stamped here. `SEVERITY` makes it a warning. `LAST = True`,
for a rule that wants the index, is for what looks wrong as soon as anything else is: it is asked only when there is no
error. `TEXT = True` says that a rule can find something only where the text of the article is at hand.
`WAIVABLE = False` says that no comment may waive what a rule finds, since no database could be built of it.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from validator.dataset import Past
from validator.dataset.index import Index
from validator.dataset.shelf import Shelf
from validator.find import below
from validator.problem import Problem, Severity, internal_error
from validator.record import Record


class Profile(dict[str, tuple[float, int]]):
    """How many seconds each rule took, and how many problems it found."""

    def count(self, rule: str, seconds: float, found: int) -> None:
        """Count one more turn of a rule."""
        before = self.get(rule, (0.0, 0))
        self[rule] = before[0] + seconds, before[1] + found

    def add(self, other: Mapping[str, tuple[float, int]]) -> None:
        """Add what was counted elsewhere."""
        for rule, (seconds, found) in other.items():
            self.count(rule, seconds, found)


class Rule(NamedTuple):
    """One law: its id, its text, how grave a breach is, and what it wants to see."""

    id: str
    law: str
    severity: Severity
    check: Callable[..., Iterable[Problem]]
    wants: tuple[str, ...]
    last: bool
    text: bool
    waivable: bool


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
    waivable = getattr(module, "WAIVABLE", True)
    return Rule(name.replace("_", "-"), law, severity, module.check, wants, last, text, waivable)


def beside(shelf: Shelf, past: Past | None, profile: Profile, chosen: Sequence[Path]) -> list[Problem]:
    """Return what the rules about a record or a folder find on a shelf, in records at or below the chosen paths."""
    found: list[Problem] = []
    whole = below(shelf.folder, chosen)
    if not whole and shelf.folder not in {path.parent for path in chosen}:
        return found
    for rule in _beside():
        if (past or "past" not in rule.wants) and (shelf.text is not None or not rule.text):
            records = None if rule.wants[0] == "shelf" else _wanted(rule, shelf, () if whole else chosen)
            found += _timed(rule, {"shelf": shelf, "past": past}, records, profile)
    return found


def across(index: Index, past: Past | None, profile: Profile, *, last: bool) -> list[Problem]:
    """Return what the rules about all records find, either those marked `LAST` or all others."""
    found: list[Problem] = []
    for rule in _across():
        if rule.last == last and (past or "past" not in rule.wants):
            found += _timed(rule, {"index": index, "past": past}, None, profile)
    return found


def answered(*, sound: bool, text: bool, past: bool) -> set[str]:
    """Return the ids of the rules that had a chance to find something: without an error, with a text, with a past."""
    return {
        rule.id
        for rule in rules()
        if (sound or not rule.last) and (text or not rule.text) and (past or "past" not in rule.wants)
    }


def waivable() -> list[str]:
    """Return the ids of the rules that a comment may waive: those whose breach leaves every record fit to be published.

    What keeps a file from being read or from its schema would leave the record out of the database without a word.
    """
    return [rule.id for rule in rules() if rule.waivable]


@cache
def _across() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if "index" in rule.wants)


@cache
def _beside() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules() if "index" not in rule.wants)


def _wanted(rule: Rule, shelf: Shelf, chosen: Sequence[Path]) -> Sequence[Record]:
    """Return the records that a rule wants to see, of the chosen files only if any are named."""
    records = shelf.records if rule.wants[0] == "record" else shelf.of(rule.wants[0])
    return [record for record in records if record.file in chosen] if chosen else records


def _timed(
    rule: Rule, known: Mapping[str, object], records: Iterable[Record] | None, profile: Profile
) -> list[Problem]:
    """Ask a rule of one record after the other, or once if it wants none, and note how long it took."""
    beside = {name: known[name] for name in rule.wants if name in known}
    found: list[Problem] = []
    begin, check = perf_counter(), rule.check
    failed: list[Problem] = []
    if records is None:
        try:
            found += check(**beside)
        except Exception as error:  # noqa: BLE001 - a bug of ours: what others find is still told
            failed.append(internal_error(_some_file(known), error))
    else:
        for record in records:
            try:
                found += check(record, **beside)
            except Exception as error:  # noqa: BLE001 - as above
                failed.append(internal_error(record.file, error))
    profile.count(rule.id, perf_counter() - begin, len(found))
    return [problem._replace(rule=rule.id, severity=rule.severity) for problem in found] + failed


def _some_file(known: Mapping[str, object]) -> Path:
    """Return a file of those that a rule about many has looked at."""
    match known:
        case {"shelf": Shelf() as shelf}:
            return next((record.file for record in shelf.records), shelf.folder)
        case {"index": Index() as index}:
            return next((entry.file for kind in index.entries.values() for entry in kind.values()), Path.cwd())
    return Path.cwd()
