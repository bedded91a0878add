"""The fast lane: whether a file is clean, decided by compiled parsers, without places and without explanations.

It only ever says that a record is clean, and gives its data. Everything else, every doubt included, is None, and goes
the explaining way through `record` and `schema`, which have the last word. What is accepted here is accepted there,
with equal data; the argument:

1. Characters. Only UTF-8, and none of the characters that `record` refuses or on which YAML parsers differ: control
   characters, tabs, carriage returns, U+0085, U+00A0, U+2028, U+2029, U+FEFF, non-characters. The invisible are taken
   where the function that `record` asks finds an honest use for each; a parser sees nothing in them but text.
2. Lines. Every line is an entry, a comment, or a line of a long text. An entry is `key:`, `key: value`, `- value` or
   `- key: value`. A value is a date, a small whole number, a digest, quoted text without an escape, or plain text that
   begins with a letter or some other harmless character, or with a digit if a space or a letter keeps it from being a
   number; plain text has neither `: ` nor ` #` nor a space at its end, and is no word that some parser takes for true,
   false or null. So there is no anchor, alias, tag, directive, second document, flow collection, merge key or complex
   key, and no value that resolves to anything but text, a whole number of the core schema, or nothing.
3. Long texts. One is folded or literal, and stripped (`>-`, `|-`). Its lines are all indented alike and deeper than its
   key, so that they are text to every parser, whatever stands in them. A comment after it is less deep, so that it
   is no part of it.
4. Entries. None is indented so far that `record` would refuse the nesting. If the data have as many entries as the text
   has lines that look like one, then each of these lines is an entry: none was lost, as a key is whose name comes a
   second time, or what follows where a parser believes that the document ends; and none was read as the end of a text
   above it. A line of a long text that looks like an entry makes the numbers differ, which is a doubt.
5. Schema. jsonschema-rs is given the schema that `schema` uses, and the same functions for dates and addresses.

Points 1 to 3 are regular expressions that jsonschema-rs holds against a text, in time that grows with its length. They
look nowhere ahead or back and name every character that they mean, so there is little to read in two ways in them.

tests/test_quick.py holds this: over generated records, over mutations of real ones, and over a list of traps.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

from validator import schema
from validator.invisible import CHARACTERS, doubtful, unwelcome
from validator.record import Kind
from validator.record.content import MAX_BYTES, MAX_NODES

try:
    import jsonschema_rs
    import yaml12
except ImportError:  # the extra `fast` is not installed: everything is explained
    yaml12 = None  # type: ignore[assignment]

DEEPEST = 12  # spaces before an entry; `- key` begins a mapping two further in, and `record` allows sixteen levels

# Inside [ ]: all that may be welcome beyond ASCII, and as much of it as nobody could take for a space. Characters that
# `invisible` looks at are among it, and are asked for apart: to leave them out here, in each of many places, makes the
# pattern take twice as long to prepare.
_FAR = "\U00010000-\U0001fffd\U00020000-\U0010ffff"
_WIDE = f"\u00a1-\u2027\u202a-\ufefe\uff00-\ufffd{_FAR}"
_SEEN = f"\u00a1-\u167f\u1681-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff\uf900-\ufdff{_FAR}"
_HARMLESS = "\ufe10"  # stands for what has an honest use, and is welcome only where a space would be too

_KEY = "[a-z][a-z0-9_]*"
_DATE = "[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?"
_NUMBER = "0|[1-9][0-9]{0,14}"
_DIGEST = "[0-9a-f]{64}"
_QUOTED = rf'"[ !#-\[\]-~{_WIDE}]*"' + f"|'[ -&(-~{_WIDE}]*'"
_SLUG = "[1-9][0-9e-]*[a-df-z][0-9a-z-]*"
# How plain text goes on, at once or after spaces: so that neither `: ` nor ` #` comes about, nor a space at the end.
_AT_ONCE, _APART = (rf'{between}[!"$-9;-~{_WIDE}]' for between in ("[:#]*", " +:*"))
_COUNTED = f"[0-9](?:{_AT_ONCE})*{_APART}(?:{_AT_ONCE}|{_APART})*#*"
_FOREIGN = f"[0-9][0-9.,:;-]*[{_SEEN}](?:{_AT_ONCE}|{_APART})*#*"
_PLAIN = f"[A-Za-z$(/{_SEEN}](?:{_AT_ONCE}|{_APART})*#*"
_VALUE = f"(?:{'|'.join((_DATE, _NUMBER, _DIGEST, _QUOTED, _SLUG, _COUNTED, _FOREIGN, _PLAIN))})"

_ENTRY = f" {{0,{DEEPEST}}}(?:(?:(?:- )?{_KEY}: |- ){_VALUE}|(?:- )?{_KEY}:)\n"
_COMMENT = f"#[ -~{_WIDE}]*\n"


def _long(column: int, depth: int) -> str:
    """Return the pattern of a text that deep whose key begins in that column, and of the comments after it."""
    before = f"(?: {{{column}}}| {{{column - 2}}}- )" if column else ""
    first, other = (f" {{{depth}}}{begin}(?: *[!-~{_WIDE}])*\n" for begin in (f'[!"$-~{_WIDE}]', f"[!-~{_WIDE}]"))
    return f"{before}{_KEY}: [>|]-\n{first}(?:{other})*(?: {{0,{depth - 1}}}{_COMMENT})*"


_LONG = "|".join(_long(column, column + more) for column in range(0, DEEPEST + 1, 2) for more in (1, 2, 3, 4))
_LINES = f"^(?: *{_COMMENT})*(?:{_ENTRY}(?: *{_COMMENT})*|{_LONG})*$"

_WORDS = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
_FORMS = "|".join(f"{word}|{word.title()}|{word.upper()}" for word in _WORDS)
# What the lines let pass and may still mean more: words that are values, digests that are numbers, keys that are no
# text; waivers and placeholders, which are for `check` to see.
_LURES = (f"[:-] (?:{_FORMS}|[0-9e]{{64}})\n", "(?:null|true|false):[ \n]", "claimbook:|TODO")

_LOOKS_LIKE_AN_ENTRY = re.compile(rf"\n *(?:- |{_KEY}:(?=[ \n]))")


def clean(kind: Kind, content: bytes) -> dict[str, Any] | None:
    """Return the data of a record that is certainly clean, or None if it has to be looked at with care."""
    data = plain(content)
    return data if data is not None and _validator(kind).is_valid(data) else None


def satisfies(kind: Kind, data: object) -> bool:
    """Tell whether data certainly satisfy the schema of a kind of record; False may also mean that nobody can tell."""
    return yaml12 is not None and not _has_fractions(data) and bool(_validator(kind).is_valid(data))


def _has_fractions(data: object) -> bool:
    """Tell whether a number is written as a fraction: jsonschema-rs takes 3.0 for a whole number."""
    if isinstance(data, dict | list):
        return any(map(_has_fractions, data.values() if isinstance(data, dict) else data))
    return isinstance(data, float)


def plain(content: bytes) -> dict[str, Any] | None:
    """Return the data of a file that no two parsers read differently, or None if this one may be such a file."""
    if yaml12 is None or len(content) > MAX_BYTES:
        return None
    try:
        text = content.decode()
        data: Any = yaml12.parse_yaml(text) if _welcome(text) else None
    except ValueError:
        return None
    whole = isinstance(data, dict) and _entries(data) == len(_LOOKS_LIKE_AN_ENTRY.findall("\n" + text))
    # A key or a value takes two characters or more.
    return data if whole and (len(text) <= 2 * MAX_NODES or _nodes(data) <= MAX_NODES) else None


def _welcome(text: str) -> bool:
    """Tell whether the lines of a text are such as no two parsers read differently."""
    if text.isascii() or not _doubtful().is_valid(text):
        return bool(_guard().is_valid(text))
    # Only if each has an honest use where it stands.
    return bool(_guard().is_valid(doubtful().sub(_HARMLESS, text))) and not any(unwelcome(text))


def _entries(data: dict[str, Any]) -> int:
    """Count the keys, and the items that are no mappings, at every depth."""
    count = len(data)
    for value in data.values():
        if type(value) is dict:
            count += _entries(value)
        elif type(value) is list:
            for item in value:
                count += _entries(item) if type(item) is dict else 1
    return count


def _nodes(data: object) -> int:
    """Count all keys and values."""
    if isinstance(data, dict):
        return 1 + len(data) + sum(map(_nodes, data.values()))
    return 1 + sum(map(_nodes, data)) if isinstance(data, list) else 1


@cache
def _guard() -> Any:
    return _matcher({"pattern": _LINES, "not": {"anyOf": [{"pattern": lure} for lure in _LURES]}})


@cache
def _doubtful() -> Any:
    return _matcher({"pattern": f"[{CHARACTERS}]"})


def _matcher(patterns: dict[str, Any]) -> Any:
    """Return what tells whether a text satisfies a schema, in time that grows with its length and no faster."""
    return jsonschema_rs.Draft202012Validator(patterns, pattern_options=jsonschema_rs.RegexOptions())


@cache
def _validator(kind: Kind) -> Any:
    # The same few days are asked about again and again, and jsonschema-rs asks about nothing but text.
    formats: dict[str, Callable[..., bool]] = {
        name: lru_cache(4096)(conforms) for name, conforms in schema.FORMATS.items()
    }
    return jsonschema_rs.Draft202012Validator(schema.decided(kind), formats=formats, validate_formats=True)
