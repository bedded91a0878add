"""How a text is written: plain where that reads back as the same, in quotes where not, folded where it is long."""

import json
import re
from functools import lru_cache

from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.resolver import VersionedResolver

from validator.record.scalar import resolve

WIDTH = 100  # columns of a line, as far as the words allow it

# What a plain value of a block mapping may look like: YAML 1.2.2, section 7.3.3.
_PLAIN = re.compile(
    r"""(?![\s,\[\]{}#&*!|>'"%@`]|[-?:](?:\s|$)|---|\.\.\.)  # begins with no indicator
        (?:(?!:[ ]|:$|[ ]\#)[^\n\ufeff])+ (?<!\s)             # holds nothing that would end it
    """,
    re.VERBOSE,
)
_BREAK = re.compile("(?<=[^ ]) (?=[^ ])")
_LATER = VersionedResolver(version=(1, 1), loader=None)
_TEXT = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp")


def written(text: str, column: int, indent: int, *, prose: bool) -> list[str]:
    """Return the lines of a text: the first follows its key at a column, the others stand below, indented.

    `column` and `indent` count from 0. Prose, text in our own words, is folded rather than put in quotes.
    """
    whole = text if is_plain(text) else quoted(text)
    fits = column + len(whole) <= WIDTH and "\n" not in text
    if (fits and (whole == text or not prose)) or not _can_break(text):
        return [whole]
    return _block(text, WIDTH - indent) or [whole]


@lru_cache(4_096)  # keys, and the words of fixed lists, come again and again
def is_plain(text: str) -> bool:
    """Tell whether a text can stand without quotes.

    Words such as `no` and `12:30` are text to us and not to readers of YAML 1.1, of which there are many: they are put
    in quotes. Dates are not, since every record has some.
    """
    if not _PLAIN.fullmatch(text):
        return False
    try:
        return isinstance(resolve(text), str) and _in_yaml_1_1(text) in _TEXT
    except ValueError:
        return False


def _in_yaml_1_1(text: str) -> str:
    return str(_LATER.resolve(ScalarNode, text, (True, False)))


def quoted(text: str) -> str:
    """Return a text in the quotes that need fewer escapes, double ones if that is all the same."""
    double = json.dumps(text, ensure_ascii=False).replace("\ufeff", r"\uFEFF")
    single = "'" + text.replace("'", "''") + "'"
    return single if len(single) < len(double) and not re.search("[\n\ufeff]", text) else double


def _can_break(text: str) -> bool:
    return bool(_BREAK.search(text)) or "\n" in text.removesuffix("\n")


def _block(text: str, width: int) -> list[str]:
    """Return a text as a folded block, or as a literal one where its own lines say more; nothing if neither can."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if "\ufeff" in text or body.startswith(("\n", " ")) or not lines[-1] or any(line.endswith(" ") for line in lines):
        return []
    chomp = "" if text.endswith("\n") else "-"
    shaped = any(line.startswith(" ") for line in lines)  # folding would not keep these lines apart as they are
    if shaped or (len(lines) > 1 and max(map(len, lines)) <= width):
        return [f"|{chomp}", *lines]
    first, *others = (_fold(line, width) for line in lines)
    return [f">{chomp}", *first, *(part for line in others for part in ("", *line))]


def _fold(line: str, width: int) -> list[str]:
    """Break a line at single spaces, each part as long as the width allows; an empty line has no part."""
    words = _BREAK.split(line)
    parts = [words[0]]
    for word in words[1:]:
        if len(parts[-1]) + 1 + len(word) <= width:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
    return parts if line else []
