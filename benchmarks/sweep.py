"""Every address of a public site with every parameter and values that fit nowhere: what comes back, and what it costs.

    python benchmarks/sweep.py DATABASE [--seconds 300]

Serves the database at a free port of this machine as strangers get it, with metadata.json from beside it, and sends one
request after the other, in an order that is the same at every call. Prints the number of requests, their statuses, the
longest, by how much the server grew, and every request with status 500 or more, over a second, or with a traceback.
"""

import argparse
import ast
import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from http.client import HTTPConnection, HTTPException
from importlib.util import find_spec
from itertools import chain, cycle
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode

from validator.cli.serve import PUBLIC
from validator.site.parameters import CLOSED, OF_QUERIES, OF_ROWS, OF_TABLES, OPERATORS
from validator.site.public import OURS

LIMIT = 1.0  # seconds of work for one answer
GROWTH = 100  # MB of the server over all of them

VALUES = [
    *("", "1", "0", "-1", "max", "on", "off", "id", "status", "rowid", "object", "arrayfirst", "array", "raw", "=1+1"),
    *(
        "9" * 30,
        "9" * 400,
        "\u00b2",
        "\u0665",
        "1e400",
        "NaN",
        "null",
        "true",
        "2021-12-31",
        "0000-00-00",
        "x",
        "a" * 600,
    ),
    *(
        "[",
        "[1]",
        '[{"a": 1}]',
        "[" * 400,
        "{",
        "{}",
        '{"simple": 1}',
        '{"table": "claims", "column": "x", "value": []}',
    ),
    *(
        "'",
        '"',
        "'\"`;--",
        "1 or 1=1",
        "%",
        "%a%e%i%o%u%",
        "*a*e*i*o*",
        "$null",
        "$null,1",
        ",",
        "," * 300,
        "~",
        "~00",
        "~FF",
    ),
    *(
        "\0",
        "\r\nX: y",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "\u202e\u2066",
        "e\u0301" * 100,
        "\ufeff",
        "\U0001f600",
    ),
    *(
        "旅客",
        "ตลาด",
        "“a b”",
        "a " * 250,
        '"' + "the " * 120 + '"',
        "a* OR NEAR(b c)",
        "the",
        "the of and to in a",
        "-the",
        "^a",
    ),
]
# Parts of an address, and whole ones, that stand for nothing.
PLACES = [
    "%00",
    "%ff%fe",
    "%",
    "%zz",
    "..",
    "%2e%2e%2f",
    "~00",
    "~FF",
    "a,b,c,d",
    "x" * 300,
    "\\",
    "'",
    "旅",
    "a.b",
    ".json",
]
WHOLE = [
    "//",
    "//evil.example/",
    "/\\evil.example/",
    "/%00",
    "/-/",
    "/-/static/",
    "/-/static/../x",
    "/-/static/" + "x" * 300,
]
WHOLE += [
    "/x" * 400,
    "http://evil.example/claims",
    "http://evil.example",
    "*",
    "?",
    "/?",
    "/#",
    "/;a=b",
    "/index.json/",
]
METHODS = ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW", "DATA", "get", "AS_CSV"]
HEADERS = [
    {"Cookie": "ds_messages=\u00e4; \u00e4=1"},
    {"Cookie": "ds_actor=" + "x" * 5000},
    {"Authorization": "Bearer dstok_\u00e4"},
    {"Authorization": "Bearer dstok_" + "x" * 5000},
    {"Host": "["},
    {"Host": "evil.example:99999999"},
    {"Host": "a b"},
    {"Accept": "\u00e4" * 1000},
    {"If-None-Match": "\u00e4"},
    {"Transfer-Encoding": "x"},
    {"Content-Length": "-1"},
    {f"X-{number}": "y" * 50 for number in range(90)},
]


class Ask(NamedTuple):
    """One request."""

    target: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()


class Site(NamedTuple):
    """The addresses of a site by what they are: our pages, tables and views, rows, named queries, and all others."""

    ours: list[str]
    tables: list[str]
    rows: list[str]
    queries: list[str]
    others: list[str]
    columns: list[str]

    @property
    def all(self) -> list[str]:
        """Return all addresses."""
        return [*self.ours, *self.tables, *self.rows, *self.queries, *self.others]


