"""Who is measured: claimbook, the floor, and tools that do a part of the work; how each is set up, and asked to do it.

Wherever a choice had to be made, it is to the advantage of the others:

- Tools that know one schema at a time get the claims and no sources, agents or articles.
- Sourcemeta's jsonschema is started without the Node.js program around it, and does not check that dates are days.
- ajv-cli reads a date as an object and not as text; its schema lets that pass, and so does not check dates either.
- yaml-to-sqlite takes one file; it gets all claims in one, which somebody else has put together.
- yamllint has no rule on the length of lines.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from validator import schema

PYTHON = {"check-jsonschema": "0.39.0", "yamllint": "1.38.0", "yaml-to-sqlite": "1.0"}
NODE = {"ajv-cli": "5.0.0", "ajv-formats": "3.0.1", "@sourcemeta/jsonschema": "16.11.0"}

CHECK, BUILD, FLOOR, INDEXED = "claimbook check", "claimbook build", "the floor", "the floor, with indexes"
COMPILED = ("Sourcemeta jsonschema --fast", "Sourcemeta jsonschema", "ajv-cli")  # their schema is compiled
SLOW = "check-jsonschema"
FAULTY = f"{CHECK}, 1 % faulty"
ANY_WORD = ("yamllint", "yaml-to-sqlite")  # they know no schema

_CLAIMS = "claims/articles/*/[0-9]*.yaml"
_HERE = Path(__file__).parent
_CLAIMBOOK = str(Path(sys.executable).with_name("claimbook"))


class Contender(NamedTuple):
    """Somebody who does the work or a part of it; the command is run in the folder that it is made for."""

    name: str
    version: str
    does: str
    command: Callable[[Path], list[str]]
    once: bool = False


def set_up(cache: Path) -> bool:
    """Install the peers below a folder, if they are not there; return whether there is Node.js for some of them."""
    _installed(cache / "python", PYTHON, _install_python)
    node = shutil.which("npm") is not None
    if node:
        _installed(cache / "node", NODE, _install_node)
    return node


def _installed(folder: Path, wanted: dict[str, str], install: Callable[[Path], None]) -> None:
    done = folder / "installed.json"
    if not done.is_file() or json.loads(done.read_text(encoding="utf-8")) != wanted:
        print(f"Installing {', '.join(wanted)} in {folder}", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        install(folder)
        done.write_text(json.dumps(wanted), encoding="utf-8")


def _install_python(folder: Path) -> None:
    venv.create(folder, with_pip=True)
    wanted = [f"{name}=={number}" for name, number in PYTHON.items()]
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *wanted], check=True)


def _install_node(folder: Path) -> None:
    wanted = [f"{name}@{number}" for name, number in NODE.items()]
    npm = ["npm", "install", "--prefix", str(folder), "--silent", "--no-audit", "--no-fund", "--save-exact"]
    subprocess.run([*npm, *wanted], check=True)


def schemas(work: Path) -> None:
    """Write the schema of a claim, without what claimbook leaves to its rules, and the same for ajv-cli."""
    claim = schema.decided("claim")
    (work / "claim.json").write_text(json.dumps(claim), encoding="utf-8")
    claim["$defs"]["date"] = {"type": ["string", "object"]}
    (work / "claim-ajv.json").write_text(json.dumps(claim), encoding="utf-8")


def put_together(folder: Path) -> None:
    """Write all claims of a folder into one file, `all.yaml`, as items of a list."""
    with (folder / "all.yaml").open("w", encoding="utf-8") as stream:
        for file in sorted(folder.glob(_CLAIMS)):
            _, *lines = file.read_text(encoding="utf-8").splitlines()
            stream.write("- " + "\n  ".join(lines) + "\n")


def contenders(cache: Path, work: Path, *, node: bool) -> Iterator[Contender]:
    """Yield all that take turns; `work` is a folder with the schemas, to which they may write."""
    ours, database = version("claimbook"), str(work / "made.db")
    floor = [sys.executable, str(_HERE / "floor.py"), "claims", database]
    yield Contender(CHECK, ours, "schema, every rule, all records", lambda _: [_CLAIMBOOK, "check", "claims"])
    if node:
        yield from _of_node(cache / "node" / "node_modules", work)
    yield Contender(
        BUILD, ours, "a whole check, then the whole database", lambda _: [_CLAIMBOOK, "build", "claims", "-o", database]
    )
    text = [_CLAIMBOOK, "check", "claims", "--text", "text"]
    yield Contender(f"{CHECK} --text", ours, "a whole check, and the articles' words", lambda _: text)
    yield Contender(FLOOR, "", "schema, and tables filled; no rule", lambda _: floor)
    yield Contender(INDEXED, "", "the floor, indexes and full-text search", lambda _: [*floor, "--indexed"])
    yield from _of_python(cache / "python" / "bin", work, database)


def _of_node(modules: Path, work: Path) -> Iterator[Contender]:
    machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(platform.machine().lower(), platform.machine().lower())
    package, number = modules / "@sourcemeta" / "jsonschema", NODE["@sourcemeta/jsonschema"]
    program = str(package / "build" / "github-releases" / f"jsonschema-{platform.system().lower()}-{machine}")
    strict = [program, "validate", str(work / "claim.json")]
    fast = [program, "validate", "--fast", str(work / "claim.json")]
    yield Contender("Sourcemeta jsonschema --fast", number, "schema of claims", lambda data: [*fast, *_claims(data)])
    ajv = [str(modules / ".bin" / "ajv"), "validate", "--spec=draft2020", "-c", "ajv-formats", "--strict=false"]
    ajv += ["-s", str(work / "claim-ajv.json"), "-d", _CLAIMS]
    yield Contender("ajv-cli", NODE["ajv-cli"], "schema of claims", lambda _: ajv)
    yield Contender("Sourcemeta jsonschema", number, "schema of claims", lambda data: [*strict, *_claims(data)])


def _of_python(programs: Path, work: Path, database: str) -> Iterator[Contender]:
    check = [str(programs / "check-jsonschema"), "--schemafile", str(work / "claim.json")]
    yield Contender(SLOW, PYTHON[SLOW], "schema of claims", lambda data: [*check, *_claims(data)], once=True)
    lint = [str(programs / "yamllint"), "-d", "{extends: relaxed, rules: {line-length: disable}}", "claims"]
    yield Contender("yamllint", PYTHON["yamllint"], "syntax and layout", lambda _: lint, once=True)
    load = [str(programs / "yaml-to-sqlite"), database, "claims", "all.yaml", "--pk", "id"]
    yield Contender("yaml-to-sqlite", PYTHON["yaml-to-sqlite"], "claims, in one table", lambda _: load, once=True)


def one_file(cache: Path, work: Path, file: str) -> Iterator[Contender]:
    """Yield those that look at one claim of a folder."""
    yield Contender(f"{CHECK}, one file", "", "", lambda _: [_CLAIMBOOK, "check", file])
    check = [str(cache / "python" / "bin" / SLOW), "--schemafile", str(work / "claim.json"), file]
    yield Contender(f"{SLOW}, one file", "", "", lambda _: check)


def _claims(data: Path) -> list[str]:
    return sorted(os.path.relpath(file, data) for file in data.glob(_CLAIMS))
