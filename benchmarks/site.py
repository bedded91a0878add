"""Each kind of page under load, beside the nearest page of bare Datasette on the same database file.

    python benchmarks/site.py DATABASE [SECONDS]

Serves the database twice on this machine: as the public gets it, and by Datasette with the same settings but without
plugins and metadata. Each page is asked for over four connections for some seconds, twice and in turn with the other
one, by wrk where it is installed and by httpx where it is not. Prints a Markdown table. The machine is noisy: read the
ratios.
"""

import asyncio
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import httpx

from validator.cli.serve import PUBLIC

CONNECTIONS = 4
ROUNDS = 2  # the better one of each page counts
MOST = 20_000  # requests for one page, where httpx sends them
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class Load(NamedTuple):
    """What a page was like under load: two points of its latency in milliseconds, and requests answered a second."""

    median: float
    p99: float
    rate: float
    answered: bool = True  # or refused, because a query took longer than it may


class Pair(NamedTuple):
    """A page of ours, and the page of bare Datasette that comes nearest to it."""

    name: str
    ours: str
    bare: str


def main(database: Path, seconds: int) -> None:
    """Serve the database twice, measure every pair of pages in turn, and print the table."""
    client = "wrk" if shutil.which("wrk") else "httpx"
    print(f"{database.stat().st_size / 1e6:,.0f} MB, {client}, {CONNECTIONS} connections, {ROUNDS} times {seconds} s\n")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claims.db"  # by this name the pages below know it
        file.symlink_to(database.resolve())
        with served(file, told(database, Path(folder))) as site, served(file, None) as bare:
            print("| page | median ms | p99 ms | a second | bare Datasette | median ms | p99 ms | a second | ratio |")
            print("|---|---:|---:|---:|---|---:|---:|---:|---:|")
            for pair in pairs(database):
                ours, theirs = compared(site + pair.ours, bare + pair.bare, seconds)
                ratio = f"{ours.rate / theirs.rate:.2f}" if ours.answered and theirs.answered else "-"
                print(f"| {pair.name} | {row(ours)} | `{pair.bare}` | {row(theirs)} | {ratio} |", flush=True)


def compared(ours: str, theirs: str, seconds: int) -> tuple[Load, Load]:
    """Load two pages in turn, and give the better round of each."""
    rounds = [(loaded(ours, seconds), loaded(theirs, seconds)) for _ in range(ROUNDS)]
    return max((one for one, _ in rounds), key=better), max((other for _, other in rounds), key=better)


def better(load: Load) -> tuple[bool, float]:
    """Give what makes one round better than another."""
    return load.answered, load.rate


def row(load: Load) -> str:
    """Write what was measured as three cells; a page that was not answered was not measured."""
    if not load.answered:
        return "- | - | too slow"
    return f"{load.median:,.1f} | {load.p99:,.1f} | {load.rate:,.0f}"


