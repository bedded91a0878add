"""A record held to its JSON Schema, in plain words.

Parts of a schema that a rule explains better carry `x-rule` with the id of that rule: editors and other validators see
them, here the rule has the word, so that one fault is never reported twice.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from validator.address import fault
from validator.problem import LISTED, Keys, Place, Problem, bounded, brief, did_you_mean, nearest
from validator.record import KINDS, Kind, Record
from validator.record.placeholder import asked_for

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

Schema = dict[str, Any]

_TYPES = {
    "object": "a mapping (keys with values)",
    "array": "a list (lines that begin with -)",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}
_LONGEST = 60
_MOST = 2000  # what is wrong with one record, as far as it is looked at
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def folder() -> Path:
    """Return where the schemas lie: inside the package in a wheel, beside it in a checkout."""
    # Not by importlib.resources, whose import takes as long as reading a hundred claims.
    package = Path(__file__).parent
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parent / "schema"


@cache
def load(kind: Kind) -> Schema:
    """Return the whole schema of a kind of record, as editors see it."""
    schema: Schema = json.loads((folder() / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return schema


def problems(record: Record) -> list[Problem]:
    """Return what keeps a record from its schema: one problem for each cause, in the order of the keys.

    Of a placeholder, which still has to be filled, nothing is expected.
    """
    errors = (each for each in _validator(record.kind).iter_errors(record.data) if asked_for(each.instance) is None)
    return bounded(_distinct(record, sorted(islice(errors, _MOST), key=_order)))


def satisfies(kind: Kind, keys: Keys, value: object) -> bool:
    """Tell whether a value by itself satisfies the part of a schema at a path of keys; a placeholder does."""
    path = tuple(0 if isinstance(key, int) else key for key in keys)
    return asked_for(value) is not None or bool(_part_validator(kind, path).is_valid(value))


@cache
def _part_validator(kind: Kind, keys: Keys) -> "Draft202012Validator":
    return cast("Draft202012Validator", _validator(kind).evolve(schema=_without_rules(at(kind, keys))))


def looks_like(data: object) -> list[Kind]:
    """Return the kinds of record that have every key of the data, which should be a mapping with some."""
    if not isinstance(data, dict) or not data:
        return []
    return [kind for kind in KINDS if data.keys() <= load(kind)["properties"].keys()]


def at(kind: Kind, keys: Keys) -> Schema:
    """Return the part of a schema that governs the value at a path of keys, its references followed."""
    schema = load(kind)
    for key in keys:
        schema = _follow(kind, schema["items"] if isinstance(key, int) else schema["properties"][key])
    return schema


def is_free_text(kind: Kind, keys: Keys) -> bool:
    """Tell whether the schema has text in somebody's own words, or a title or a name, at a path of keys."""
    return _is_free_text(kind, tuple(0 if isinstance(key, int) else key for key in keys))


@cache
def _is_free_text(kind: Kind, keys: Keys) -> bool:
    try:
        part = at(kind, keys)
    except KeyError:
        return False
    return part.get("type") == "string" and part.get("pattern", "").startswith(r"^\S")


def _follow(kind: Kind, schema: Schema) -> Schema:
    if "$ref" not in schema:
        return schema
    # What stands beside a reference is nearer to the use, so it wins.
    return {**load(kind)["$defs"][schema["$ref"].removeprefix("#/$defs/")], **schema}


@cache
def _validator(kind: Kind) -> "Draft202012Validator":
    # Imported where it is needed: a check of clean files has no use for it.
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend

    formats = FormatChecker(())
    for name, conforms in FORMATS.items():
        formats.checks(name)(conforms)
    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_whole)
    keywords = {"pattern": _pattern, "uniqueItems": _unique_items}
    ours: type[Draft202012Validator] = extend(Draft202012Validator, keywords, type_checker=types)  # type: ignore[no-untyped-call]
    return ours(decided(kind), format_checker=formats)


def _is_whole(_: object, value: object) -> bool:
    """Tell whether a value is a whole number that is written as one: 3.0 is none, since no index or count can be it."""
    return isinstance(value, int) and not isinstance(value, bool)


def _pattern(_: object, pattern: str, value: object, __: Schema) -> "Iterator[ValidationError]":
    """Hold a text to a pattern as JSON Schema means it, for jsonschema, which would take it for one of Python's."""
    from jsonschema.exceptions import ValidationError

    if isinstance(value, str) and not matcher(pattern).search(value):
        yield ValidationError("")


