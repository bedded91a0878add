"""What somebody might try, by example: the outcome of every input in tests/redteam, whole, and in both lanes."""

from pathlib import Path

import pytest
from case import CASES
from redteam import Input, every, outcome, prepare

from validator import quick
from validator.layout import laid_out

BASE = frozenset(file.read_bytes() for file in CASES.glob("base/claims/**/*.yaml"))


@pytest.fixture(params=["fast", "explaining"])
def lane(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of the two ways in which files are read; what an input leaves as it is, is read in the fast one."""
    if request.param == "explaining":
        clean = quick.clean
        monkeypatch.setattr(quick, "clean", lambda kind, content: clean(kind, content) if content in BASE else None)
        monkeypatch.setattr(quick, "satisfies", lambda *_: False)


@pytest.mark.parametrize("tried", [pytest.param(each, id=f"{each.file.stem}/{each.name}") for each in every()])
def test_outcome(tried: Input, lane: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = prepare(tried, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert outcome(changed) == tried.gives
    if "error: " not in tried.gives and changed.is_file():
        once = laid_out(changed, tmp_path / "claims", changed.read_bytes())
        changed.write_bytes(once.after)
        assert outcome(changed) == tried.gives or ": warning:" in tried.gives
        assert laid_out(changed, tmp_path / "claims", once.after).after == once.after


def test_there_are_at_least_two_hundred() -> None:
    assert len({(each.file, each.name) for each in every()}) >= 200
