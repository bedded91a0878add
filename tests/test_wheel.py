"""The built wheel works in a fresh virtual environment, outside the repository, with all that it needs inside."""

import os
import subprocess
import sys
import venv
from collections.abc import Callable

import pytest
from case import Case, lay_out
from conftest import REPOSITORY
from ruamel.yaml import YAML

Run = Callable[..., str]


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run a command of a new environment that has the wheel and what it asks for, and return its output."""
    folder = tmp_path_factory.mktemp("stranger")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("claimbook-*.whl")
    venv.create(folder / "venv", with_pip=True)
    commands = folder / "venv" / "bin"
    subprocess.run([commands / "python", "-m", "pip", "install", "--quiet", "--no-compile", wheel], check=True)
    lay_out(Case([], [], ""), folder / "data")

    # Its commands are the first that are found, for what starts others too.
    env = {**os.environ, "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}", "BASE": ""}

    def run(*command: str, inside: str = ".") -> str:
        made = subprocess.run(command, cwd=folder / "data" / inside, env=env, capture_output=True, check=True)
        return made.stdout.decode() + made.stderr.decode()

    return run


def test_check_knows_its_schemas_and_rules(stranger: Run) -> None:
    checked = stranger("claimbook", "check", "--text", "text", "--today", "1873-01-01")
    assert checked.endswith("0 errors, 0 warnings. Text compared for gazette-1872-10-03.\n")
    assert "unknown-agent" in stranger("python", "-m", "validator", "rules")


def test_build_knows_its_tables_and_datasette_the_pages(stranger: Run) -> None:
    stranger("claimbook", "build", "--today", "1873-01-01")
    page = stranger("datasette", "claims.db", "-m", "metadata.json", "--get", "/claim/gazette-1872-10-03-001")
    assert "Phileas Fogg has wagered 20,000 pounds" in page
    style = stranger("datasette", "claims.db", "--get", "/-/static-plugins/claimbook/site.css")
    assert "{" in style


def test_a_new_data_set_passes_its_own_workflow(stranger: Run) -> None:
    (folder,) = stranger("claimbook", "init", "facts").splitlines()[:1]
    files = REPOSITORY / "validator/scaffold/files"
    workflow = YAML(typ="safe").load(files / ".github/workflows/check.yml")
    # As for a push, which has no base, in the shell that GitHub runs steps with.
    done = [
        stranger("bash", "-e", "-c", step["run"], inside=folder) for step in workflow["jobs"]["claims"]["steps"][2:]
    ]
    assert "Requirement already satisfied: claimbook==" in done[0]
    assert done[1].startswith("Checked 7 files (1 article, 2 claims, 1 source, 3 agents in all) in ")
    assert done[1].endswith(" s: 0 errors, 0 warnings. Text not compared.\n")
