"""One new record: what it still has to say marked as such, held to its schema, laid out, and put where nothing is."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from validator import day, rules, schema
from validator.address import page
from validator.check import sound
from validator.dataset import Dataset
from validator.dataset.library import addresses, library
from validator.dataset.shelf import Shelf
from validator.find import Misuse, located, root_of, shown
from validator.layout import laid_out
from validator.problem import Severity
from validator.record import Kind, Record
from validator.record.placeholder import asked_for, placeholder, placeholders
from validator.replace import create, sweep, writing
from validator.words import folded

_DAYS = frozenset(("date-implausible", "date-in-future", "dates-out-of-order", "said-after-publication"))


class Entry(NamedTuple):
    """A new record, and the content of the file that it will stand in."""

    record: Record
    content: bytes

    def unfilled(self) -> Iterator[str]:
        """Yield the path of keys of each value that is left to fill in."""
        return (".".join(map(str, keys)) for keys, _ in placeholders(self.record.data))


def known(root: Path, *kinds: Kind) -> tuple[Path, Dataset]:
    """Return the folder of the data set at or above a path, and its records of these kinds as far as they are sound.

    Raises Misuse if there is no data set.
    """
    root = root_of([located(root)])
    sweep(root, deep=True)
    return root, sound(root, *kinds)


def every(dataset: Dataset, kind: Kind) -> Iterator[Record]:
    """Yield the records of a kind, those with a placeholder left included."""
    return (record for record in (*dataset.records, *dataset.drafts) if record.kind == kind)


def wanted(kind: Kind, *keys: str) -> str:
    """Return in a few words what a value says, or the words to choose from if it is one of a list.

    >>> wanted("article", "genre")
    'news, analysis, opinion, interview, press-release'
    >>> wanted("claim", "statement")
    'one proposition in our own words that can be read alone'
    """
    part = schema.at(kind, keys)
    if "enum" in part:
        return ", ".join(part["enum"])
    said = re.split(r"[.:;](?: |$)", part["description"], maxsplit=1)[0]
    return said[0].lower() + said[1:]


def asking(kind: Kind, *keys: str) -> str:
    """Return the placeholder for a value."""
    return placeholder(wanted(kind, *keys))


def filled(kind: Kind, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record, its keys in order, with a placeholder for every one that is required and has no value yet."""
    keys, required = schema.load(kind)["properties"], schema.load(kind)["required"]
    return {key: data[key] if key in data else asking(kind, key) for key in keys if key in data or key in required}


def fault(kind: Kind, data: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the first of the values that are there and break the schema, or None."""
    for problem in schema.problems(Record(Path(), kind, filled(kind, data))):
        return f"{'.'.join(map(str, problem.place.keys))}: {problem.message}"
    return None


def entry(root: Path, file: Path, kind: Kind, data: Mapping[str, Any]) -> Entry:
    """Return a new record of the data set at a root as it will stand in its file.

    Raises Misuse if a value breaks the schema or cannot be written.
    """
    if wrong := fault(kind, data):
        raise Misuse(wrong)
    whole = filled(kind, data)
    laid = laid_out(file, root, json.dumps(whole, ensure_ascii=False).encode())
    if reason := laid.refused or "; ".join(problem.message for problem in laid.problems):
        raise Misuse(f"cannot write {shown(file)}: {reason}")
    return Entry(Record(file, kind, whole), laid.after)


def refuse_twins(new: Record, dataset: Dataset) -> None:
    """Raise Misuse, naming the file, if the data set has the same page, text, person or body already."""
    for other in every(dataset, new.kind):
        if same := _same(new, other):
            raise Misuse(f"{same} is in {shown(other.file)} already; nothing was written")


def refuse_what_rules_refuse(new: Record, dataset: Dataset) -> None:
    """Raise Misuse with the first error that `check` would report in a new record.

    The data set has the agents and, for a claim, its article. A record with a placeholder left is asked about its days
    only: other rules may take the placeholder for a value.
    """
    if new.file.exists():
        return  # that it is there is told where it would be written
    articles = [each for each in dataset.records if each.kind == "article" and each.file.parent == new.file.parent]
    shelf = Shelf(new.file.parent, (*articles, new), library(dataset.records), day.today())
    unfilled = [keys for keys, _ in placeholders(new.data)]
    for problem in rules.beside(shelf, None, rules.Profile(), [new.file]):
        known = problem.place.file == new.file and problem.place.keys not in unfilled
        if known and problem.severity == Severity.ERROR and (not unfilled or problem.rule in _DAYS):
            where = ".".join(map(str, problem.place.keys))
            raise Misuse(f"{where}: {problem.message} [{problem.rule}]; nothing was written")


def _same(one: Record, another: Record) -> str | None:
    """Return what two records of one kind have in common that only one may have, or None."""
    known = {page(str(url)) for url in addresses(another).values()}
    for url in addresses(one).values():
        if asked_for(url) is None and page(url) in known:
            return f"the address {url}"
    new, other = one.data, another.data
    if "text" in new and new["text"] == other.get("text"):
        return "this text"
    if {new["id"], other["id"]} & {*new.get("distinct_from", ()), *other.get("distinct_from", ())}:
        return None
    item = new.get("identifiers", {}).get("wikidata")
    if item and item == other.get("identifiers", {}).get("wikidata"):
        return f"the Wikidata item {item}"
    names = {folded(name): name for name in _names(new)}
    return next((f'the name "{names[folded(each)]}"' for each in _names(other) if folded(each) in names), None)


def _names(data: Mapping[str, Any]) -> list[str]:
    names = [data["name"], *data.get("also_known_as", ())] if "name" in data else []
    return [name for name in names if asked_for(name) is None]


def write(new: Entry) -> None:
    """Write a new file, with the folder that it needs; raise Misuse if one is there already, or if it cannot be."""
    file = new.record.file
    with writing(file), _folder(file.parent):
        try:
            create(file, new.content)
        except FileExistsError as error:
            raise Misuse(f"there is a file {shown(file)} already; nothing was written") from error


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder if there is none, and take it away again if what follows puts nothing into it."""
    missing = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        if missing:
            with suppress(OSError):  # it is not empty: all went well
                folder.rmdir()
