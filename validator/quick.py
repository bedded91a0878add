"""The fast lane: whether a file is clean, decided by compiled parsers, without places and without explanations.

It only ever says that a record is clean, and gives its data. Everything else, every doubt included, is None, and goes
the explaining way through `record` and `schema`, which have the last word. What is accepted here is accepted there,
with equal data; the argument:

1. Characters. Only UTF-8 without a byte order mark, and none of the characters that `record` refuses or on which YAML
   parsers differ: control characters, tabs, carriage returns, U+0085, U+00A0, U+2028, U+2029, U+FEFF, non-characters.
2. Lines. Every line is one of: a comment, `key:`, `key: value`, `- value`, `- key: value`, or a line of a folded or
   literal text whose lines all have the same indentation and which is stripped (`>-`, `|-`). A value is a date, a
   small whole number, a digest, quoted text without an escape, or plain text that begins with a letter or some other
   harmless character, or with a digit if a space or a letter keeps it from being a number; plain text has neither
   `: ` nor ` #` nor a space at its end. So there is no anchor, alias, tag, directive, second document, flow
   collection, merge key, complex key or text that goes on without an indicator, and no value that resolves to
   anything but text, a whole number of the core schema, or nothing.
3. Keys. Keys are lower-case words, so the text has as many of them as there are lines that look like a key. If the
   data have as many keys as that, none was lost: a second one of the same name would replace the first, and a line of
   a long text that looks like a key makes the numbers differ, which is a doubt.
4. Schema. jsonschema-rs is given the schema that `schema` uses, and the same functions for dates and addresses.

tests/test_quick.py holds this: over generated records, over mutations of real ones, and over a list of traps.
"""

import re
from functools import cache
from typing import Any

from validator import schema
from validator.record import Kind

try:
    import jsonschema_rs
    import yaml12
except ImportError:  # the extra `fast` is not installed: everything is explained
    yaml12 = None  # type: ignore[assignment]

LARGEST = 1 << 20

# What `record` refuses or reads with care; \x0a is the only control character that may stand in a text.
_ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\U0001fffe\U0001ffff]")

_KEY = r"(?!(?:null|true|false):)[a-z][a-z0-9_]*"
_NO_LURE = r"(?![^\n]*(?:: | #|[: ](?:\n|\Z)))"
_BEGIN = r"(?:[^\W\d_]|[$(/\u201c\u2018\u00ab\u201e]|[0-9](?=[^\n]* )|[1-9](?=[0-9e-]*[a-df-z][0-9a-z-]*(?:\n|\Z)))"
_PLAIN = rf"(?!(?i:null|true|false|yes|no|on|off|y|n)(?:\n|\Z)){_NO_LURE}{_BEGIN}[^\n]*"
_DATE = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?=\n|\Z)"
_NUMBER = r"(?:0|[1-9][0-9]{0,14})(?=\n|\Z)"
# With a letter other than e in it, or a digest could be read as a number.
_DIGEST = r"(?=[0-9e]{0,63}[abcdf])[0-9a-f]{64}(?=\n|\Z)"
_QUOTED = r"""(?:"[^"\\\n]*"|'[^'\n]*')(?=\n|\Z)"""
_VALUE = rf"(?:{_DATE}|{_NUMBER}|{_DIGEST}|{_QUOTED}|{_PLAIN})"
_LONG = rf"{_KEY}: [>|]-\n(?P<indent> +)[^\s#][^\n]*(?:\n(?P=indent)[^\s][^\n]*)*"
_LINE = rf" *(?:(?:- )?(?:{_LONG}|{_KEY}:(?: {_VALUE})?)|- {_VALUE}|#[^\n]*)\n"
# Each line is matched in one way and never again in another: what looks like both would take time without bound.
_PLAIN_BLOCK_YAML = re.compile(rf"(?>{_LINE})++")

_KEYS = re.compile(rf"^ *(?:- )?{_KEY}:(?= |$)", re.MULTILINE)
_SPACE_AT_END = re.compile(r" $", re.MULTILINE)


def clean(kind: Kind, content: bytes) -> dict[str, Any] | None:
    """Return the data of a record that is certainly clean, or None if it has to be looked at with care."""
    if yaml12 is None or len(content) > LARGEST or b"claimbook:" in content or b"TODO" in content:
        return None
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    if _ODD.search(text) or _SPACE_AT_END.search(text) or not _PLAIN_BLOCK_YAML.fullmatch(text):
        return None
    try:
        data: Any = yaml12.parse_yaml(text)
    except ValueError:
        return None
    sound = isinstance(data, dict) and _keys(data) == len(_KEYS.findall(text)) and _validator(kind).is_valid(data)
    return data if sound else None


def _keys(data: object) -> int:
    """Count the keys at every depth."""
    count, waiting = 0, [data]
    for value in waiting:
        if type(value) is dict:
            count += len(value)
            waiting.extend(value.values())
        elif type(value) is list:
            waiting.extend(value)
    return count


@cache
def _validator(kind: Kind) -> Any:
    return jsonschema_rs.Draft202012Validator(schema.decided(kind), formats=schema.FORMATS, validate_formats=True)