def site(database: Path, queries: Iterable[str]) -> Site:
    """Return the addresses of a database: of every kind of record one, and every table in every form."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        listed = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"
        )
        names = [name for (name,) in listed]
        columns = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in names}
        kinds = ("article", "claim", "source", "agent", "tag")
        ids = {kind: connection.execute(f"SELECT max(id) FROM {kind}s").fetchone()[0] for kind in kinds}
        rows = list(chain.from_iterable(_rows(connection, name) for name in names))
    forms, data = ("", ".json", ".csv", ".ndjson"), ("", ".json", ".csv", ".blob", ".jsono")
    pages = [f"/{kind}/{key}{form}" for kind, key in ids.items() for form in forms]
    documents = ["/", "/index.json", "/feed.atom", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/llms.txt"]
    cited = [f"/claim/{ids['claim']}{form}" for form in (".bib", ".csl.json")]
    lists = [f"/{page}{form}" for page in ("search", "tag") for form in forms]
    return Site(
        [*documents, *pages, *cited, *lists],
        [f"/claims/{name}{form}" for name in names for form in data],
        [f"/claims/{row}{form}" for row in rows for form in data],
        [f"/claims/{query}{form}" for query in queries for form in data],
        [*OTHERS, *(f"/-/{name}{form}" for name in INNER for form in ("", ".json"))],
        sorted(set(chain.from_iterable(columns.values()))),
    )


OTHERS = [
    "/claims",
    "/claims.json",
    "/claims.csv",
    "/favicon.ico",
    "/.json",
    "/-/static/app.css",
    "/_memory",
    "/:memory:x",
]
OTHERS += ["/-/static-plugins/claimbook/site.css", "/_internal", "/_internal/databases", "/nothing", "/nothing/here"]
INNER = [
    "metadata",
    "versions",
    "plugins",
    "settings",
    "config",
    "threads",
    "databases",
    "actor",
    "auth-token",
    "logout",
]
INNER += [
    "permissions",
    "messages",
    "allow-debug",
    "patterns",
    "api",
    "check",
    "rules",
    "jump",
    "schema",
    "create-token",
]


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    asked = "SELECT '\"' || name || '\"' FROM pragma_table_info(?) WHERE pk ORDER BY pk"
    keys = [name for (name,) in connection.execute(asked, [table])]
    if keys:
        row = connection.execute(f"SELECT {', '.join(keys)} FROM {table} LIMIT 1").fetchone()
        yield from (f"{table}/{','.join(map(str, found))}" for found in ([row] if row else []))


@cache
def parameters() -> list[str]:
    """List the parameters that Datasette and the site know."""
    known = [
        *OURS,
        *OF_TABLES,
        *OF_ROWS,
        *OF_QUERIES,
        *CLOSED,
        *sorted(in_source()),
        "_filter_column_1",
        "_search_statement",
    ]
    return list(dict.fromkeys([*known, "_extra", "_unknown", "", "date", "\u00e9", "a" * 600]))


def in_source() -> set[str]:
    """Find in Datasette's source what may be a parameter: what it reads of `args`, and texts like `_next`."""
    spec = find_spec("datasette")
    assert spec
    assert spec.origin
    root = Path(spec.origin).parent
    read = [*root.glob("views/*.py"), *(root / f"{name}.py" for name in READ)]
    return set(chain.from_iterable(_named(ast.parse(file.read_text(encoding="utf-8"))) for file in read))


READ = ("app", "filters", "facets", "renderer", "blob_renderer", "handle_exception", "tracer", "utils/__init__")


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_args(node.func.value):
            yield from (_text(each) for each in node.args[:1] if _text(each))
        elif isinstance(node, ast.Subscript) and _is_args(node.value) and _text(node.slice):
            yield _text(node.slice)
        elif isinstance(node, ast.Constant) and re.fullmatch("_[a-z]+(?:_[a-z]+)*", _text(node)):
            yield _text(node)


