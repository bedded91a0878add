"""`claimbook new claim`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from validator.article import Range
from validator.cli._run import TextDir, tell
from validator.cli.new._values import NoEdit, Root, given, options
from validator.cli.new._written import written
from validator.dataset import Dataset
from validator.find import Misuse
from validator.problem import did_you_mean
from validator.record import MAX_SLUG, Record
from validator.scaffold import claim
from validator.scaffold.entry import entry, every, known
from validator.scaffold.slug import slug
from validator.scaffold.text import paragraphs_of, places, unseen

_SAID = ("mode", "speaker", "via", "said", "stance")
_SHOWN = 30  # characters before and behind the words in the list of places


@click.command("claim", epilog="Exit status: 0 done, 1 the words stand nowhere or in several places, 2 misuse.")
@click.argument("article")
@click.argument("words")
@click.option("--text", type=TextDir, required=True, help="Folder with the texts, <article id>.txt.")
@click.option("--place", type=int, multiple=True, metavar="N", help="Which of several places; more than one if all do.")
@click.option("--slug", "name", default="", help="What the file name says after the number; the words otherwise.")
@options("claim", "statement", "kind", "fragment", "attribution.mode", "attribution.speaker", "attribution.via")
@options("claim", "attribution.said", "attribution.stance", "due", "tags")
@Root
@NoEdit
def command(
    article: str,
    words: str,
    text: Path,
    place: tuple[int, ...],
    name: str,
    root: Path,
    no_edit: bool,
    **values: Any,
) -> int:
    r"""Begin a claim that the article makes in these words: next number, anchors, and a guess at who says it.

    The words have to stand in the text exactly so, quotation marks included; only white space may differ. The mode is
    guessed from quotation marks and words such as said; likely speakers stand in a placeholder, to be confirmed.

    \b
    Examples:
      claimbook new claim --text ~/texts harbour-2024-05-01 "carried 12,000 passengers in April"
      claimbook new claim --text ~/texts harbour-2024-05-01 "ferry" --place 2 --kind event --speaker harbour-authority \
        --statement "The ferry between Northport and Eastholm ran on 1 May 2024."
    """
    root, dataset = known(root, "article", "agent")
    found = _article(dataset, article)
    paragraphs = paragraphs_of(text / f"{article}.txt")
    claim.same_text(found, paragraphs)
    found_places = places(paragraphs, words)
    chosen = _chosen(found_places, place)
    if not chosen:
        _list(paragraphs, found_places)
        return 1
    for note in unseen(paragraphs, chosen):
        tell(note)
    data = _data(dataset, paragraphs, chosen, given(values), str(found.data.get("language", "")))
    number = claim.number(found.file.parent)
    file = found.file.with_name(f"{number}-{_slug(name) or claim.name(words, chosen[0])}.yaml")
    return written(entry(root, file, "claim", {"id": f"{article}-{number}", **data}), dataset, edit=not no_edit)


def _slug(given: str) -> str:
    if given and slug(given, MAX_SLUG) != given:
        raise Misuse(
            f"--slug {given}: expected lower-case words and digits joined by hyphens, at most {MAX_SLUG} characters"
        )
    return given


def _article(dataset: Dataset, wanted: str) -> Record:
    articles = {record.id: record for record in every(dataset, "article")}
    if wanted not in articles:
        hint = did_you_mean(wanted, articles) or "; see claimbook new article"
        raise Misuse(f"found no article {wanted} that can be read{hint}")
    return articles[wanted]


def _chosen(places: Sequence[Range], numbers: Sequence[int]) -> list[Range]:
    """Return the places that were chosen, or the only one; none if the choice is left."""
    if wrong := [number for number in numbers if not 1 <= number <= len(places)]:
        raise Misuse(f"--place {wrong[0]}: the words stand in {len(places)} places")
    return sorted({places[number - 1] for number in numbers}) or list(places[:1] if len(places) == 1 else ())


def _list(paragraphs: Sequence[str], places: Sequence[Range]) -> None:
    for number, place in enumerate(places, 1):
        paragraph = paragraphs[place.paragraph - 1]
        around = paragraph[max(0, place.start - _SHOWN) : place.end + _SHOWN]
        tell(f"{number:>4}  paragraph {place.paragraph} from {place.start} to {place.end}: …{around}…")
    if places:
        tell(f"found {len(places)} places; choose with --place N, or give more words")
    else:
        tell("found these words nowhere; copy them from the text, with its quotation marks and case")


def _data(
    dataset: Dataset, paragraphs: Sequence[str], places: Sequence[Range], values: dict[str, Any], language: str
) -> dict[str, Any]:
    said: dict[str, Any] = {key: values.pop(key) for key in _SAID if key in values}
    agents = dataset.agents.values()
    attribution, guessed = claim.attribution(agents, paragraphs[places[0].paragraph - 1], places[0], said, language)
    if guessed:
        tell(f"Guessed; look it over: {', '.join(f'{key} {attribution[key]}' for key in guessed)}.")
    anchors = claim.anchors(paragraphs, places)
    return {**values, "anchors": anchors, "attribution": attribution, "status": "unreviewed"}
