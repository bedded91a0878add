"""However many processes read, and whatever happens to them, the report is the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from validator import spread
from validator.check.folder import Task
from validator.cli import main

CHECK = ("check", "--text", "text", "--today", "1873-01-01", "--format", "concise")
PARENT = os.getpid()
WHOLE = spread._carried_out
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


def dying(batch: list[Task]) -> list[Any]:
    """Carry out a batch, unless it has the sources in it: then the worker process is killed."""
    if os.getpid() != PARENT and any("sources" in task.folder.parts for task in batch):
        os.kill(os.getpid(), signal.SIGKILL)
    return WHOLE(batch)


def test_a_worker_that_dies_costs_nothing_but_time(
    spoilt: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = report(capsys, "--jobs", "1")
    monkeypatch.setattr(spread, "_carried_out", dying)
    assert report(capsys, "--jobs", "2") == alone


def test_no_more_than_a_few_batches_are_under_way() -> None:
    taken: list[int] = []

    def batches() -> Iterator[list[Task]]:
        for number in range(100):
            taken.append(number)
            yield [Task(Path(str(number)), ["article.yaml"], {})]

    with ProcessPoolExecutor(2) as pool:
        results = spread.in_order(lambda batch: pool.submit(list, batch), str, 2, batches())
        next(results)
        assert len(taken) == spread.AHEAD * 2 + 1
        assert len(list(results)) == 99


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda each: each.name)
def test_whatever_ends_it_ends_it_at_once_and_leaves_no_process(ending: signal.Signals, tmp_path: Path) -> None:
    sources = tmp_path / "claims" / "sources"
    sources.mkdir(parents=True)
    for number in range(4000):
        (sources / f"s{number}.yaml").write_text(f"id: s{number}\ntitle: [\n", encoding="utf-8")
    command = [sys.executable, "-m", "validator", "check", str(tmp_path / "claims"), "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as child:
        time.sleep(1.5)
        begin = time.monotonic()
        if ending is signal.SIGINT:
            os.killpg(child.pid, ending)
        else:
            os.kill(child.pid, ending)
        try:
            _, told = child.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        assert child.returncode == (130 if ending is signal.SIGINT else -ending)
        assert b"Traceback" not in told
        while alive(child.pid) and time.monotonic() - begin < 10:
            time.sleep(0.05)
        assert not alive(child.pid)


def alive(group: int) -> bool:
    """Tell whether a process group still has a member."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


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
