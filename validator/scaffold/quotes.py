"""Quotation marks of many languages, and what stands between them.

Which marks a language uses first and inside them is from the CLDR (47, `delimiters`); languages that it gives “…” and
‘…’ are not listed. Marks that a language does not use are taken too, where it can be seen from the spaces around them
whether they open or close: an article may keep the marks of another language, or those of a typewriter.
"""

from collections.abc import Mapping
from typing import NamedTuple

_USED = {
    "„“‚‘": "bs-Cyrl cs de dsb et hr hsb is ksh lb luy mk nds sk sl",
    "„”‚’": "agq ff",
    "„”‘’": "bs",
    "„”’’": "sr",
    "„”»«": "hu szl",
    "„”«»": "pl ro",
    "„“„“": "bg lt prg",
    "„“«»": "ka",
    "«»„“": "be bas cv ky os ru sah uk",
    "«»“”": "ast blo br ca dyo el eu ewo ie it kab kk lij mg mua pt-PT sc sq ti es-ES",
    "«»‹›": "am az fa fr-CH gsw jgo mzn rm sdh",
    "«»«»": "fr ht hy oc yav",
    "«»‘’": "dua nb nn no rw ksf",
    "«»„”": "shi zgh",
    "»«›‹": "ug",
    "””’’": "fi he rn se sn sv yi",
    "”“’‘": "ar lld syr ur",
    "「」『』": "ja yue zh-Hant zh-TW zh-HK",
}
_LANGUAGES: Mapping[str, str] = {tag: marks for marks, tags in _USED.items() for tag in tags.split()}

_CLOSED_BY = {
    "“": "”",
    "„": '“”"',
    "”": "”“",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "‚": "‘’",
    "‘": "’",
    '"': '"',
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
    "｢": "｣",
    "〝": "〞〟",
}
_NEVER_ALONE = frozenset("‘'‚’")  # also apostrophes: what they open counts only if it is closed
_OPENING = frozenset("“„«「『﹁﹃｢〝")  # of these the language makes no difference, unless it closes with them
_SPACES = " \u00a0\u202f"


class Quoted(NamedTuple):
    """The outermost quotations of a paragraph, as start and end, marks included, and the marks left open at its end."""

    spans: list[tuple[int, int]]
    open: str


def quoted(paragraph: str, language: str = "", before: str = "") -> Quoted:
    """Return what is quoted in a paragraph; `before` has the marks that were left open by the paragraph before it.

    A quotation that is not closed goes on to the end of the paragraph.
    """
    used = _marks(language)
    opened = [(0, mark) for mark in before]
    spans: list[tuple[int, int]] = []
    skip = _again(paragraph, before)
    for at, mark in enumerate(paragraph):
        if at < skip or mark not in _KNOWN:
            continue
        if opened and mark in _CLOSED_BY[opened[-1][1]] and _may_close(paragraph, at):
            begun, _ = opened.pop()
            spans += [] if opened else [(begun, at + 1)]
        elif _opens(paragraph, at, used):
            opened.append((at, mark))
    left = [(at, mark) for at, mark in opened if mark not in _NEVER_ALONE]
    return Quoted([*spans, *((at, len(paragraph)) for at, _ in left[:1])], "".join(mark for _, mark in left))


_KNOWN = frozenset(_CLOSED_BY) | frozenset("".join(_CLOSED_BY.values()))


def _marks(language: str) -> str:
    """Return the four marks of a language, of the nearest tag that is listed."""
    tag = language
    while tag and tag not in _LANGUAGES:
        tag = tag.rpartition("-")[0]
    return _LANGUAGES.get(tag, "“”‘’")


def _again(paragraph: str, before: str) -> int:
    """Return how many characters repeat, at the start of a paragraph, that a quotation goes on."""
    return (
        1 if before and paragraph[:1] and paragraph[0] in before + "".join(_CLOSED_BY[mark] for mark in before) else 0
    )


def _opens(paragraph: str, at: int, used: str) -> bool:
    mark, first, second = paragraph[at], used[0], used[2]
    if mark not in _CLOSED_BY:
        return False
    if mark == first or (mark == second and mark not in _NEVER_ALONE):
        return True
    closes = mark in (used[1], used[3])
    return (mark in _OPENING and not closes) or _looks_opening(paragraph, at)


def _looks_opening(paragraph: str, at: int) -> bool:
    before, behind = paragraph[at - 1 : at] if at else "", paragraph[at + 1 : at + 2]
    return (not before or before in _SPACES + "([{—–-:" or before in _KNOWN) and bool(behind) and behind not in _SPACES


def _may_close(paragraph: str, at: int) -> bool:
    """Tell whether a mark is no apostrophe."""
    return paragraph[at] not in "’'" or not paragraph[at + 1 : at + 2].isalnum()
