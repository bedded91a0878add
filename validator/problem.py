"""What can be wrong, and where."""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Literal, NamedTuple

Key = str | int
Keys = tuple[Key, ...]

INTERNAL = "internal-error"
LISTED = 100  # problems of one rule in one file that are told one by one
_PACKAGE = Path(__file__).parent
_LONGEST = 60  # characters


class Severity(StrEnum):
    """An error fails a check; a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """Lines and columns from 1; the end column is the first one behind the span."""

    line: int
    column: int
    end_line: int
    end_column: int


class Place(NamedTuple):
    """Where in a file: symbolically, by a path of keys, or as a span where no keys could be read."""

    file: Path
    keys: Keys = ()
    on: Literal["value", "key"] = "value"
    span: Span | None = None


class Problem(NamedTuple):
    """A breach of schema or rule at a place; the engine stamps a rule's id and severity."""

    place: Place
    message: str
    rule: str = ""
    severity: Severity = Severity.ERROR


class Finding(NamedTuple):
    """A problem whose place is known by line and column, with the line of the file that it begins in."""

    file: str
    span: Span
    severity: Severity
    rule: str
    message: str
    source: str


def internal_error(file: Path, error: Exception) -> Problem:
    """Return the problem that something of ours failed on a file: what, and in which line of ours."""
    import traceback  # it is needed where we have a bug

    frames = [each for each in traceback.extract_tb(error.__traceback__) if _PACKAGE in Path(each.filename).parents]
    name = Path(frames[-1].filename).relative_to(_PACKAGE.parent).as_posix() if frames else ""
    where = f" in {name}:{frames[-1].lineno}" if frames else ""
    said = brief(str(error).partition("\n")[0])
    message = f"{type(error).__name__}{where}{said and f' ({said})'}: this is a bug of claimbook, please report it"
    return Problem(Place(file, span=Span(1, 1, 1, 1)), message, INTERNAL)


def bounded(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems, of those of one rule in one file the first hundred and, as one problem, how many are left.

    Which they are is told in their order; a file that breaks one law thousands of times is mended as one.
    """
    counted: Counter[tuple[Path, str]] = Counter()
    kept: list[Problem] = []
    over: dict[tuple[Path, str], Problem] = {}
    for problem in problems:
        key = (problem.place.file, problem.rule)
        counted[key] += 1
        if counted[key] <= LISTED:
            kept.append(problem)
        else:
            over.setdefault(key, problem)
    return kept + [_left(problem, counted[key] - LISTED) for key, problem in over.items()]


def _left(first: Problem, count: int) -> Problem:
    said = f"{count:,} more problems" if count > 1 else "one more problem"
    message = f"found at least {said} of {first.rule} from here on; mend those above first"
    return first._replace(message=message, rule="too-many-problems")


def brief(text: str) -> str:
    """Return a text that a message names, its end left out if it is long."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 10]}…"


def amount(count: int, noun: str) -> str:
    """Return an amount with its noun, as in `1 claim` and `1,200 claims`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def nearest(word: object, choices: Iterable[str]) -> str | None:
    """Return the one of the choices that the word is probably a slip of, or None."""
    import difflib  # it is needed where something is wrong, and takes its time

    # Nothing that we have a name for is long, and the time that a comparison takes grows with the square of the length.
    near = difflib.get_close_matches(str(word), list(choices), n=1, cutoff=0.7) if len(str(word)) <= _LONGEST else ()
    return next(iter(near), None)


def did_you_mean(word: object, choices: Iterable[str]) -> str:
    """Return the question that ends a message about an unknown word, or nothing where no choice is near."""
    guess = nearest(word, choices)
    return f'; did you mean "{guess}"?' if guess else ""
