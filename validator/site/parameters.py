"""What a reader may ask of Datasette's tables, rows and named queries on a public site, and what each value has to be.

A list of what is allowed: Datasette reads more than this, and a new version may read more again. Several of its
parameters end in status 500 when they are not what it expects, and some cost more the more often they are repeated.
A test looks for every parameter in Datasette's source, so that a new one has to be put here or into CLOSED.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

PAIRS = 30  # parameters of one request
FACETS = 3  # that one request may ask for, beside those that a table shows anyway
LONGEST = 500  # characters of a value
MOST_ROWS = 500  # `max_returned_rows` of a public site
WORDS = 12  # of a full-text query
WILDCARDS = 2  # of a pattern: SQLite's LIKE takes time by the power of their number, and nothing interrupts it


class Table(NamedTuple):
    """A table or a view: its columns, and how many of them are its key; none of a view's are."""

    columns: frozenset[str]
    keys: int


class Parameter(NamedTuple):
    """What a value has to be: the test of it beside its table, and the words for whoever failed it."""

    fits: Callable[[str, Table], object]
    expected: str


def _whole(most: int) -> Callable[[str, Table], bool]:
    return lambda value, _: bool(re.fullmatch("[0-9]{1,9}", value)) and int(value) <= most


def _one_of(*values: str) -> Parameter:
    return Parameter(lambda value, _: value in values, f"one of {', '.join(values)}")


def _listed(value: str, _: Table) -> bool:
    """Return whether a value is a list as Datasette reads it: with commas, or as JSON."""
    if not value.startswith("["):
        return value.count(",") < PAIRS
    try:
        found = json.loads(value)
    except (ValueError, RecursionError):
        return False
    return len(found) <= PAIRS and all(isinstance(each, str) for each in found)


def _numbered(value: str, _: Table) -> bool:
    """Return whether Datasette can compare with a value; what Python calls digits, it takes for a number of 64 bits."""
    return not value.isdigit() or bool(re.fullmatch("[0-9]{1,18}", value))


def _next(value: str, table: Table) -> bool:
    """Return whether a value is where a page can begin: an offset in a view, in a table the key of the row before."""
    return table.keys > 0 or _whole(10**9)(value, table)


ANY = Parameter(lambda *_: True, "a text")
_FLAG = Parameter(lambda value, _: re.fullmatch("[A-Za-z0-9]{0,9}", value), "on or off")
_COLUMN = Parameter(lambda value, table: value in table.columns, "a column of this table")
_MAYBE_COLUMN = Parameter(lambda value, table: not value or value in table.columns, _COLUMN.expected)
_PATTERN = Parameter(
    lambda value, _: sum(map(value.count, "%*")) <= WILDCARDS, f"a pattern with {WILDCARDS} wildcards at most"
)
_SIZE = Parameter(lambda value, _: value == "max" or _whole(MOST_ROWS)(value, _), f"max or a number up to {MOST_ROWS}")
_SEARCH = Parameter(lambda value, _: len(value.split()) <= WORDS, f"{WORDS} words at most")
_NUMBER = Parameter(_numbered, "a number of 18 digits at most, or a text")
_LIST = Parameter(_listed, f"{PAIRS} values at most, with commas or as a JSON list of texts")

