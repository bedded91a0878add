"""The data that speed is measured on: the same at every call, clean, laid out, and with faults that are all known."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import REPOSITORY

from validator.cli import main

CLAIMS = 250
Output = pytest.CaptureFixture[str]


def generate(folder: Path, *options: str) -> Path:
    script = REPOSITORY / "benchmarks" / "generate.py"
    subprocess.run([sys.executable, script, str(CLAIMS), str(folder), *options], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("clean"))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("faulty"), "--faulty", "20")


def content(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_data_are_the_same_at_every_call(clean: Path, tmp_path: Path) -> None:
    assert content(generate(tmp_path)) == content(clean)


def test_there_are_as_many_claims_as_were_asked_for(clean: Path) -> None:
    assert len(list(clean.glob("claims/articles/*/[0-9]*.yaml"))) == CLAIMS


def test_the_data_are_clean_with_their_text(clean: Path, capsys: Output) -> None:
    assert main(["check", str(clean / "claims"), "--text", str(clean / "text")]) == 0
    assert capsys.readouterr().out == ""


def test_the_data_are_laid_out_as_they_should_be(clean: Path) -> None:
    assert main(["fmt", "--check", str(clean / "claims")]) == 0


def test_each_spoilt_file_is_reported_once_and_no_other(faulty: Path, capsys: Output) -> None:
    expected = json.loads((faulty / "faults.json").read_text(encoding="utf-8"))
    assert main(["check", str(faulty / "claims"), "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    reported = [(Path(each["file"]).relative_to(faulty / "claims").as_posix(), each["rule"]) for each in found]
    assert sorted(reported) == sorted(expected.items())
    assert len(expected) == CLAIMS // 5


def test_only_the_spoilt_files_differ(clean: Path, faulty: Path) -> None:
    one, other = content(clean), content(faulty)
    expected = json.loads(other.pop("faults.json"))
    assert {name for name in one if one[name] != other[name]} == {f"claims/{name}" for name in expected}
    assert one.keys() == other.keys()
