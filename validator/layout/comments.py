"""Which comment belongs to which key or item, by where both stand.

ruamel.yaml's own round trip ties a comment to what stands before it, so that it stays behind when its key moves, and
loses those before a value and inside brackets. So comments are found here: they are what stands between the values.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from validator.layout.parts import Part, Parts, holds
from validator.problem import Keys
from validator.record.tree import Node

_COMMENT = re.compile(r"#[^\n]*")
_BRACKET = re.compile(r"[\[\]{}]")
_BLANK_LINE = re.compile(r"\n(?= *\n)")
_ON_BLOCK = re.compile(r"[|>][-+0-9]* +(#[^\n]*)")
_MODELINE = re.compile(r"#\s*yaml-language-server\s*:\s*\$schema=\S+")
_ABOUT_LINE = re.compile(r"#\s*claimbook:")


@dataclass(frozen=True)
class Comments:
    """The comments of a file by the path of keys that they belong to: above it, behind it, or at the end inside it.

    `head` is about the whole file; `modeline`, none or one, tells editors the schema.
    """

    modeline: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    above: defaultdict[Keys, list[str]] = field(default_factory=lambda: defaultdict(list))
    behind: dict[Keys, str] = field(default_factory=dict)
    inside: defaultdict[Keys, list[str]] = field(default_factory=lambda: defaultdict(list))

    def every(self) -> list[str]:
        """Return all comments but the modeline, sorted."""
        groups = [*self.above.values(), self.head, self.behind.values(), *self.inside.values()]
        return sorted(comment for group in groups for comment in group)


def comments(text: str, root: Node) -> Comments:
    """Find the comments of a file that could be read and holds a mapping; its lines end in U+000A alone."""
    first, _, rest = text.partition("\n")
    if "#" not in rest and _MODELINE.fullmatch(first):  # as most files are
        return Comments([first.rstrip()])
    return _Finder(text, root).found()


class _Finder:
    """Goes through the text of one file, from token to token; a token is a key or a scalar."""

    def __init__(self, text: str, root: Node) -> None:
        self.text, self.parts, self.result = text, Parts(text, root), Comments()

    def found(self) -> Comments:
        begin, before = 0, None
        for token in self.parts.tokens:
            self._gap(begin, token.start, before, token)
            if on_block := _ON_BLOCK.match(self.text, token.start):
                self._behind(token.keys, on_block[1].rstrip())
            begin, before = token.end, token
        self._gap(begin, len(self.text), before, None)
        return self.result

    def _gap(self, begin: int, end: int, before: Part | None, after: Part | None) -> None:
        if before is None:
            self._start(end)
            return
        brackets, on_line, space = (0, 0), True, ""
        place: list[str] = []
        for match in _COMMENT.finditer(self.text, begin, end):
            between, begin = self.text[begin : match.start()], match.end()
            if between == space and not _ABOUT_LINE.match(match[0]):  # one more line, in the column of that before it
                place.append(match[0].rstrip())
                continue
            passed, newline, last_line = between.rpartition("\n")
            brackets, on_line = _both(brackets, _brackets(passed + last_line)), on_line and not newline
            behind = on_line or bool(_brackets(last_line)[1])
            place = self._between(match, brackets, before, after, behind=behind)
            space = between if between.isspace() and newline and not _ABOUT_LINE.match(match[0]) else ""

    def _start(self, end: int) -> None:
        """Take the comments before the first token; what a blank line parts from it is about the whole file."""
        blank = max((each.start() for each in _BLANK_LINE.finditer(self.text, 0, end)), default=-1)
        for match in _COMMENT.finditer(self.text, 0, end):
            comment = match[0].rstrip()
            if not self.result.modeline and _MODELINE.fullmatch(comment):
                self.result.modeline.append(comment)
            elif not self.parts.entries or match.end() <= blank:
                self.result.head.append(comment)
            else:
                self._above(self.parts.entries[0].keys, comment)

    def _between(
        self, match: re.Match[str], brackets: tuple[int, int], before: Part, after: Part | None, *, behind: bool
    ) -> list[str]:
        """Put a comment where it belongs; return the list that it is in now, which is empty if it is in none."""
        comment, column = match[0].rstrip(), match.start() - self.text.rfind("\n", 0, match.start())
        opened, closed = brackets
        owner, around = self.parts.out_of(before.keys, closed)
        if behind:
            self._behind(owner, comment)
            return []
        if (after and after.keys == before.keys) or (opened and not (after and holds(before.keys, after.keys))):
            return self._above(before.keys, comment)
        return self._on_its_own(comment, column, owner, around, match.start())

    def _on_its_own(self, comment: str, column: int, before: Keys, around: list[Keys], start: int) -> list[str]:
        """Give a comment to what follows, unless a bracket or its column says that it is about what went before."""
        following = self.parts.entry_from(start)
        ended = [keys for keys in (before, *around) if not (following and holds(keys, following.keys))]
        about = following.keys if following else ()
        if bracket := next((keys for keys in around if self.parts.in_brackets(keys)), None):
            about = bracket if bracket in ended else about
        elif not following or column > following.column:
            about = next((keys for keys in ended if keys and self.parts.columns[keys] < column), about)
        if about in ended and self.parts.first_in(about):
            self.result.inside[about].append(comment)
            return self.result.inside[about]
        return self._above(about, comment)

    def _behind(self, keys: Keys, comment: str) -> None:
        if keys and keys not in self.result.behind:
            self.result.behind[keys] = comment
        else:
            self._above(keys, comment)

    def _above(self, keys: Keys, comment: str) -> list[str]:
        # What is said of a line is said of the key in it, which may not remain the first of its item.
        while (
            _ABOUT_LINE.match(comment) and keys and isinstance(keys[-1], int) and (first := self.parts.first_in(keys))
        ):
            keys = (*keys, *first)
        place = (self.result.above if keys else self.result.inside)[keys]
        place.append(comment)
        return place


def _brackets(text: str) -> tuple[int, int]:
    """Return how many brackets a text without values leaves open, and how many it closes that others opened."""
    opened = closed = 0
    for bracket in _BRACKET.findall(text):
        if bracket in "[{":
            opened += 1
        elif opened:
            opened -= 1
        else:
            closed += 1
    return opened, closed


def _both(first: tuple[int, int], second: tuple[int, int]) -> tuple[int, int]:
    """Return how many brackets two texts leave open and close, one after the other."""
    (opened, closed), (more, ended) = first, second
    return max(opened - ended, 0) + more, closed + max(ended - opened, 0)
