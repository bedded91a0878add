"""What several tests need: a small data set to change, and the text of the real article where it is at hand."""

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from case import Case, lay_out

from validator.cli import main

REPOSITORY = Path(__file__).parent.parent
TEXTS = REPOSITORY.parent / "shared" / "article"

# A shell that runs the tests in the background has them ignore Ctrl-C, and so would all that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

needs_text = pytest.mark.skipif(not TEXTS.is_dir(), reason="text not compared: the article is not at hand")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say whether the shipped data were compared with the text of their article."""
    terminalreporter.write_line("text compared" if TEXTS.is_dir() else "text not compared: the article is not at hand")


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
