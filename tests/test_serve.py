"""`claimbook serve` as a real process, asked over real HTTP and ended as people end it."""

import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from validator.cli import main

SERVE = ["serve", "--today", "1873-01-01"]


@pytest.fixture
def server(example: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """The base of all cases, served on a free port, with a folder of its own for temporary files."""
    (example / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(example / "temporary"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    command = [sys.executable, "-m", "validator", *SERVE, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        yield child
        child.kill()


def address(server: subprocess.Popen[str]) -> str:
    """Wait until the server says that it runs, and return the address that it gave."""
    assert server.stderr
    told = ""
    for line in server.stderr:
        told += line
        if "Uvicorn running" in line:
            (found,) = re.findall(r"^Serving claims at (http://127\.0\.0\.1:\d+) ", told, re.MULTILINE)
            return str(found)
    raise AssertionError(told)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_serve_publishes_and_leaves_nothing_behind(how: signal.Signals, server: subprocess.Popen[str]) -> None:
    with urlopen(f"{address(server)}/claim/gazette-1872-10-03-001") as answer:
        assert "Phileas Fogg has wagered 20,000 pounds" in answer.read().decode()
    server.send_signal(how)
    server.wait(timeout=20)
    assert list(Path("temporary").iterdir()) == []


def test_a_busy_port_is_a_clear_message(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert main([*SERVE, "--port", str(port)]) == 2
    assert capsys.readouterr().err == (
        f"Error: port {port} cannot be used (Address already in use); choose another with --port\n"
    )


def test_data_with_an_error_are_not_published(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example / "claims/agents/reform-club.yaml").unlink()
    assert main([*SERVE, "--port", "0"]) == 1
    out, err = capsys.readouterr()
    assert "[unknown-agent]" in out
    assert err.endswith("Built nothing, since there are errors.\n")