def _is_args(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "args" and isinstance(node.value, ast.Name)


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def asks(found: Site) -> list[Ask]:
    """List requests, shuffled: the more of them are sent, the more of all that may be combined has been tried."""
    listed = [*_parameters(found), *_filters(found), *_repeated(found), *_places(found), *_heads(found)]
    random.Random(10).shuffle(listed)
    return listed


def _parameters(found: Site) -> Iterator[Ask]:
    """Each parameter at each address, and at one of each kind with each value."""
    values = cycle(VALUES)
    yield from (Ask(_with(place, [(name, next(values))])) for place in found.all for name in parameters())
    kinds = [found.ours, found.tables, found.rows, found.queries, found.others]
    for name in parameters():
        for value in VALUES:
            yield from (Ask(_with(next(places), [(name, value)])) for places in map(cycle, kinds))
    rest = random.Random(10)
    for _ in range(20_000):
        pairs = [(rest.choice(parameters()), rest.choice(VALUES)) for _ in range(rest.randrange(2, 6))]
        yield Ask(_with(rest.choice(found.all), pairs))


def _filters(found: Site) -> Iterator[Ask]:
    places, values = cycle(found.tables), cycle(VALUES)
    for column in found.columns:
        for operator in ("", *OPERATORS, "arraycontains", "unknown"):
            yield Ask(_with(next(places), [(f"{column}__{operator}".removesuffix("__"), next(values))]))
        names = ("_sort", "_sort_desc", "_facet", "_facet_date", "_facet_array", "_col", "_nocol", "_json", "_label")
        yield from (Ask(_with(place, [(name, column)])) for name in names for place in found.tables[::5])


def _repeated(found: Site) -> Iterator[Ask]:
    places = cycle([*found.tables, *found.ours[::4], *found.rows[::9], *found.queries[::5]])
    for name in [*parameters(), "status", "status__contains"]:
        for times in (2, 3, 20, 30, 800):
            yield Ask(_with(next(places), [(name, value) for value, _ in zip(cycle(["id", "a", "1"]), range(times))]))
            yield Ask(_with(next(places), [(name, "id")] * times))
    for table in found.tables[::5]:
        yield Ask(f"{table}?{'&'.join(['_facet=id'] * 800)}")
        columns = ["status", "kind", "id", "claim", "source", "article"]
        yield from (
            Ask(_with(table, [*(("_facet", name) for name in three), *ALL])) for three in (columns[:3], columns[3:])
        )


ALL = [("_facet_size", "max"), ("_size", "max"), ("_labels", "on"), ("_nocount", "")]


def _places(found: Site) -> Iterator[Ask]:
    yield from map(Ask, WHOLE)
    for place in found.all:
        yield Ask(f"{place}/")
        above = place.rpartition("/")[0]
        yield from (Ask(f"{above}/{quote(part, safe='%~,.')}") for part in PLACES)


def _heads(found: Site) -> Iterator[Ask]:
    for place in found.all:
        yield from (Ask(place, method) for method in METHODS)
    for place in found.all[::20]:
        yield from (Ask(place, headers=tuple(each.items())) for each in HEADERS)


def _with(place: str, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{place}?{urlencode(pairs, quote_via=quote)}"


class Answer(NamedTuple):
    """What a request came to: its status (0 where the connection was ended), bytes, and seconds to wait and of work."""

    ask: Ask
    status: int
    size: int
    waited: float
    worked: float


def sent(port: int, process: int, ask: Ask) -> Answer:
    """Send one request as it is, and read the whole answer."""
    begin, before = time.perf_counter(), work(process)
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        try:
            status, size = _exchanged(connection, ask)
        except (ConnectionError, HTTPException):
            status, size = 0, 0
    return Answer(ask, status, size, time.perf_counter() - begin, work(process) - before)


def _exchanged(connection: HTTPConnection, ask: Ask) -> tuple[int, int]:
    connection.putrequest(ask.method, "/", skip_host="Host" in dict(ask.headers), skip_accept_encoding=True)
    # http.client would refuse what is no address.
    connection._buffer[0] = f"{ask.method} {ask.target} HTTP/1.1".encode()  # type: ignore[attr-defined]
    for name, value in ask.headers:
        connection.putheader(name, value.encode())
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, len(answer.read())


def work(process: int) -> float:
    """Return the seconds of processor time that a process has used, as Linux counts them."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process: int) -> tuple[int, int]:
    """Return the megabytes that a process has in memory, and the most that it had, as Linux counts them."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    now, most = (int(re.findall(rf"{name}:\s+(\d+) kB", status)[0]) // 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def main() -> int:
    """Read the command line, serve the database, send requests, and tell what came of them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path)
    parser.add_argument("--seconds", type=int, default=300, help="end after so many")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, (Path(name) / "log").open("w+") as log:
        file = Path(name) / "claims.db"  # by this name the addresses know it
        file.symlink_to(given.database.resolve())
        port = free_port()
        server = subprocess.Popen(command(file, told(given.database, Path(name)), port), stdout=log, stderr=log)
        try:
            await_answer(port)
            count, wrong, note = _swept(port, server.pid, asks(site(file, QUERIES)), given.seconds)
        finally:
            server.terminate()
            server.wait(30)
        log.seek(0)
        tracebacks = log.read().count("Traceback")
    print(f"Tracebacks in the log: {tracebacks}")
    print(f"requests: {count:,} tried, {wrong + tracebacks:,} wrong; {note}")
    return 1 if wrong + tracebacks else 0


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def told(database: Path, folder: Path) -> Path:
    """Write for Datasette what `claimbook serve --public` would tell it; return the file."""
    metadata = json.loads((database.parent / "metadata.json").read_text(encoding="utf-8"))
    (described,) = metadata["databases"].values()
    plugins = {**metadata["plugins"], "claimbook": {"public": True, "site_url": "https://facts.example"}}
    file = folder / "metadata.json"
    file.write_text(json.dumps({**metadata, "databases": {"claims": described}, "plugins": plugins}), encoding="utf-8")
    return file


def command(database: Path, metadata: Path, port: int) -> list[str]:
    """Return the command that serves a database as the public gets it."""
    settings = [part for name, value in PUBLIC.items() for part in ("--setting", name, str(value))]
    start = [sys.executable, "-m", "datasette", "serve", "-i", str(database), "-m", str(metadata)]
    return [*start, *settings, "-p", str(port)]


def await_answer(port: int) -> None:
    """Wait until a server listens, for a minute at most."""
    for _ in range(240):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=10).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise SystemExit("the server did not answer")


QUERIES = [file.stem for file in (Path(__file__).parent.parent / "validator/build/queries").iterdir()]


def _swept(port: int, process: int, listed: Sequence[Ask], seconds: int) -> tuple[int, int, str]:
    """Send requests; return how many, how many had an answer that none should get, and what the dearest took."""
    begin, answers = time.perf_counter(), list[Answer]()
    before, _ = memory(process)
    for ask in listed:
        answers.append(sent(port, process, ask))
        if bad(answers[-1]):
            print(f"{answers[-1].status}, {answers[-1].worked:.2f} s: {ask.method} {ask.target} {ask.headers}"[:300])
        if time.perf_counter() - begin > seconds:
            break
    now, most = memory(process)
    statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(Counter(a.status for a in answers).items()))
    print(f"{len(answers):,} of {len(listed):,} requests in {time.perf_counter() - begin:.0f} s. Statuses: {statuses}")
    for what, times in (("worked", [each.worked for each in answers]), ("waited", [each.waited for each in answers])):
        longest = answers[times.index(max(times))]
        over = sum(each > LIMIT for each in times)
        print(f"Longest {what}: {max(times):.2f} s, {longest.size:,} bytes, {longest.ask.target[:99]}")
        print(f"Longer than {LIMIT:.0f} s {what}: {over}")
    print(f"Largest: {max(each.size for each in answers):,} bytes")
    print(f"Memory: {before} MB at first, {now} MB at last, {most} MB at most")
    dearest = max(each.worked for each in answers)
    wrong = sum(map(bad, answers)) + (most - before > GROWTH)
    return len(answers), wrong, f"at most {dearest:.2f} s of work and {most - before} MB more"


def bad(answer: Answer) -> bool:
    """Return whether an answer is one that no request should get."""
    return answer.status >= 500 or answer.worked > LIMIT


if __name__ == "__main__":
    sys.exit(main())
