"""The database that `claimbook build` makes, asked with the real SQLite and the real Datasette."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette

from validator import article, spread
from validator.build import rows as build_rows
from validator.build.rows import Rows, rows
from validator.check import sound
from validator.cli import main
from validator.dataset.shelf import Shelf

BUILD = ("build", "--today", "1873-01-01")
Output = pytest.CaptureFixture[str]


@pytest.fixture
def database(example: Path) -> Iterator[sqlite3.Connection]:
    """The database of the base of all cases, with what none of its claims has: tags, chains, relations."""
    claim = example / "claims/articles/gazette-1872-10-03/004-left-by-train.yaml"
    more = "depends_on:\n  - gazette-1872-10-03-001\nrelated:\n  - gazette-1872-10-03-002\ntags:\n  - train\n"
    claim.write_text(claim.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert main(BUILD) == 0
    with closing(sqlite3.connect("claims.db")) as connection:
        yield connection


def tables(database: sqlite3.Connection) -> list[str]:
    listed = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    return [name for (name,) in database.execute(listed)]


def test_every_record_is_in_the_database_whole(database: sqlite3.Connection) -> None:
    claim = "gazette-1872-10-03-001"
    assert database.execute("SELECT * FROM claims WHERE id = ?", [claim]).fetchone() == (
        claim,
        "gazette-1872-10-03",
        1,
        "Phileas Fogg has wagered 20,000 pounds on a journey round the world in eighty days.",
        "quantity",
        "eighty days",
        "supported",
        None,
        None,
        None,
        "claims/articles/gazette-1872-10-03/001-wager.yaml",
    )
    assert database.execute("SELECT * FROM reviews WHERE claim = ?", [claim]).fetchall() == [
        (
            f"{claim}-r1",
            claim,
            1,
            "1872-12-31",
            "1872-10-03",
            "reviewers",
            "supported",
            5,
            "high",
            "The club's own record has the sum and the term.",
        )
    ]
    assert database.execute("SELECT * FROM review_evidence WHERE review = ?", [f"{claim}-r1"]).fetchall() == [
        (f"{claim}-r1", f"{claim}-e1")
    ]
    assert database.execute('SELECT paragraph, "start", "end" FROM anchors WHERE claim = ?', [claim]).fetchall() == [
        (1, 0, 33),
        (3, 0, 89),
    ]


def test_the_values_in_the_files_are_the_values_in_the_tables(database: sqlite3.Connection) -> None:
    """Every scalar of every record stands in some column: nothing of the model is left out."""
    stored = {
        value for table in tables(database) for row in database.execute(f"SELECT * FROM {table}") for value in row
    }
    missing = {
        value
        for record in sound(Path("claims").resolve()).records
        for value in scalars(record.data)
        if value not in stored and not any(str(known).endswith(f"-{value}") for known in stored)
    }
    assert missing == set()


def scalars(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for item in value.values():
            yield from scalars(item)
    elif isinstance(value, list):
        for item in value:
            yield from scalars(item)
    else:
        yield value


def test_no_table_is_lax(database: sqlite3.Connection) -> None:
    lax = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict"
    assert [name for (name,) in database.execute(lax) if not name.startswith("sqlite_")] == []


def test_every_foreign_key_has_an_index(database: sqlite3.Connection) -> None:
    for table in tables(database):
        indexed = {
            tuple(column for (column,) in database.execute("SELECT name FROM pragma_index_info(?)", [index]))
            for (index,) in database.execute("SELECT name FROM pragma_index_list(?)", [table])
        }
        keys: dict[int, list[str]] = {}
        for number, column in database.execute('SELECT id, "from" FROM pragma_foreign_key_list(?)', [table]):
            keys.setdefault(number, []).append(column)
        for columns in keys.values():
            assert any(index[: len(columns)] == tuple(columns) for index in indexed), (table, columns)


def test_every_facet_that_is_configured_has_an_index(database: sqlite3.Connection) -> None:
    configured = json.loads(Path("metadata.json").read_text(encoding="utf-8"))["databases"]["claims"]["tables"]
    for table in tables(database):
        first = {
            database.execute("SELECT name FROM pragma_index_info(?) WHERE seqno = 0", [index]).fetchone()[0]
            for (index,) in database.execute("SELECT name FROM pragma_index_list(?)", [table])
        }
        assert set(configured[table].get("facets", ())) <= first, table


def test_the_view_of_coverage_counts_like_the_check(database: sqlite3.Connection) -> None:
    dataset = sound(Path("claims").resolve())
    record = dataset.articles["gazette-1872-10-03"]
    ranges: dict[int, list[tuple[int, int]]] = {}
    anchors = [anchor for claim in dataset.claims_of(record) for _, anchor in claim.each("anchors")]
    for each in [*anchors, *record.data.get("excluded", ())]:
        ranges.setdefault(each["paragraph"], []).append((each["start"], each["end"]))
    expected = [
        (each["number"], article.covered(each["characters"], ranges.get(each["number"], ())))
        for each in record.data["paragraphs"]
    ]
    assert database.execute("SELECT paragraph, covered FROM paragraph_coverage").fetchall() == expected


def test_a_verdict_speaks_until_the_next_one(database: sqlite3.Connection) -> None:
    for claim, count in database.execute("SELECT claim, count(*) FROM reviews GROUP BY claim").fetchall():
        periods = database.execute(
            "SELECT valid_from, valid_until FROM verdict_periods WHERE claim = ? ORDER BY review", [claim]
        ).fetchall()
        assert len(periods) == count
        assert periods[-1][1] is None
        assert [until for _, until in periods[:-1]] == [begin for begin, _ in periods[1:]]


def test_counts_by_speaker_have_their_denominator(database: sqlite3.Connection) -> None:
    found = "SELECT speaker, sum(claims), max(of_claims) FROM speaker_statuses GROUP BY speaker"
    counted = database.execute(found).fetchall()
    assert all(total == of for _, total, of in counted)
    assert sum(total for _, total, _ in counted) == 4


def test_a_change_of_a_verdict_has_the_status_before(database: sqlite3.Connection) -> None:
    """The third claim was open, then supported; the others have one verdict, before which there was none."""
    changes = database.execute("SELECT claim, number, earlier, status FROM verdict_changes WHERE earlier <> ''")
    assert changes.fetchall() == [("gazette-1872-10-03-003", 2, "not-checkable", "supported")]
    first = database.execute("SELECT count(*), count(earlier) FROM verdict_changes WHERE number = 1").fetchone()
    assert first == (4, 0)


def test_an_overview_says_on_how_many_sources_a_verdict_rests(database: sqlite3.Connection) -> None:
    cited = "SELECT count(DISTINCT source) FROM evidence JOIN review_evidence ON evidence.id = review_evidence.evidence"
    latest = "SELECT id FROM reviews WHERE claim = claim_overview.id ORDER BY number DESC LIMIT 1"
    counted = f"SELECT sources, ({cited} WHERE review = ({latest})) FROM claim_overview"
    assert {stored - found for stored, found in database.execute(counted)} == {0}


@pytest.mark.parametrize(
    ("part", "members"),
    [
        ("all", "SELECT '', id FROM claims"),
        ("article", "SELECT article, id FROM claims"),
        ("source", "SELECT DISTINCT source, claim FROM evidence"),
        ("speaker", "SELECT speaker, claim FROM attributions WHERE speaker <> ''"),
        ("tag", "SELECT tag, claim FROM claim_tags"),
        ("via", "SELECT DISTINCT agent, claim FROM attribution_via"),
    ],
)
def test_what_is_counted_in_advance_is_what_there_is_to_count(
    part: str, members: str, database: sqlite3.Connection
) -> None:
    stored = "SELECT id, status, attribution_status, claims FROM claim_counts WHERE part = ? ORDER BY 1, 2, 3"
    counted = f"""
      WITH members (id, claim) AS ({members})
      SELECT members.id, claims.status, coalesce(attributions.status, 'none'), count(*)
      FROM members JOIN claims ON claims.id = members.claim JOIN attributions ON attributions.claim = claims.id
      WHERE claims.withdrawn IS NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """
    assert database.execute(stored, [part]).fetchall() == database.execute(counted).fetchall()


def test_totals_are_those_of_the_tables(database: sqlite3.Connection) -> None:
    for table, amount in database.execute("SELECT records, amount FROM totals").fetchall():
        assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (amount,), table


def test_a_withdrawn_claim_keeps_its_rows_and_counts_no_more(example: Path) -> None:
    claim = example / "claims/articles/gazette-1872-10-03/004-left-by-train.yaml"
    withdrawn = "withdrawn:\n  date: 1872-12-31\n  reason: The paper left the sentence out of its later editions.\n"
    claim.write_text(claim.read_text(encoding="utf-8") + withdrawn, encoding="utf-8")
    assert main(BUILD) == 0
    with closing(sqlite3.connect("claims.db")) as database:
        kept = "SELECT status, withdrawn, withdrawn_reason FROM claims WHERE number = 4"
        reason = "The paper left the sentence out of its later editions."
        assert database.execute(kept).fetchall() == [("not-enough-evidence", "1872-12-31", reason)]
        assert database.execute("SELECT withdrawn FROM claim_overview WHERE withdrawn <> ''").fetchall()
        assert database.execute("SELECT count(*) FROM reviews").fetchone() == (5,)
        counted = "SELECT covered, claims FROM paragraph_coverage WHERE paragraph = 4"
        assert database.execute(counted).fetchall() == [(102, 1)]
        assert database.execute("SELECT sum(claims) FROM speaker_statuses").fetchone() == (3,)


def test_the_same_input_gives_the_same_bytes(example: Path) -> None:
    made = []
    for name in ("one", "two"):
        command = [sys.executable, "-m", "validator", *BUILD, "-o", f"{name}/claims.db"]
        Path(name).mkdir()
        subprocess.run(command, check=True, capture_output=True)
        made.append([Path(name, file).read_bytes() for file in ("claims.db", "metadata.json")])
    assert made[0] == made[1]


def test_data_with_an_error_build_nothing_and_leave_what_is_there(example: Path, capsys: Output) -> None:
    assert main(BUILD) == 0
    before = {file: file.read_bytes() for file in example.iterdir() if file.is_file()}
    agent = Path("claims/agents/reform-club.yaml")
    agent.write_text(agent.read_text(encoding="utf-8") + "nickname: Club\n", encoding="utf-8")
    assert main(BUILD) == 1
    assert {file: file.read_bytes() for file in example.iterdir() if file.is_file()} == before
    out, err = capsys.readouterr()
    assert out.startswith('claims/agents/reform-club.yaml:4:1: error: found the unknown key "nickname"')
    assert err.endswith("Built nothing, since there are errors.\n")


def test_the_bytes_do_not_depend_on_the_number_of_processes(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "BATCH", 1)
    folder = example / "claims/articles/gazette-1872-10-03"
    for number in range(4):
        copied(folder, folder.with_name(f"gazette-1872-10-1{number}"))
    assert main([*BUILD, "--jobs", "1", "-o", "one.db"]) == 0
    assert main([*BUILD, "--jobs", "3", "-o", "three.db"]) == 0
    assert Path("one.db").read_bytes() == Path("three.db").read_bytes()


def copied(folder: Path, other: Path) -> None:
    """Copy an article with its claims, under another id."""
    other.mkdir()
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8").replace(folder.name, other.name)
        (other / file.name).write_text(text, encoding="utf-8")


def test_an_id_given_twice_builds_nothing_and_is_told(example: Path, capsys: Output) -> None:
    claim = example / "claims/articles/gazette-1872-10-03/004-left-by-train.yaml"
    claim.with_name("004-twice.yaml").write_bytes(claim.read_bytes())
    assert main(BUILD) == 1
    assert "[duplicate-id]" in capsys.readouterr().out
    assert not list(example.glob("*claims.db*"))


def twice(shelf: Shelf, root: Path) -> Rows:
    return {table: values * 2 for table, values in rows(shelf, root).items()}


def test_a_build_that_fails_midway_leaves_what_is_there(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(BUILD) == 0
    before = {file: file.read_bytes() for file in example.iterdir() if file.is_file()}
    monkeypatch.setattr(build_rows, "rows", twice)
    assert main(BUILD) == 3
    assert {file: file.read_bytes() for file in example.iterdir() if file.is_file()} == before


def test_a_place_that_cannot_be_written_is_misuse(example: Path, capsys: Output) -> None:
    assert main([*BUILD, "-o", "nowhere/claims.db"]) == 2
    assert capsys.readouterr().err.endswith(
        "Error: cannot write nowhere/claims.db: No such file or directory; make the folder first, or choose another place\n"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[publication]\ntitel = "x"\n', "unknown key 'titel', expected title, description, license, license_url, "
         'source, source_url, about, about_url, site_url, repository, branch; did you mean "title"?'),
        ('[publicaton]\ntitle = "x"\n', "unknown table 'publicaton', expected publication; did you mean \"publication\"?"),
        ("[publication]\ntitle = 3\n", "title is 3, expected text in quotation marks"),
        ("publication = 3\n", "publication is not a table; write [publication] above the keys"),
        ("[publication\n", "Expected ']' at the end of a table declaration (at line 1, column 13)"),
        ("a = " + "[" * 9_000, "it is nested too deeply"),
        ('[publication]\nlicense_url = "javascript:alert(1)"\n', "license_url is 'javascript:alert(1)', expected a web "
         'address that begins with https:// or http://, not with "javascript:"'),
        ('[publication]\nabout_url = "https://[/x"\n', "about_url is 'https://[/x', expected an IPv6 address in the "
         'brackets, such as [2001:db8::1], not "["'),
        ('[publication]\nsource_url = "https://facts.example:99999"\n', "source_url is 'https://facts.example:99999', "
         'expected a port from 1 to 65535 behind the host, not "99999"'),
        ('[publication]\nrepository = "https://a:b@git.example/x"\n', "repository is 'https://a:b@git.example/x', "
         'expected the host behind the slashes; delete "a:b@", which hides where the address leads'),
        ('[publication]\nrepository = "https://git.example/x?y"\n', "repository is 'https://git.example/x?y', "
         "expected nothing behind the path, no ? and no #"),
        ('[publication]\ntitle = "A\\u0000"\n', "title has the control character U+0000; delete it"),
        ('[publication]\ndescription = """A\nb\\u001b"""\n', "description has the control character U+001B; delete it"),
        (
            '[publication]\nlicense = "\\u202eCC0"\n',
            "license has U+202E RIGHT-TO-LEFT OVERRIDE, which shows text in another order than it has; delete it",
        ),
        (
            '[publication]\nsource = "Ga\\u200bzette"\n',
            "source has U+200B ZERO WIDTH SPACE, which nobody sees; delete it",
        ),
        *(
            (
                f'[publication]\nrepository = "https://code.example/{path}"\n',
                f"repository is 'https://code.example/{path}', expected a path without . and .. and without empty parts",
            )
            for path in ("../claims", "a/./b", "a//b", "%2e%2E/a", "a/%2e", "a//", "/")
        ),
        ('[publication]\nsite_url = "facts.example"\n', "site_url: the address of the site is 'facts.example', expected "
         "one such as https://facts.example: a web address that begins with https:// or http://, as in https://facts.example"),
    ],
)  # fmt: skip
def test_what_the_site_says_of_itself_is_checked(content: str, message: str, example: Path, capsys: Output) -> None:
    Path("claimbook.toml").write_text(content, encoding="utf-8")
    assert main(BUILD) == 2
    assert capsys.readouterr().err.endswith(f"Error: claimbook.toml: {message}\n")
    assert not Path("claims.db").exists()


def test_settings_that_are_too_large_or_no_text_are_misuse(example: Path, capsys: Output) -> None:
    for content, message in {
        b"#" * 20_000: "found 20,000 bytes, expected at most 16,384",
        b"a = " + b"9" * 5000: "integer string conversion",
        b"\xff": "can't decode byte",
    }.items():
        Path("claimbook.toml").write_bytes(content)
        assert main(BUILD) == 2
        assert message in capsys.readouterr().err


def test_settings_with_a_byte_order_mark_and_foreign_letters_are_read(example: Path) -> None:
    told = '\ufeff[publication]\nsite_url = "https://facts.example/prüf"\nabout_url = ""\n'
    Path("claimbook.toml").write_text(told, encoding="utf-8")
    assert main(BUILD) == 0
    metadata = json.loads(Path("metadata.json").read_text(encoding="utf-8"))
    assert metadata["plugins"]["claimbook"] == {"site_url": "https://facts.example/pr%C3%BCf"}


@pytest.mark.parametrize("command", [["build"], ["serve"], ["site", "-o", "public"]])
@pytest.mark.parametrize(
    "told", ["facts.example", "https://facts.example:0", "https://u:p@facts.example", "https://a b"]
)
def test_every_command_says_the_same_of_an_address_that_is_none(
    told: str, command: list[str], example: Path, capsys: Output
) -> None:
    Path("claimbook.toml").write_text(f'[publication]\nsite_url = "{told}"\n', encoding="utf-8")
    assert main([*command, "--today", "1873-01-01"]) == 2
    in_file = capsys.readouterr().err
    assert f"the address of the site is {told!r}, expected one such as https://facts.example: " in in_file
    if command != ["build"]:
        assert main([*command, "--today", "1873-01-01", "--site-url", told]) == 2
        (said,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Error: ")]
        assert said.removeprefix("Error: ") in in_file


def test_what_the_site_says_of_itself_reaches_datasette(example: Path) -> None:
    told = '[publication]\ntitle = "The Wager"\nlicense = "CC0"\nsite_url = "https://wager.example"\n'
    Path("claimbook.toml").write_text(told, encoding="utf-8")
    assert main(BUILD) == 0
    metadata = json.loads(Path("metadata.json").read_text(encoding="utf-8"))
    assert (metadata["title"], metadata["license"]) == ("The Wager", "CC0")
    assert metadata["plugins"]["claimbook"] == {"site_url": "https://wager.example"}


def served() -> Datasette:
    metadata = json.loads(Path("metadata.json").read_text(encoding="utf-8"))
    return Datasette([], immutables=["claims.db"], metadata=metadata)


async def test_datasette_describes_every_table_and_column(database: sqlite3.Connection) -> None:
    datasette = served()
    known = (await datasette.client.get("/claims.json")).json()
    views = (await datasette.client.get("/claims.json")).json()["views"]
    shown = [table for table in known["tables"] if not table["hidden"]]
    described = json.loads(Path("metadata.json").read_text(encoding="utf-8"))["databases"]["claims"]["tables"]
    listed = {table for table in described if not described[table].get("hidden")}
    assert {table["name"] for table in shown} | {view["name"] for view in views} == listed
    for table in shown:
        assert set(table["columns"]) == set(described[table["name"]]["columns"])
        assert all(described[table["name"]]["columns"].values())
        assert described[table["name"]]["description"]


@pytest.mark.parametrize(
    ("table", "word", "found"),
    [("claims", "wagers", 2), ("evidence", "sums", 1), ("reviews", "terms", 1), ("claims", "balloon", 0)],
)
async def test_datasette_searches_the_words_and_their_forms(
    table: str, word: str, found: int, database: sqlite3.Connection
) -> None:
    answer = await served().client.get(f"/claims/{table}.json?_search={word}")
    assert answer.status_code == 200
    assert len(answer.json()["rows"]) == found


async def test_every_question_can_be_asked(database: sqlite3.Connection) -> None:
    datasette = served()
    queries = (await datasette.client.get("/claims.json")).json()["queries"]
    assert len(queries) == 7
    for query in queries:
        assert query["title"]
        assert query["description"]
        answer = await datasette.client.get(f"/claims/{query['name']}.json?date=1873-01-01&_shape=objects")
        assert answer.status_code == 200, query["name"]
    as_of = (await datasette.client.get("/claims/verdicts_as_of.json?date=1872-10-04&_shape=objects")).json()["rows"]
    assert [row["claim"] for row in as_of if row["status"] == "supported"]
    assert (await datasette.client.get("/claims/verdicts_as_of.json?date=1800-01-01")).json()["rows"] == []
