"""However many processes read, and whatever happens to them, the report is the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from validator import check, spread
from validator.cli import main

CHECK = ("check", "--text", "text", "--today", "1873-01-01", "--format", "concise")
PARENT = os.getpid()
WHOLE = spread.examine_batch
Output = pytest.CaptureFixture[str]


@pytest.fixture
def spoilt(example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base of all cases with a fault in every third file, read in batches of two."""
    for file in sorted(example.glob("claims/**/*.yaml"))[::3]:
        file.write_text(file.read_text(encoding="utf-8") + "unheard_of: 1\n", encoding="utf-8")
    monkeypatch.setattr(spread, "BATCH", 2)
    return example


def report(capsys: Output, *options: str) -> str:
    assert main([*CHECK, *options]) == 1
    return capsys.readouterr().out


@pytest.mark.parametrize("jobs", ["2", "3", "9"])
def test_the_report_does_not_depend_on_the_number_of_processes(jobs: str, spoilt: Path, capsys: Output) -> None:
    alone = report(capsys, "--jobs", "1")
    assert alone.count("[unknown-key]") == 5
    assert report(capsys, "--jobs", jobs) == alone


def dying(root: Path, batch: spread.Batch) -> list[check.Examined]:
    """Examine a batch, unless it has the sources in it: then the worker process is killed."""
    if os.getpid() != PARENT and any("sources" in file.parts for file, _ in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return WHOLE(root, batch)


def test_a_worker_that_dies_costs_nothing_but_time(
    spoilt: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = report(capsys, "--jobs", "1")
    monkeypatch.setattr(spread, "examine_batch", dying)
    assert report(capsys, "--jobs", "2") == alone


def test_no_more_than_a_few_batches_are_under_way(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, files = [], sorted(Path("claims").resolve().rglob("*.yaml")) * 20

    def batches() -> Iterator[spread.Batch]:
        for file in files:
            taken.append(file)
            yield [(file, file.read_bytes())]

    with ProcessPoolExecutor(2) as pool:
        results = spread.spread(pool, 2, batches(), Path("claims").resolve())
        next(results)
        assert len(taken) == spread.AHEAD * 2 + 1
        assert len(list(results)) == len(files) - 1


def test_ctrl_c_ends_at_once_and_leaves_no_process(tmp_path: Path) -> None:
    sources = tmp_path / "claims" / "sources"
    sources.mkdir(parents=True)
    for number in range(4000):
        (sources / f"s{number}.yaml").write_text(f"id: s{number}\ntitle: [\n", encoding="utf-8")
    command = [sys.executable, "-m", "validator", "check", str(tmp_path / "claims"), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        time.sleep(1.5)
        begin = time.monotonic()
        os.killpg(child.pid, signal.SIGINT)
        try:
            child.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        assert child.returncode == 130
        assert time.monotonic() - begin < 10
        with pytest.raises(ProcessLookupError):
            os.killpg(child.pid, 0)


def test_a_cluster_without_the_extra_or_the_scheduler_is_misuse(example: Path, capsys: Output) -> None:
    assert main([*CHECK, "--cluster", "tcp://127.0.0.1:1"]) == 2
    told = capsys.readouterr().err
    assert 'pip install "claimbook[cluster]"' in told or "found no scheduler at tcp://127.0.0.1:1" in told


@pytest.mark.filterwarnings("default")
def test_a_cluster_gives_the_same_report_though_a_worker_is_killed(spoilt: Path, capsys: Output) -> None:
    """A real scheduler and two real worker processes on loopback; one of them is killed while it has work."""
    distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
    alone = report(capsys, "--jobs", "1")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    ) as cluster:
        assert report(capsys, "--cluster", cluster.scheduler_address) == alone
        os.kill(next(iter(cluster.workers.values())).process.pid, signal.SIGKILL)
        assert report(capsys, "--cluster", cluster.scheduler_address) == alone