def pairs(database: Path) -> Iterator[Pair]:
    """Yield the pages to compare: of each kind the one with most claims."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        article, source, tag, speaker = (most(connection, part) for part in ("article", "source", "tag", "speaker"))
        (claim,) = connection.execute("SELECT max(id) FROM claims WHERE article = ?", [article]).fetchone()
        half = "SELECT id FROM claims ORDER BY id LIMIT 1 OFFSET (SELECT count(*) / 2 FROM claims)"
        (middle,) = connection.execute(half).fetchone()
        words = [word for (word,) in frequent(connection)]
    yield Pair("start", "/", "/")
    yield Pair(
        "article", f"/article/{article}", f"/claims/claims?article={article}&_size=200&_facet=status&_facet=kind"
    )
    yield Pair("claim", f"/claim/{claim}", f"/claims/claims/{claim}")
    yield Pair("claim as JSON", f"/claim/{claim}.json", f"/claims/claims/{claim}.json")
    yield Pair("source", f"/source/{source}", f"/claims/evidence?source={source}")
    yield Pair("agent", f"/agent/{speaker}", f"/claims/attributions?speaker={speaker}")
    yield Pair("tag", f"/tag/{tag}", f"/claims/claim_tags?tag={tag}")
    yield Pair("tag, a later part", f"/tag/{tag}?after={middle}", f"/claims/claim_tags?tag={tag}&_next={middle},{tag}")
    yield Pair("all tags", "/tag", "/claims/tags")
    yield Pair("search, a frequent word", f"/search?q={quote(words[0])}", f"/claims/claims?_search={quote(words[0])}")
    yield Pair("search, a rarer word", f"/search?q={quote(words[1])}", f"/claims/claims?_search={quote(words[1])}")
    yield Pair("feed", "/feed.atom", "/claims/reviews?_sort_desc=decided&_size=100")
    yield Pair("part of the sitemap", "/sitemap-2.xml", "/claims/claims.json?_size=500&_col=id")
    yield Pair("unknown id", f"/claim/{claim}-x", f"/claims/claims/{claim}-x")
    yield Pair("table with facets", "/claims/claims", "/claims/claims?_facet=status&_facet=kind")
    yield Pair("named question", "/claims/verdicts_as_of?date=2025-12-31", "/claims/verdict_periods?_size=500")


def most(connection: sqlite3.Connection, part: str) -> str:
    """Give the article, source, tag or speaker with most claims."""
    asked = "SELECT id FROM claim_counts WHERE part = ? GROUP BY id ORDER BY sum(claims) DESC, id LIMIT 1"
    return str(connection.execute(asked, [part]).fetchone()[0])


def frequent(connection: sqlite3.Connection) -> Iterator[tuple[str]]:
    """Yield the most frequent word of statements, and one that a hundred of them or so have; numbers are too short."""
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'claims_fts', 'row')")
    yield connection.execute("SELECT term FROM temp.words ORDER BY doc DESC LIMIT 1").fetchone()
    yield connection.execute(
        "SELECT term FROM temp.words WHERE length(term) > 3 ORDER BY abs(doc - 100), term LIMIT 1"
    ).fetchone()


def told(database: Path, folder: Path) -> Path:
    """Write for Datasette what `claimbook serve --public` would tell it."""
    metadata = json.loads((database.parent / "metadata.json").read_text(encoding="utf-8"))
    (described,) = metadata["databases"].values()
    plugins = {**metadata["plugins"], "claimbook": {"public": True, "site_url": "https://facts.example"}}
    file = folder / "metadata.json"
    file.write_text(json.dumps({**metadata, "databases": {"claims": described}, "plugins": plugins}), encoding="utf-8")
    return file


@contextmanager
def served(database: Path, metadata: Path | None) -> Iterator[str]:
    """Serve a database at a free port until the block is left; without metadata, by Datasette alone."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = [part for name, value in PUBLIC.items() for part in ("--setting", name, str(value))]
    described = ["-m", str(metadata)] if metadata else []
    command = [sys.executable, "-m", "datasette", "serve", "-i", str(database), *described, *settings, "-p", str(port)]
    environment: Mapping[str, str] = os.environ if metadata else {**os.environ, "DATASETTE_LOAD_PLUGINS": ""}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        await_answer(f"http://127.0.0.1:{port}/claims.json", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def await_answer(url: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers, for a minute at most."""
    for _ in range(240):
        if server.poll() is not None:
            raise SystemExit("the server ended before it answered")
        try:
            httpx.get(url, timeout=10)
        except httpx.TransportError:
            time.sleep(0.25)
        else:
            return
    raise SystemExit("the server did not answer")


def loaded(url: str, seconds: int) -> Load:
    """Ask for a page once, so that it is warm, and then as often as can be, if that answer is as it should be."""
    if httpx.get(url, timeout=60).status_code != (404 if url.endswith("-x") else 200):
        return Load(0, 0, 0, answered=False)
    return by_wrk(url, seconds) if shutil.which("wrk") else asyncio.run(by_httpx(url, seconds))


def by_wrk(url: str, seconds: int) -> Load:
    """Let wrk ask."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    found = re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s|m)\b", said)
    points = {name: float(number) * UNITS[unit] for name, number, unit in found}
    (a_second,) = re.findall(r"Requests/sec:\s+([\d.]+)", said)
    return Load(points["50"], points["99"], float(a_second))


async def by_httpx(url: str, seconds: int) -> Load:
    """Ask from here, which takes some of the processor that the server could use."""
    begin, times = time.perf_counter(), list[float]()
    async with httpx.AsyncClient(timeout=30) as client:

        async def ask() -> None:
            while time.perf_counter() - begin < seconds and len(times) < MOST:
                sent = time.perf_counter()
                await client.get(url)
                times.append(1000 * (time.perf_counter() - sent))

        await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    times.sort()
    return Load(times[len(times) // 2], times[len(times) * 99 // 100], len(times) / (time.perf_counter() - begin))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
