"""How speed is measured: on data that are the same at every call, clean, or with known faults; and told as measured."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from conftest import REPOSITORY

from validator.cli import main

BENCHMARKS = REPOSITORY / "benchmarks"
CLAIMS = 250
Output = pytest.CaptureFixture[str]


def generate(folder: Path, *options: str) -> Path:
    script = BENCHMARKS / "generate.py"
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


def test_what_a_process_cost_is_that_of_the_process(tmp_path: Path) -> None:
    program = "held = bytearray(60_000_000); print('done'); raise SystemExit(3)"
    command = [BENCHMARKS / "measure.py", tmp_path / "output", sys.executable, "-c", program]
    told = subprocess.run([sys.executable, *command], check=True, capture_output=True).stdout
    status, _, _, peak = json.loads(told)
    assert (tmp_path / "output").read_text() == "done\n"
    assert status == 3
    assert 60 < peak < 150


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(BENCHMARKS)
    return importlib.import_module("shown")


def test_the_readme_and_the_chart_show_what_was_measured(shown: ModuleType, tmp_path: Path) -> None:
    shutil.copytree(BENCHMARKS, tmp_path / "benchmarks", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    (tmp_path / "docs").mkdir()
    shutil.copy(REPOSITORY / "README.md", tmp_path)

    shown.publish(tmp_path)

    for name in ("README.md", "docs/speed.svg"):
        assert (tmp_path / name).read_text(encoding="utf-8") == (REPOSITORY / name).read_text(encoding="utf-8")


def test_an_aim_that_is_missed_is_told_as_missed(shown: ModuleType) -> None:
    assert shown.Aim("ours to theirs", 1.01, 1).row() == "| ours to theirs | at most 1 | 1.01 | not met |"
    assert shown.Aim("ours to theirs", 1.00, 1).row() == "| ours to theirs | at most 1 | 1.00 | met |"
    assert (
        shown.Aim("theirs to ours", 29.9, 30, least=True).row() == "| theirs to ours | at least 30 | 29.90 | not met |"
    )


def test_a_ratio_is_taken_within_each_round_in_which_both_had_their_turns(shown: ModuleType) -> None:
    ours = {"round": [0, 0, 1, 2], "wall": [1.0, 3.0, 8.0, 1.0]}
    theirs = {"round": [0, 1, 2], "wall": [20.0, 80.0, 30.0]}
    runs = {"runs": {"ours": ours, "theirs": theirs, "once": {"round": [0], "wall": [60.0]}}}
    assert shown.ratio(runs, "theirs", "ours") == 10
    assert shown.ratio(runs, "once", "ours") == 30