_OF_ALL: Mapping[str, Parameter] = {
    "_shape": _one_of("arrays", "objects", "array", "arrayfirst", "object"),
    "_nl": _FLAG,
    "_json": _MAYBE_COLUMN,
    "_labels": _FLAG,
    "_size": _SIZE,
    "_stream": _FLAG,
    "_dl": _FLAG,
    "_header": _FLAG,
}
OF_DATABASES: Mapping[str, Parameter] = {"_show_hidden": _FLAG}
OF_QUERIES: Mapping[str, Parameter] = {**_OF_ALL, "_json": ANY, "_hide_sql": _FLAG, "_show_sql": _FLAG}
OF_ROWS: Mapping[str, Parameter] = {**_OF_ALL, "_extras": _one_of("foreign_key_tables", "")}
OF_TABLES: Mapping[str, Parameter] = {
    **_OF_ALL,
    "_col": _COLUMN,
    "_facet": _COLUMN,
    "_facet_date": _COLUMN,
    "_facet_size": _SIZE,
    "_filter_column": _MAYBE_COLUMN,
    "_filter_op": ANY,
    "_filter_value": ANY,
    "_label": _COLUMN,
    "_next": Parameter(_next, "what `next` of the page before says"),
    "_nocol": _COLUMN,
    "_nocount": _FLAG,
    "_nofacet": _FLAG,
    "_nosuggest": _FLAG,
    "_search": _SEARCH,
    "_searchmode": _one_of("escaped"),
    "_sort": _MAYBE_COLUMN,
    "_sort_by_desc": _FLAG,
    "_sort_desc": _MAYBE_COLUMN,
}
# How a column may be compared, by what stands behind its name and two underscores.
OPERATORS: Mapping[str, Parameter] = {
    "exact": ANY,
    "not": ANY,
    "date": ANY,
    "contains": _PATTERN,
    "endswith": _PATTERN,
    "startswith": _PATTERN,
    "like": _PATTERN,
    "notlike": _PATTERN,
    "glob": _PATTERN,
    "gt": _NUMBER,
    "gte": _NUMBER,
    "lt": _NUMBER,
    "lte": _NUMBER,
    "in": _LIST,
    "notin": _LIST,
    "isnull": ANY,
    "notnull": ANY,
    "isblank": ANY,
    "notblank": ANY,
}
# What Datasette reads beside these, with the reason why strangers get none of it.
CLOSED: Mapping[str, str] = {
    "sql": "free SQL",
    "_where": "free SQL",
    "_through": "a query inside the query",
    "_facet_array": "no column has lists",
    "_fts_table": "any index in place of the table's own",
    "_fts_pk": "any column in place of the table's key",
    "_timelimit": "another limit than the site's",
    "_ttl": "for how long caches keep an answer is the site's to say",
    "_trace": "shows how the server works",
    "_context": "shows how the server works",
    "_blob_column": "there are no binary values",
    "_blob_hash": "there are no binary values",
    "_json_infinity": "there are no infinite numbers",
    "_success": "nothing is written",
    "_format": "an address says its format itself",
    "all": "of a page for developers",
    "actor": "of a page for developers",
    "allow": "of a page for developers",
    "token": "of a page for developers",
}

Pairs = Sequence[tuple[str, str]]


def fault_of_table(pairs: Pairs, table: Table) -> str | None:
    """Return what is wrong with the parameters for a table, if anything is."""
    names = [name for name, _ in pairs]
    if sum(name in ("_facet", "_facet_date") for name in names) > FACETS:
        return f"{FACETS} facets at most"
    if {"_sort", "_sort_desc"} <= {name for name, value in pairs if value}:
        return "_sort and _sort_desc exclude each other"
    return fault(pairs, table, lambda name: _of_table(name, table))


def fault(pairs: Pairs, table: Table, known: Callable[[str], Parameter | None]) -> str | None:
    """Return what is wrong with the first parameter that is unknown or has a value that it cannot have."""
    for name, value in pairs:
        parameter = known(name)
        if parameter is None:
            return f"{name[:40]!r} is no parameter here; leave it out"
        if len(value) > LONGEST or not parameter.fits(value, table):
            return f"{name} is {value[:40]!r}, expected {parameter.expected}"
    return None


def _of_table(name: str, table: Table) -> Parameter | None:
    """Return what a parameter of a table is: one of Datasette's own, or a column with how it is compared."""
    if name in table.columns:
        return OPERATORS["exact"]
    # The form that narrows a table numbers its fields.
    plain = re.sub(r"^(_filter_(?:column|op|value))_[0-9]{1,3}$", r"\1", name)
    if found := OF_TABLES.get(plain):
        return found
    if name.startswith("_search_") and name.removeprefix("_search_") in table.columns:
        return _SEARCH
    column, _, operator = name.rpartition("__")
    return OPERATORS.get(operator) if column in table.columns else None
