"""Characters that nobody sees, and such as change the order in which text is shown, where they have no honest use.

Text with them reads otherwise than it looks: a reviewer sees `ton` where the data say `not` (Trojan Source,
CVE-2021-42574), a search does not find a word that everybody sees, and bytes can be hidden in an emoji. Many are honest
where a script or a sign needs them, so that each is judged by what stands beside it. The characters are those that
Unicode calls Default_Ignorable_Code_Point, Bidi_Control and Noncharacter_Code_Point, private use, and a few that fonts
leave blank. Their honest uses follow UAX 31 (2.3), UTS 39 (3.1), UTS 51 (emoji), UTS 37 (ideographs) and chapter 23 of
the Unicode Standard.
"""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from functools import cache

from validator.properties import pattern

# Inside [ ]. U+FEFF is refused before this is asked, unless an escape names it.
CHARACTERS = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe-\U0010ffff"
)

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_OVERRIDES = frozenset("\u202d\u202e")
_CLOSED_BY = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}

# Where a text ends that is shown on its own: before an entry, a comment, or an empty line. What goes on is one text.
_BOUNDARY = r"\n(?= *(?:#|- |[a-z_]+:\s|\r?\n|\Z))| (?=#)"

# Scripts in which a joiner or a non-joiner changes how the letters around it are written.
_JOINED = "".join(
    rf"\p{{{script}}}"
    for script in (
        *("Arabic", "Syriac", "Mandaic", "Nko", "Mongolian", "Phags_Pa", "Adlam", "Hanifi_Rohingya", "Devanagari"),
        *("Bengali", "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Khmer"),
        *("Myanmar", "Tibetan", "Balinese", "Javanese", "Sundanese", "Tai_Tham", "Chakma", "Meetei_Mayek", "Newa"),
    )
)
_PICTURE = r"\p{Extended_Pictographic}[\ufe0f\U0001f3fb-\U0001f3ff]?"
_TAG = r"[\U000e0030-\U000e0039\U000e0061-\U000e007a]"
_HONEST = (
    # a joiner or a non-joiner in a script that joins, and between pictures that make one
    rf"(?<=[{_JOINED}]\p{{M}}{{0,8}})[\u200c\u200d](?![\u200c\u200d])|(?<![{CHARACTERS}])[\u200c\u200d](?=[{_JOINED}])",
    rf"(?<={_PICTURE})\u200d(?=\p{{Extended_Pictographic}})",
    # where a line may end in a script that puts no spaces between words
    r"(?<=\p{Line_Break=SA})\u200b|(?<!\u200b)\u200b(?=\p{Line_Break=SA})",
    # one variation selector behind what has variants
    r"(?<=[\p{Extended_Pictographic}\U0001f3fb-\U0001f3ff])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)",
    r"(?<=[\p{Ideographic}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
    r"(?<=[\p{Sm}\p{Myanmar}\p{Phags_Pa}\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f])[\ufe00-\ufe02]",
    r"(?<=\p{Mongolian}(?<![\u180b-\u180f]))[\u180b-\u180f]",
    # a flag of a part of a country
    rf"(?<=\U0001f3f4{_TAG}{{0,5}}){_TAG}(?={_TAG}{{0,5}}\U000e007f)|(?<=\U0001f3f4{_TAG}{{3,6}})\U000e007f",
    # between two marks on one letter; in an old Korean syllable; in a line of Braille
    rf"(?<=\p{{Mn}}(?<![{CHARACTERS}]))\u034f(?=\p{{Mn}}(?<![{CHARACTERS}]))",
    r"(?<=[\u1100-\u115e\ua960-\ua97c])\u1160|\u115f(?=[\u1161-\u11a7])",
    r"(?<=[\u2801-\u28ff])\u2800|\u2800(?=[\u2801-\u28ff])",
)
_RIGHT_TO_LEFT = r"(?=\p{L})[\p{Bidi_Class=R}\p{Bidi_Class=AL}]"


@cache
def doubtful() -> re.Pattern[str]:
    """Return the pattern of one such character."""
    # Compiled where it is needed: that takes as long as reading ten claims, and most of them have none.
    return re.compile(f"[{CHARACTERS}]")


def unwelcome(text: str) -> Iterator[tuple[int, str]]:
    """Yield where such a character stands in a text without an honest use, in order, and what is wrong with it."""
    if not text.isascii() and doubtful().search(text):
        yield from sorted([*_misused(text), *_misdirecting(text)])


def bare(text: str) -> str:
    """Return a text without the characters that nobody sees, whether they have an honest use or not."""
    return doubtful().sub("", text)


def listed(text: str) -> str:
    """Return which of them stand in a text and where, counted in code points from 0; at most three are named.

    >>> listed("Mor\u00adning")
    'U+00AD SOFT HYPHEN at 3'
    """
    found = [f"{named(match.group())} at {match.start()}" for match in doubtful().finditer(text)]
    return ", ".join(found[:3]) + (f" and {len(found) - 3} more" if len(found) > 3 else "")


def named(character: str) -> str:
    """Return the code point of a character and its name, as in `U+00AD SOFT HYPHEN`."""
    name = unicodedata.name(character, "") or _unnamed(ord(character))
    return f"U+{ord(character):04X} {name}"


def _unnamed(code: int) -> str:
    private = unicodedata.category(chr(code)) == "Co"
    return "(private use)" if private else "(no character)"


def _misused(text: str) -> Iterator[tuple[int, str]]:
    honest = pattern("|".join(_HONEST))
    for match in doubtful().finditer(text):
        character = match.group()
        if character not in _DIRECTION and not honest.match(text, match.start()):
            private = unicodedata.category(character) == "Co"
            why = "which every font shows in another way" if private else "which nobody sees"
            yield match.start(), f"{named(character)}, {why}; delete it"


def _misdirecting(text: str) -> Iterator[tuple[int, str]]:
    """Look at each text that is shown on its own: direction has a use only where something is read from the right."""
    if _DIRECTION.isdisjoint(text):
        return
    start = 0
    for end in (*(match.start() for match in re.finditer(_BOUNDARY, text)), len(text)):
        part = text[start:end]
        if not _DIRECTION.isdisjoint(part):
            wrong = dict(_misdirecting_in(part))
            yield from ((start + at, f"{named(part[at])}, {why}") for at, why in wrong.items())
        start = end


def _misdirecting_in(part: str) -> Iterator[tuple[int, str]]:
    letters = [match.start() for match in pattern(_RIGHT_TO_LEFT).finditer(part)]
    opened: list[int] = []
    for at, character in enumerate(part):
        if character in _OVERRIDES:
            yield at, "which shows text in another order than it has; delete it"
        elif character in _DIRECTION and not letters:
            yield at, "but no letter beside it is read from right to left; delete it"
        if character in _CLOSED_BY:
            opened.append(at)
        elif character in _CLOSED_BY.values() and letters:
            if not opened or _CLOSED_BY[part[opened[-1]]] != character:
                yield at, "which closes nothing; delete it"
            elif not _of_use(part[begun := opened.pop()], begun, at, letters):
                yield begun, "but no letter in what it opens is read from right to left; delete both"
    for at in opened if letters else ():
        if part[at] not in _OVERRIDES:
            yield at, f"which is not closed; close it with {named(_CLOSED_BY[part[at]])}, or delete it"


def _of_use(opening: str, begun: int, closed: int, letters: list[int]) -> bool:
    """Tell whether what is shown from right to left has a letter that is."""
    return opening not in "\u202b\u2067" or bisect(letters, closed) > bisect(letters, begun)
