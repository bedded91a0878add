"""What Datasette is told of the database: descriptions from the schemas, facets, labels, and questions to ask.

The result has the form of Datasette's metadata.json.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Any

from validator import schema
from validator.build.publication import Publication
from validator.find import Misuse, content_named
from validator.problem import Keys
from validator.record import Kind

Part = tuple[Kind, Keys]

_LARGEST = 2**24  # bytes

_CLAIM: Part = ("claim", ())
_ATTRIBUTION: Part = ("claim", ("attribution",))
_EVIDENCE: Part = ("claim", ("evidence", 0))
_REVIEW: Part = ("claim", ("reviews", 0))
_SOURCE: Part = ("source", ())

# The parts of the schemas that describe each table and its columns; the first also gives the table's own description.
_PARTS: Mapping[str, tuple[Part, ...]] = {
    "statuses": (("claim", ("status",)),),
    "agents": (("agent", ()), ("agent", ("identifiers",))),
    "agent_names": (("agent", ("also_known_as",)),),
    "agent_roles": (("agent", ("roles", 0)),),
    "agent_distinctions": (("agent", ("distinct_from",)),),
    "sources": (_SOURCE,),
    "source_authors": (("source", ("authors",)),),
    "source_derivations": (("source", ("derives_from",)),),
    "articles": (("article", ()), ("article", ("text",))),
    "article_authors": (("article", ("authors",)),),
    "paragraphs": (("article", ("paragraphs", 0)),),
    "exclusions": (("article", ("excluded", 0)),),
    "claims": (_CLAIM,),
    "anchors": (("claim", ("anchors", 0)),),
    "attributions": (_ATTRIBUTION,),
    "attribution_via": (("claim", ("attribution", "via")),),
    "attribution_evidence": (("claim", ("attribution", "evidence")),),
    "evidence": (_EVIDENCE,),
    "reviews": (_REVIEW,),
    "review_faults": (("claim", ("reviews", 0, "faults")),),
    "review_evidence": (("claim", ("reviews", 0, "evidence")),),
    "review_searches": (("claim", ("reviews", 0, "search", 0)),),
    "claim_dependencies": (("claim", ("depends_on",)),),
    "claim_relations": (("claim", ("related",)),),
    "tags": (("claim", ("tags",)),),
    "claim_tags": (("claim", ("tags",)),),
    "claim_overview": (_CLAIM, _REVIEW, _ATTRIBUTION),
    "verdict_periods": (_REVIEW, _CLAIM),
    "verdict_changes": (_REVIEW,),
    "source_uses": (_SOURCE,),
}

# What the database adds to the schemas: tables and views made from the others, keys that it makes, columns that count.
_MADE = {
    "claim_overview": "Each claim with names in place of ids, and its current verdict.",
    "verdict_periods": "Each verdict with the time for which it speaks: until the next one of the same claim.",
    "verdict_changes": "Each verdict that changed the status of its claim, with the status before it.",
    "speaker_statuses": "How many claims of each speaker have each status, of how many in all; no score of a person.",
    "paragraph_coverage": "How much of each paragraph claims and exclusions account for, each character counted once.",
    "source_uses": "What each source was used for: claims, evidence items by relation, and verdicts that rest on it.",
    "overview_rows": "The rows of claim_overview.",
    "source_counts": "How much each source was used: the numbers in source_uses.",
    "agent_counts": "How many claims and verdicts each agent has.",
    "claim_counts": "How many claims that have something in common have which status; withdrawn ones do not count.",
    "article_changes": "The day on which the verdicts on the claims of each article last changed.",
    "totals": "How many records there are of each kind.",
}
_COLUMNS = {
    "agent": "The id of the agent.",
    "article": "The id of the article.",
    "claim": "The id of the claim.",
    "depends_on": "The id of the claim that has to hold.",
    "derives_from": "The id of the source that it copies, translates or rests on.",
    "distinct_from": "The id of the other agent.",
    "evidence": "The id of the evidence item: the claim's id, a hyphen and its own.",
    "fault": "What is wrong with it, in one word.",
    "file": "The file that the claim was read from.",
    "name": "The name.",
    "number": "Its number in the article or in the claim, from 1.",
    "paragraph": "The number of the paragraph in the canonical text, from 1.",
    "position": "Its place in the list, from 1.",
    "related": "The id of the other claim.",
    "review": "The id of the review: the claim's id, a hyphen, r and its number.",
    "source": "The id of the source.",
    "tag": "The tag.",
    "claims": "How many claims.",
}
_SPECIAL = {
    ("statuses", "id"): "The status.",
    ("statuses", "definition"): "When it is given.",
    ("tags", "id"): "The tag.",
    ("evidence", "id"): "The claim's id, a hyphen and the item's own id.",
    ("reviews", "id"): "The claim's id, a hyphen, r and the review's number.",
    ("claims", "article"): "The article that makes the claim.",
    ("claims", "withdrawn"): "The day on which the claim was withdrawn; empty where it stands.",
    ("claims", "withdrawn_reason"): "Why it was withdrawn.",
    ("claim_overview", "withdrawn"): "The day on which the claim was withdrawn; empty where it stands.",
    ("claim_overview", "article"): "The headline of the article.",
    ("claim_overview", "speaker"): "The name of who says it; empty where the article speaks in its own voice.",
    ("claim_overview", "attribution_status"): "Whether the speaker was found to have said it.",
    ("claim_overview", "sources"): "From how many sources the current verdict cites evidence.",
    ("verdict_periods", "valid_from"): "The day from which the verdict speaks: its as_of.",
    ("verdict_periods", "valid_until"): "The day from which the next verdict speaks; empty for the current one.",
    ("verdict_changes", "earlier"): "The status before; empty for the first verdict on the claim.",
    ("verdict_changes", "number"): "The number of the review in the claim, from 1.",
    ("speaker_statuses", "speaker"): "The id of the speaker, or narrator for the article's own voice.",
    ("speaker_statuses", "name"): "The name of the speaker.",
    ("speaker_statuses", "status"): "The status of these claims.",
    ("speaker_statuses", "of_claims"): "How many claims of this speaker there are in all.",
    ("paragraph_coverage", "role"): "What part the paragraph plays on the page.",
    ("paragraph_coverage", "characters"): "Its length in code points.",
    ("paragraph_coverage", "covered"): "How many of them claims or exclusions account for.",
    ("paragraph_coverage", "percent"): "The same in percent of its length.",
    ("source_uses", "claims"): "How many claims it bears on.",
    ("source_uses", "items"): "How many evidence items it gives.",
    ("source_uses", "supports"): "How many of them speak for the statement.",
    ("source_uses", "refutes"): "How many speak against it.",
    ("source_uses", "qualifies"): "How many limit it.",
    ("source_uses", "context"): "How many only help to understand it.",
    ("source_uses", "verdicts"): "How many verdicts rest on it.",
    ("agent_counts", "claims"): "How many claims articles put in its mouth; withdrawn ones do not count.",
    ("agent_counts", "passed_on"): "How many claims reached the articles through it.",
    ("agent_counts", "reviews"): "How many verdicts it made.",
    ("agent_counts", "published"): "How many articles it published.",
    ("agent_counts", "written"): "How many articles it is an author of.",
    ("claim_counts", "part"): "What they have in common: all, article, source, speaker, tag or via.",
    ("claim_counts", "id"): "The id of the article, the source, the agent or the tag; empty for all claims.",
    ("claim_counts", "status"): "The status of these claims.",
    ("claim_counts", "attribution_status"): "The status of their attribution; none where the article says it itself.",
    ("article_changes", "changed"): "The last day on which one was decided, or a claim was withdrawn.",
    ("totals", "records"): "The kind of record: the table that holds them.",
    ("totals", "amount"): "How many there are, withdrawn claims included.",
}

# Tables with the columns of a view that is made from them.
_LIKE = {"overview_rows": "claim_overview", "source_counts": "source_uses"}

# Tables that only serve pages and views; they are not listed among the others.
_SERVING = ("agent_counts", "article_changes", "claim_counts", "overview_rows", "source_counts", "totals")

# How Datasette shows a table: its default facets, and which column stands for a row that is linked to.
_SHOWN: Mapping[str, dict[str, Any]] = {
    "agents": {"label_column": "name", "facets": ["type"]},
    "articles": {"label_column": "headline"},
    "attributions": {"facets": ["mode", "stance", "status", "speaker"]},
    "claims": {"label_column": "statement", "facets": ["status", "kind"]},
    "claim_overview": {"facets": ["status", "kind", "speaker", "attribution_status"]},
    "claim_tags": {"facets": ["tag"]},
    "evidence": {"label_column": "finding", "facets": ["relation"]},
    "review_faults": {"facets": ["fault"]},
    "reviews": {"label_column": "rationale", "facets": ["status", "confidence"], "sort_desc": "decided"},
    "verdict_changes": {"sort_desc": "decided"},
    "speaker_statuses": {"sort_desc": "of_claims"},
    "sources": {"label_column": "title", "facets": ["tier", "access", "type", "language"]},
    **{table: {"hidden": True} for table in _SERVING},
}

# What every version describes, and nobody else together.
_ALWAYS = {"anchors", "attributions", "claim_overview", "evidence", "paragraphs", "reviews"}

# Where datasette-mcp is installed, an assistant may ask what readers may ask by name, also without free SQL.
_PLUGINS = {"datasette-mcp": {"canned_queries": True}}


def metadata(database: Path, name: str, publication: Publication) -> dict[str, Any]:
    """Return Datasette's metadata for a database that is served under that name.

    Raises KeyError if a column has no description, so that none can be forgotten.
    """
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        tables = {table: _table(table, columns) for table, columns in _columns(connection)}
    plugins = {**_PLUGINS, "claimbook": publication.used}
    described = {name: {"tables": tables, "queries": dict(_queries())}}
    return {**publication.said, "plugins": plugins, "databases": described}


def is_metadata(file: Path) -> bool:
    """Tell whether a file is metadata that we wrote, for what an earlier version wrote is replaced as well.

    They have something to say to our own plugin, if only nothing. Former ones did not where no address was known, and
    are known by describing the tables of every database of ours.
    """
    try:
        told = json.loads(content_named(file, _LARGEST))
        described = told.get("databases", {}).values()
        return "claimbook" in told.get("plugins", ()) or any(each["tables"].keys() >= _ALWAYS for each in described)
    except (Misuse, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def _columns(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    listed = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'view') ORDER BY name"
    for (table,) in connection.execute(listed).fetchall():
        if not table.startswith("sqlite_"):
            columns = connection.execute("SELECT name FROM pragma_table_info(?)", [table])
            yield table, [column for (column,) in columns]


def _table(table: str, columns: list[str]) -> dict[str, Any]:
    like = _LIKE.get(table, table)
    parts = [schema.at(kind, keys) for kind, keys in _PARTS.get(like, ())]
    described = {column: _column(like, column, parts) for column in columns}
    description = _MADE.get(table) or parts[0]["description"]
    return {"description": description, "columns": described, **_SHOWN.get(table, {})}


def _column(table: str, column: str, parts: list[schema.Schema]) -> str:
    if special := _SPECIAL.get((table, column)):
        return special
    for part in parts:
        if column in part.get("properties", {}):
            # The key itself is described where it is used, which comes before what it refers to.
            return str(part["properties"][column].get("description") or _COLUMNS[column])
    return _COLUMNS[column]


def _queries() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the questions in queries/: the first line is the title, the second the description."""
    for file in sorted((files("validator.build") / "queries").iterdir(), key=lambda file: file.name):
        title, description, sql = file.read_text(encoding="utf-8").split("\n", 2)
        told = {"title": title.removeprefix("-- "), "description": description.removeprefix("-- ")}
        yield file.name.removesuffix(".sql"), {**told, "sql": sql}
