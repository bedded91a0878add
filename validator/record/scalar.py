"""What a plain scalar means: the core schema of YAML 1.2.2, section 10.3.2."""

import re

Scalar = str | int | float | bool | None

_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

# What every reader of JSON and SQLite can hold.
_LARGEST = 2**63 - 1


def resolve(text: str) -> Scalar:
    """Return the value of a plain scalar; raise ValueError for a number that JSON or SQLite could not hold."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(text)
    return _number(text)


def _number(text: str) -> Scalar:
    whole = bool(_INT.fullmatch(text))
    if whole and len(text) > 20:
        raise ValueError(text)
    if whole or _OCTAL_OR_HEX.fullmatch(text):
        number = int(text, 10 if whole else 0)
        if abs(number) > _LARGEST:
            raise ValueError(text)
        return number
    return _finite(text) if _FLOAT.fullmatch(text) else text


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(text)
    return number
