"""What several tests need: the real data set, and the text of its article where it is at hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from case import Case, lay_out

from validator.cli import main

REPOSITORY = Path(__file__).parent.parent
TEXTS = REPOSITORY.parent / "shared" / "article"


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the base of all cases, with the working directory in it."""
    lay_out(Case([], [], ""), tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run `claimbook check` on the example and return what it reports, concisely."""

    def run(*arguments: str) -> str:
        main(["check", *(arguments or ("claims",)), "--text", "text", "--today", "1873-01-01", "--format", "concise"])
        return capsys.readouterr().out

    return run
