"""Examining many files at once: in processes of this machine, or on a Dask cluster; in batches, and in their order.

Batches carry the bytes of their files, so that a cluster needs no file system in common. At most a few batches for each
worker are under way, whatever the size of the data set. A batch whose worker died is examined here.
"""

import itertools
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from validator.check import Content, Examined, Reader, content_of, examine, one_by_one
from validator.find import Misuse

BATCH = 200
AHEAD = 3  # batches under way for each worker
# Up to here a second process costs more than it saves.
FEW = 2000

Batch = list[tuple[Path, bytes | str]]


def reader(jobs: int | None = None, cluster: str | None = None) -> Reader:
    """Return what examines the files: on a cluster if one is named, else in that many processes (all cores if None)."""
    return on_cluster(cluster) if cluster else partial(_here, jobs)


def _here(jobs: int | None, files: list[Path], root: Path, unsaved: Content) -> Iterator[Examined]:
    wanted = jobs or (1 if len(files) <= FEW else os.cpu_count() or 1)
    if wanted == 1:
        yield from one_by_one(files, root, unsaved)
        return
    with _ended(ProcessPoolExecutor(wanted), cancel_futures=True) as pool:
        yield from spread(pool, wanted, _batches(files, unsaved), root)


def on_cluster(address: str) -> Reader:
    """Return a reader that works on the Dask cluster whose scheduler has that address.

    Raises Misuse if the extra `cluster` is not installed or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise Misuse('--cluster needs the extra of that name: pip install "claimbook[cluster]"') from error

    def read(files: list[Path], root: Path, unsaved: Content) -> Iterator[Examined]:
        try:
            client = Client(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise Misuse(f"found no scheduler at {address}: {error}") from error
        with client, _ended(client.get_executor(retries=2)) as executor:
            workers = max(1, sum(client.nthreads().values()))
            yield from spread(executor, workers, _batches(files, unsaved), root)

    return read


def spread(executor: Executor, workers: int, batches: Iterable[Batch], root: Path) -> Iterator[Examined]:
    """Examine batches on an executor and yield what each gave, in their order."""
    under_way: deque[tuple[Batch, Future[list[Examined]] | None]] = deque()
    for batch in batches:
        under_way.append((batch, _submitted(executor, root, batch)))
        if len(under_way) > AHEAD * workers:
            yield from _result(root, *under_way.popleft())
    while under_way:
        yield from _result(root, *under_way.popleft())


def examine_batch(root: Path, batch: Batch) -> list[Examined]:
    """Examine the files of one batch; this is what runs on the workers."""
    return [examine(file, root, content) for file, content in batch]


def _submitted(executor: Executor, root: Path, batch: Batch) -> "Future[list[Examined]] | None":
    try:
        return executor.submit(examine_batch, root, batch)
    except BrokenExecutor:
        return None


def _result(root: Path, batch: Batch, future: "Future[list[Examined]] | None") -> list[Examined]:
    try:
        return future.result() if future else examine_batch(root, batch)
    except _lost():
        return examine_batch(root, batch)


def _lost() -> tuple[type[Exception], ...]:
    try:
        from distributed.scheduler import KilledWorker
    except ImportError:
        return (BrokenExecutor,)
    return (BrokenExecutor, KilledWorker)


def _batches(files: Iterable[Path], unsaved: Content) -> Iterator[Batch]:
    loaded = ((file, content_of(file, unsaved)) for file in files)
    while batch := list(itertools.islice(loaded, BATCH)):
        yield batch


@contextmanager
def _ended(executor: Executor, **how: bool) -> Iterator[Executor]:
    """End an executor at once, whatever happens: what is still waiting is not started.

    Dask's executor cancels when it does not wait; that of Python has to be told.
    """
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, **how)