def _unique_items(_: object, unique: bool, items: object, __: Schema) -> "Iterator[ValidationError]":
    """Hold a list to having each item once, for jsonschema, which would compare each with each."""
    from jsonschema.exceptions import ValidationError

    if unique and isinstance(items, list) and _second(items) is not None:
        yield ValidationError("")


def _second(items: list[Any]) -> int | None:
    """Return the index of the first item that is there before."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        key = json.dumps(item, sort_keys=True)
        if key in seen:
            return index
        seen.add(key)
    return None


# What the regular expressions of ECMA-262 mean by these: a space may be a byte order mark, not U+0085; $ is the end.
_SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_ECMA = {".": r"[^\n\r\u2028\u2029]", "$": r"\Z", r"\s": f"[{_SPACE}]", r"\S": f"[^{_SPACE}]"}
_PART = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|.", re.DOTALL)


@cache
def matcher(pattern: str) -> re.Pattern[str]:
    r"""Return a pattern of JSON Schema, which is one of ECMA-262, as a pattern of Python that means the same.

    >>> [bool(matcher("^a$").search(text)) for text in ("a", "a\n")]
    [True, False]
    """
    return re.compile("".join(_ECMA.get(part, part) for part in _PART.findall(pattern)), re.ASCII)


def decided(kind: Kind) -> Schema:
    """Return the schema of a kind of record without the parts that a rule explains better."""
    schema: Schema = _without_rules(load(kind))
    return schema


def _is_date(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return bool(_DAY.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _is_uri(value: object) -> bool:
    return not isinstance(value, str) or fault(value) is None


# What the schemas call a format, and whether a value has it; both lanes of reading use these.
FORMATS: dict[str, Callable[[object], bool]] = {"date": _is_date, "uri": _is_uri}


def _without_rules(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_without_rules(item) for item in schema if not (isinstance(item, dict) and "x-rule" in item)]
    if isinstance(schema, dict):
        return {key: _without_rules(value) for key, value in schema.items() if key != "allOf" or _without_rules(value)}
    return schema


def _order(error: "ValidationError") -> tuple[list[str], bool]:
    # A wrong type first: it makes whatever else is said of the same value pointless.
    return [str(key) for key in error.absolute_path], error.validator != "type"


def _distinct(record: Record, errors: "list[ValidationError]") -> Iterator[Problem]:
    seen: set[tuple[Place, str]] = set()
    for error in errors:
        for problem in _explain(record, error):
            cause = (problem.place, problem.message if problem.rule == "missing-key" else "")
            if cause not in seen:
                yield problem
            seen.add(cause)


def _explain(record: Record, error: "ValidationError") -> Iterator[Problem]:
    path = tuple(error.absolute_path)
    schema, found = at(record.kind, path), cast(Any, error.instance)
    if error.validator == "unevaluatedProperties":
        yield from _unknown_keys(record, path, schema, found)
    elif error.validator == "required":
        yield from _missing_keys(record, path, schema, found, cast(list[str], error.validator_value))
    elif error.validator == "uniqueItems":
        yield _repeated(record, path, found)
    else:
        rule = {"type": "wrong-type", "enum": "unknown-word"}.get(str(error.validator), "wrong-value")
        yield Problem(record.at(*path), _value(schema, error), rule)


def _unknown_keys(record: Record, path: Keys, schema: Schema, found: dict[str, Any]) -> Iterator[Problem]:
    for number, key in enumerate(key for key in found if key not in schema["properties"]):
        guess = _meant(key, schema, found) if number < LISTED else None
        hint = f'did you mean "{guess}"?' if guess else f"known keys: {', '.join(schema['properties'])}"
        message = f'found the unknown key "{brief(key)}" in {_noun(schema)}; {hint}'
        yield Problem(record.at(*path, key, on="key"), message, "unknown-key")


def _missing_keys(
    record: Record, path: Keys, schema: Schema, found: dict[str, Any], required: list[str]
) -> Iterator[Problem]:
    unknown = (key for key in found if key not in schema["properties"])
    slips = {_meant(key, schema, found) for key in islice(unknown, LISTED)}
    for key in required:
        if key not in found and key not in slips:
            example = _example(at(record.kind, (*path, key)))
            message = f'found no "{key}" in {_noun(schema)}, expected one{example and f", such as {key}: {example}"}'
            yield Problem(record.at(*path), message, "missing-key")


def _meant(key: str, schema: Schema, found: dict[str, Any]) -> str | None:
    return nearest(key, [name for name in schema["properties"] if name not in found])


def _repeated(record: Record, path: Keys, items: list[Any]) -> Problem:
    index = _second(items) or 0
    message = f"found {_show(items[index])} twice in the list, expected it once; delete this one"
    return Problem(record.at(*path, index), message, "wrong-value")


def _value(schema: Schema, error: "ValidationError") -> str:
    found = error.instance
    expected = _specific(schema, error) or _expected(schema, error) + _hint(schema, error, found)
    return f"found {_show(found)}, expected {expected}"


def _specific(schema: Schema, error: "ValidationError") -> str | None:
    """Return what is expected in place of this very value, where more can be said than what the schema says of all."""
    found = error.instance
    if not isinstance(found, str) or found != found.strip():
        return None
    if schema.get("format") == "uri" and (wrong := fault(found)):
        return wrong.expected
    if "language" in list(error.absolute_path)[-1:] and matcher(schema["pattern"]).search(tag := language_tag(found)):
        return f"{schema['title']} in its usual form: {tag}"
    return None


def language_tag(text: str) -> str:
    """Return a language tag with hyphens and in the case that RFC 5646, section 2.1.1, recommends.

    >>> language_tag("SR_latn_rs"), language_tag("ca-es-VALENCIA"), language_tag("en-a-BB-x-DE")
    ('sr-Latn-RS', 'ca-ES-valencia', 'en-a-bb-x-de')
    """
    first, *others = text.replace("_", "-").lower().split("-")
    single = next((index for index, part in enumerate((first, *others)) if len(part) == 1), len(others) + 1)
    cased = (_cased(part) if index < single else part for index, part in enumerate(others, 1))
    return "-".join((first, *cased))


def _cased(part: str) -> str:
    if len(part) == 2:
        return part.upper()
    return part.title() if len(part) == 4 and part.isalpha() else part


def _expected(schema: Schema, error: "ValidationError") -> str:
    limit = error.validator_value
    match error.validator:
        case "type":
            title = schema.get("title")
            return _TYPES[str(limit)] + (f": {title}" if title and limit in ("string", "integer") else "")
        case "minItems" | "minProperties":
            return "at least one; delete the key if there is none"
        case "minLength" | "maxLength" as bound:
            side = "at least" if bound == "minLength" else "at most"
            return f"{side} {limit} characters: {schema['title']}"
        case "not":
            return str(cast(Schema, limit).get("title", schema["title"]))
    return str(schema["title"])


def _hint(schema: Schema, error: "ValidationError", found: Any) -> str:
    if error.validator == "enum":
        return f": {', '.join(schema['enum'])}{did_you_mean(found, schema['enum'])}"
    if found is None:
        return "; write a value or delete the key"
    if error.validator == "type" and isinstance(found, float) and schema["type"] == "integer" and found.is_integer():
        return f"; write {int(found)}"
    if error.validator == "type":
        return "; put it in quotes" if schema["type"] == "string" and not isinstance(found, dict | list) else ""
    if error.validator == "pattern" and found.endswith("\n") and found.strip() == found.rstrip("\n"):
        return "; it ends in a line break, so put it on one line, or begin it with >-"
    if isinstance(found, str) and found != found.strip():
        return "; delete the white space around it"
    if isinstance(found, str) and "\n" in found:
        return "; put it on one line, or begin it with >-"
    example = _example(schema)
    return f", such as {example}" if example and error.validator in ("pattern", "format", "anyOf", "not") else ""


def _noun(schema: Schema) -> str:
    return str(schema["title"]).split(" with ")[0].split(":")[0]


def _example(schema: Schema) -> str:
    example = schema["examples"][0]
    return "" if isinstance(example, dict | list) else str(example)


def _show(found: Any) -> str:
    match found:
        case None:
            return "nothing"
        case bool():
            return str(found).lower()
        case dict():
            return "a mapping" if found else "an empty mapping"
        case list():
            return "a list" if found else "an empty list"
        case str() if len(found) > _LONGEST:
            return f'"{found[: _LONGEST - 10]}…" ({len(found)} characters)'
        case str():
            return json.dumps(found, ensure_ascii=False)
    return f"the number {found}"
