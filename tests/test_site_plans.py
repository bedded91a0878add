"""How the site's queries and the named questions find their rows: by an index, however many claims there are.

SQLite plans by the schema alone, since the database has no statistics (no ANALYZE): what holds for the small database
holds for a large one.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest
from bulk import many
from test_build import BUILD

from validator.build.metadata import metadata
from validator.build.publication import publication
from validator.cli import main

SITE = Path(__file__).parent.parent / "validator" / "site" / "queries"
NAMED = Path(__file__).parent.parent / "validator" / "build" / "queries"
QUERIES = {file.stem: file for file in sorted([*SITE.iterdir(), *NAMED.iterdir()])}

# Tables that have the same few rows whatever is recorded.
FIXED = {"statuses", "totals"}

# Scans of a table that grows with the claims, each with the reason why it is no harm. All are of an index in the order
# that is asked for, and end with the last row that is wanted: the site's have a LIMIT, and of a named question Datasette
# fetches no more than it shows (max_returned_rows).
_PART = "reads the index of ids up to the end of its part of the sitemap: 5 ms for the 200,000th id"
SCANS: Mapping[tuple[str, str], str] = {
    ("addresses", "agents"): _PART,
    ("addresses", "articles"): _PART,
    ("addresses", "claims"): _PART,
    ("addresses", "sources"): _PART,
    ("addresses", "tags"): _PART,
    ("articles", "articles"): "ends after the articles of the start page, the latest first",
    ("changes", "verdict_changes"): "ends after the entries of the feed, the latest first",
    ("latest", "verdict_changes"): "ends after the verdicts of the start page, the latest first",
    ("changed_verdicts", "verdict_changes"): "every entry of the partial index is an answer",
    ("claims_by_speaker", "speaker_statuses"): "every entry of the index is an answer",
    ("claims_on_one_source", "overview_rows"): "every entry of the partial index is an answer, but for withdrawn claims",
    # Ended by 500 answers; for a day before all verdicts it goes once through the index, 0.1 s for 400,000 of them.
    ("verdicts_as_of", "reviews"): "most entries are answers for a day of which much is known",
}  # fmt: skip


@pytest.fixture
def database(example: Path) -> Iterator[sqlite3.Connection]:
    assert main(BUILD) == 0
    with closing(sqlite3.connect("claims.db")) as connection:
        yield connection


def asked(query: str) -> str:
    return QUERIES[query].read_text(encoding="utf-8")


def parameters(text: str) -> dict[str, None]:
    return dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", text))


def plan(database: sqlite3.Connection, query: str) -> list[str]:
    text = asked(query)
    return [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {text}", parameters(text))]


def scans(database: sqlite3.Connection, text: str, steps: list[str]) -> Iterator[tuple[str, str]]:
    """Each scan of a table or an index from its beginning: the table, and how the plan has it.

    A plan names a table as the query or a view does, so that every name that stands for a table is looked up. A scan of
    what the query itself made first is none of a table, and a full-text index that is asked for words is searched.
    """
    known = {name: sql or "" for name, sql in database.execute("SELECT name, sql FROM sqlite_master")}
    tables = {name for (name,) in database.execute("SELECT name FROM pragma_table_list WHERE schema = 'main'")}
    names = re.findall(r"\b(?:FROM|JOIN)\s+(\w+)(?:\s+AS\s+(\w+))?", " ".join([text, *known.values()]))
    aliases = {alias: table for table, alias in names if alias and table in tables}
    for step in steps:
        found = re.match(r"SCAN (?:TABLE )?(\w+)(?: AS (\w+))?", step)
        table = aliases.get(found[1], found[1]) if found else ""
        if table in tables and table not in FIXED and not re.search(r"VIRTUAL TABLE INDEX \d+:.*M", step):
            yield table, step


@pytest.mark.parametrize("query", QUERIES)
def test_no_query_reads_a_growing_table_from_end_to_end(query: str, database: sqlite3.Connection) -> None:
    found = dict(scans(database, asked(query), plan(database, query)))
    assert {table: step for table, step in found.items() if (query, table) not in SCANS} == {}


@pytest.mark.parametrize(("query", "table"), SCANS)
def test_a_scan_that_is_allowed_goes_by_an_index_in_the_order_asked_for(
    query: str, table: str, database: sqlite3.Connection
) -> None:
    """Sorting comes after the last row was read, so a query that is to end early has none but of its last columns."""
    steps = plan(database, query)
    found = [step for other, step in scans(database, asked(query), steps) if other == table]
    assert found
    assert all(re.search(r"USING (COVERING )?INDEX ", step) for step in found)
    limited = "LIMIT" in asked(query)
    sorted_whole = [step for step in steps if re.match("USE TEMP B-TREE FOR (?!RIGHT PART|LAST)", step)]
    assert limited or not sorted_whole


def test_a_full_scan_would_be_found(database: sqlite3.Connection) -> None:
    for text, table in {
        "SELECT * FROM claims AS c WHERE statement LIKE '%x%'": "claims",
        "SELECT count(*) FROM reviews": "reviews",
        "SELECT * FROM claim_overview WHERE rationale = 'x'": "overview_rows",
        "SELECT * FROM evidence_fts": "evidence_fts",
    }.items():
        steps = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {text}")]
        assert [found for found, _ in scans(database, text, steps)] == [table], text


def test_the_named_questions_are_those_that_readers_get(database: sqlite3.Connection) -> None:
    queries = metadata(Path("claims.db"), "claims", publication(Path("nowhere")))["databases"]["claims"]["queries"]
    assert set(queries) == {file.stem for file in NAMED.iterdir()}


# What each query is asked on a database of `bulk.many`: whatever has most claims in it.
IDS = {
    "agent": "speaker",
    "article": "gazette-00000",
    "claim": "gazette-00001-001",
    "near": "gazette-00010-0",
    "source": "source",
    "speaker": "speaker",
    "tag": "tag",
    "via": "gazette",
}
ASKED: Mapping[str, object] = {
    "after": "",
    "as_of": None,
    "claims": '["gazette-00001-001", "gazette-00002-002"]',
    "close": "]",
    "date": "2024-06-01",
    "kind": "claim",
    "limit": 10,
    "most": 500,
    "offset": 0,
    "open": "[",
    "part": "tag",
    "source": "source",
}
MATCHES = {"names": '"person" *'}
SHOWN = 501  # rows that Datasette fetches of a named question on a public site


@pytest.fixture(scope="module")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    """Two databases, one with four times as many claims as the other."""
    folder = tmp_path_factory.mktemp("sizes")
    with closing(many(2_000, folder / "small.db")) as small, closing(many(8_000, folder / "large.db")) as large:
        yield small, large


def work(database: sqlite3.Connection, query: str) -> int:
    """How many steps of its virtual machine SQLite takes for a query, in tens; no clock is asked."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    text = asked(query)
    given = {
        **ASKED,
        "id": IDS.get(query.partition("_")[0], "tag"),
        "match": MATCHES.get(query, '"ferry"'),
        "folded": '"ferry"',
    }
    database.set_progress_handler(count, 10)
    rows = database.execute(text, {name: given[name] for name in parameters(text)}).fetchmany(SHOWN)
    database.set_progress_handler(None, 0)
    assert rows, query
    return steps


@pytest.mark.parametrize("query", QUERIES)
def test_four_times_as_many_claims_are_no_more_work(
    query: str, sizes: tuple[sqlite3.Connection, sqlite3.Connection]
) -> None:
    small, large = (work(database, query) for database in sizes)
    assert large <= 1.1 * small + 10
