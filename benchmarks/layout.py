"""A record as the lines that `claimbook fmt` would write, quickly, for data that need few of its cares."""

from typing import Any

from validator.layout.scalar import WIDTH, quoted

_PROSE = frozenset(("statement", "finding", "rationale", "where", "query", "result", "reason", "note"))


def written(kind: str, up: str, data: dict[str, Any]) -> str:
    """Return the text of a file; `up` leads from its folder to the one that holds `schema`."""
    lines = [f"# yaml-language-server: $schema={up}schema/{kind}.schema.json"]
    _mapping(data, "", lines)
    return "\n".join((*lines, ""))


def _mapping(data: dict[str, Any], pad: str, lines: list[str]) -> None:
    for key, value in data.items():
        if type(value) is str:
            _text(key, value, pad, lines)
        elif type(value) is int:
            lines.append(f"{pad}{key}: {value}")
        else:
            lines.append(f"{pad}{key}:")
            (_mapping if type(value) is dict else _list)(value, pad + "  ", lines)


def _list(items: list[Any], pad: str, lines: list[str]) -> None:
    for item in items:
        if type(item) is dict:
            first = len(lines)
            _mapping(item, pad + "  ", lines)
            lines[first] = f"{pad}- {lines[first].lstrip()}"
        else:
            lines.append(f"{pad}- {_scalar(item)}")


def _text(key: str, value: str, pad: str, lines: list[str]) -> None:
    whole = _scalar(value)
    begin = f"{pad}{key}: "
    fits = len(begin) + len(whole) <= WIDTH and (whole is value or key not in _PROSE) and key != "note"
    if fits or " " not in value:
        lines.append(begin + whole)
    else:
        lines.append(f"{begin}>-")
        _fold(value, pad + "  ", lines)


def _fold(text: str, pad: str, lines: list[str]) -> None:
    """Break a text at single spaces, each line as long as the width allows."""
    width, begin = WIDTH - len(pad), 0
    while len(text) - begin > width and (end := text.rfind(" ", begin, begin + width + 1)) > 0:
        lines.append(pad + text[begin:end])
        begin = end + 1
    lines.append(pad + text[begin:])


def _scalar(text: str) -> str:
    """Return a text as it stands on its line: in quotes where it would be read as something else."""
    first = text[0]
    if first in "\"'[" or ": " in text or text[-1] == ":" or (first.isdigit() and text.replace(":", "").isdigit()):
        return quoted(text)
    return text
