"""How many claims there are of which sort, as Markdown for the README of a data set."""

from collections import Counter
from collections.abc import Iterable, Iterator

from validator import schema
from validator.dataset import Dataset, accounted, characters, stands
from validator.problem import amount
from validator.record import Record

BEGIN = "<!-- made by: claimbook counts --write FILE -->"
END = "<!-- end of what claimbook counts makes -->"


def counts(dataset: Dataset) -> str:
    """Return the tables: claims by status, kind, mode and speaker, verdicts by the day they speak of, and coverage."""
    return "\n\n".join("\n".join(lines) for lines in _tables(dataset)) + "\n"


def replaced(text: str, made: str) -> str | None:
    """Return a text with what stands between the two marks replaced; None if it has not each mark once, in order.

    What is put in has the line end that stands first behind the first mark; all else of the text stays as it is.
    """
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end) or BEGIN in rest or END in before + after:
        return None
    end = "\r\n" if rest.partition("\n")[0].endswith("\r") else "\n"
    return before + f"{BEGIN}\n\n{made}\n{END}".replace("\n", end) + after


def _tables(dataset: Dataset) -> Iterator[list[str]]:
    claims = [claim for claim in dataset.claims.values() if stands(claim)]
    reviews = [review for claim in claims for _, review in claim.each("reviews")]
    told = [claim.data["attribution"] for claim in claims]
    yield [_sentence(dataset, claims, len(reviews))]
    yield _table("status", (claim.data["status"] for claim in claims), _words("status"))
    yield _table("kind", (claim.data["kind"] for claim in claims), schema.at("claim", ("kind",))["enum"])
    yield _table("mode", (each["mode"] for each in told), schema.at("claim", ("attribution", "mode"))["enum"])
    spoken = [each["status"] for each in told if "status" in each]
    yield _table("was it said?", spoken, schema.at("claim", ("attribution", "status"))["enum"])
    yield _table("speaker", (_speaker(dataset, each.get("speaker")) for each in told))
    yield _table("verdicts as of", (review["as_of"] for review in reviews), sorted({each["as_of"] for each in reviews}))
    yield _table("fault", (fault for each in reviews for fault in each.get("faults", ())))
    yield _coverage(dataset)


def _sentence(dataset: Dataset, claims: list[Record], reviews: int) -> str:
    items = sum(len(claim.data.get("evidence", ())) for claim in claims)
    twice = sum(len(claim.data.get("reviews", ())) > 1 for claim in claims)
    gone = len(dataset.claims) - len(claims)
    return (
        f"{amount(len(claims), 'claim')} of {amount(len(dataset.articles), 'article')}, "
        f"with {amount(reviews, 'verdict')} (more than one for {amount(twice, 'claim')}) "
        f"and {amount(items, 'evidence item')} from {amount(len(dataset.sources), 'source')}."
        + (f" {amount(gone, 'more claim')} withdrawn and not counted." if gone else "")
    )


def _words(definition: str) -> list[str]:
    return list(schema.load("claim")["$defs"][definition]["enum"])


def _speaker(dataset: Dataset, speaker: str | None) -> str:
    return str(dataset.agents[speaker].data["name"]) if speaker in dataset.agents else speaker or "the article itself"


def _table(head: str, values: Iterable[str], order: Iterable[str] | None = None) -> list[str]:
    counted = Counter(values)
    rows = [(key, counted[key]) for key in order] if order is not None else sorted(counted.items(), key=_most_first)
    total = sum(counted.values())
    return [f"| {head} | of {total:,} |", "|---|---:|", *(f"| {key} | {count:,} |" for key, count in rows if count)]


def _most_first(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _coverage(dataset: Dataset) -> list[str]:
    lines = ["| article | characters | in claims or excluded | excluded |", "|---|---:|---:|---:|"]
    for article in dataset.articles.values():
        ranges, excluded = list(accounted(article, dataset.claims_of(article))), list(article.data.get("excluded", ()))
        total = sum(paragraph["characters"] for paragraph in article.data["paragraphs"])
        shares = (f"{characters(article, each) / total:.1%}" for each in (ranges, excluded))
        lines.append(f"| {article.id} | {total:,} | {' | '.join(shares)} |")
    return lines
