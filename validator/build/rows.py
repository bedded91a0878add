"""The rows of every table, from the records; each row has the columns of its table in tables.sql, in their order."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from validator import schema
from validator.dataset.shelf import Shelf
from validator.record import Kind, Record

Values = tuple[str | int | None, ...]
Row = tuple[str, Values]
Rows = dict[str, list[Values]]  # by table


def rows(shelf: Shelf, root: Path) -> Rows:
    """Return the rows of everything on a shelf; the file of a claim is given relative to the data set's parent."""
    found: Rows = {}
    base = root.parent
    for record in shelf.records:
        for table, row in _claim(record, base) if record.kind == "claim" else _KINDS[record.kind](record):
            found.setdefault(table, []).append(row)
    return found


def statuses() -> list[Values]:
    """Return the rows of the statuses, in the order of the schema."""
    known = schema.load("claim")["$defs"]["status"]
    pairs = zip(known["enum"], known["enumDescriptions"], strict=True)
    return [(status, position, definition) for position, (status, definition) in enumerate(pairs, 1)]


def _agent(record: Record) -> Iterator[Row]:
    agent, identifiers = record.data, record.data.get("identifiers", {})
    numbers = (identifiers.get("wikidata"), identifiers.get("isni"), identifiers.get("ror"))
    yield "agents", (agent["id"], agent["type"], agent["name"], *numbers, agent.get("part_of"))
    for index, name in record.each("also_known_as"):
        yield "agent_names", (agent["id"], index + 1, name)
    for index, role in record.each("roles"):
        dates = (role.get("start"), role.get("end"))
        yield "agent_roles", (agent["id"], index + 1, role["title"], role.get("organization"), *dates)
    for _, other in record.each("distinct_from"):
        yield "agent_distinctions", (agent["id"], other)


_SOURCE = ("id", "title", "type", "publisher", "published", "url", "archive_url", "language", "tier", "access")
_READ = ("accessed", "note")


def _source(record: Record) -> Iterator[Row]:
    yield "sources", tuple(record.data.get(column) for column in (*_SOURCE, *_READ))
    for index, name in record.each("authors"):
        yield "source_authors", (record.id, index + 1, name)
    for _, origin in record.each("derives_from"):
        yield "source_derivations", (record.id, origin)


def _article(record: Record) -> Iterator[Row]:
    article, text = record.data, record.data["text"]
    about = (article[column] for column in ("id", "headline", "url", "publisher", "published", "language", "genre"))
    yield "articles", (*about, text["normalization"], text["characters"], text["sha256"])
    for index, author in record.each("authors"):
        yield "article_authors", (record.id, index + 1, author)
    for _, paragraph in record.each("paragraphs"):
        fingerprint = (paragraph["number"], paragraph["characters"], paragraph["sha256"])
        yield "paragraphs", (record.id, *fingerprint, paragraph["role"])
    for index, excluded in record.each("excluded"):
        place = (excluded["paragraph"], excluded["start"], excluded["end"])
        yield "exclusions", (record.id, index + 1, *place, excluded["reason"])


def _claim(record: Record, base: Path) -> Iterator[Row]:
    claim = record.data
    article, _, number = record.id.rpartition("-")
    place = record.file.relative_to(base).as_posix()
    said = (claim["statement"], claim["kind"], claim.get("fragment"))
    withdrawn = claim.get("withdrawn", {})
    ended = (claim.get("due"), withdrawn.get("date"), withdrawn.get("reason"))
    yield (
        "claims",
        (record.id, article, int(number), *said, claim["status"], *ended, place),
    )
    for index, anchor in record.each("anchors"):
        where = (anchor["paragraph"], anchor["start"], anchor["end"], anchor["sha256"])
        yield "anchors", (record.id, index + 1, article, *where)
    yield from _attribution(record.id, claim["attribution"])
    for _, item in record.each("evidence"):
        found = (item["source"], item["relation"], item.get("locator"), item["finding"], item.get("fragment"))
        yield "evidence", (f"{record.id}-{item['id']}", record.id, *found)
    for index, review in record.each("reviews"):
        yield from _review(record.id, index + 1, review)
    for table, key in (("claim_dependencies", "depends_on"), ("claim_relations", "related"), ("claim_tags", "tags")):
        for _, other in record.each(key):
            yield table, (record.id, other)


def _attribution(claim: str, told: dict[str, Any]) -> Iterator[Row]:
    yield (
        "attributions",
        (claim, told["mode"], told.get("speaker"), told.get("said"), told["stance"], told.get("status")),
    )
    for position, agent in enumerate(told.get("via", ()), 1):
        yield "attribution_via", (claim, position, agent)
    for item in told.get("evidence", ()):
        yield "attribution_evidence", (claim, f"{claim}-{item}")


def _review(claim: str, number: int, review: dict[str, Any]) -> Iterator[Row]:
    made = f"{claim}-r{number}"
    verdict = (review["status"], review.get("accuracy"), review["confidence"], review["rationale"])
    yield "reviews", (made, claim, number, review["decided"], review["as_of"], review["reviewer"], *verdict)
    for fault in review.get("faults", ()):
        yield "review_faults", (made, fault)
    for item in review.get("evidence", ()):
        yield "review_evidence", (made, f"{claim}-{item}")
    for position, search in enumerate(review.get("search", ()), 1):
        yield "review_searches", (made, position, search["where"], search["query"], search["date"], search["result"])


_KINDS: dict[Kind, Callable[[Record], Iterator[Row]]] = {"agent": _agent, "source": _source, "article": _article}
