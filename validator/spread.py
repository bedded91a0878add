"""Many folders looked at side by side: in processes of this machine, or on a Dask cluster; in batches, in their order.

At most a few batches for each worker are under way, whatever the size of the data set. A batch whose worker died is
looked at here. To a cluster the bytes of the files go with the batch, so that no file system has to be shared.
"""

import gc
import itertools
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from validator.check import Given, Shared, Spread, one_by_one
from validator.check.folder import Task
from validator.find import Misuse
from validator.record.content import content_of

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

BATCH = 200  # files, or as many more as the last folder has
AHEAD = 3  # batches under way for each worker
# Up to here a second process costs more than it saves.
FEW = 600

Batch = list[Task]
Submit = Callable[[Batch], "Future[list[Any]]"]

_at_work: Callable[[Task], Any]  # in a worker process: what it does with a task


def spread(jobs: int | None = None, cluster: str | None = None) -> Spread:
    """Return what looks at folders: a cluster if one is named, else that many processes (all cores if None)."""
    return on_cluster(cluster) if cluster else partial(_here, jobs)


def _here(
    jobs: int | None, function: Callable[[Shared, Task], Given], shared: Shared, tasks: Iterable[Task]
) -> Iterator[Given]:
    tasks = iter(tasks)
    first = list(_some(tasks)) if jobs is None else []
    few = jobs is None and sum(len(task.names) for task in first) <= FEW
    workers, tasks = 1 if few else jobs or os.cpu_count() or 1, itertools.chain(first, tasks)
    if workers == 1:
        yield from one_by_one(function, shared, tasks)
        return
    # Imported where it is needed: a check of a few files has no use for it.
    from concurrent.futures import ProcessPoolExecutor

    work = partial(function, shared)
    with _ended(ProcessPoolExecutor(workers, initializer=_begin, initargs=(work,)), cancel_futures=True) as pool:
        yield from in_order(lambda batch: pool.submit(_carried_out, batch), work, workers, _batches(tasks))


def _some(tasks: Iterator[Task]) -> Iterator[Task]:
    """Yield tasks until they have more than a few files."""
    count = 0
    for task in tasks:
        yield task
        count += len(task.names)
        if count > FEW:
            return


def _begin(work: Callable[[Task], Any]) -> None:
    """Begin a worker process: it leaves Ctrl-C to the process that began it, and ends when that one does."""
    global _at_work
    _at_work = work
    gc.disable()  # as in the process that began it, and records have no cycles
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing

    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _carried_out(batch: Batch) -> list[Any]:
    return list(map(_at_work, batch))


def on_cluster(address: str) -> Spread:
    """Return what has the Dask cluster whose scheduler has that address look at folders.

    Raises Misuse if the extra `cluster` is not installed or nobody answers at the address.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise Misuse('--cluster needs the extra of that name: pip install "claimbook[cluster]"') from error

    def look(function: Callable[[Shared, Task], Given], shared: Shared, tasks: Iterable[Task]) -> Iterator[Given]:
        try:
            client = Client(address, timeout="10s", set_as_default=False)
        except (OSError, ValueError) as error:
            raise Misuse(f"found no scheduler at {address}: {error}") from error
        with client, _ended(client.get_executor(retries=2), wait=False) as executor:
            workers = max(1, sum(client.nthreads().values()))
            there: Any = client.scatter(partial(function, shared), broadcast=True)
            work, batches = partial(function, shared), _batches(map(_loaded, tasks))
            yield from in_order(lambda batch: executor.submit(_mapped, there, batch), work, workers, batches)

    return look


def _mapped(work: Callable[[Task], Given], batch: Batch) -> list[Given]:
    return list(map(work, batch))


def _loaded(task: Task) -> Task:
    """Return a task with the bytes of its files."""
    read = {name: content_of(task.folder / name) for name in task.names if name not in task.contents}
    return task._replace(contents={**read, **task.contents})


def in_order(submit: Submit, work: Callable[[Task], Given], workers: int, batches: Iterable[Batch]) -> Iterator[Given]:
    """Submit batches, not too many at a time, and yield what each gave, in their order."""
    under_way: deque[tuple[Batch, Future[list[Given]] | None]] = deque()
    for batch in batches:
        under_way.append((batch, _submitted(submit, batch)))
        if len(under_way) > AHEAD * workers:
            yield from _result(work, *under_way.popleft())
    while under_way:
        yield from _result(work, *under_way.popleft())


def _submitted(submit: Submit, batch: Batch) -> "Future[list[Any]] | None":
    from concurrent.futures import BrokenExecutor

    try:
        return submit(batch)
    except BrokenExecutor:
        return None


def _result(work: Callable[[Task], Given], batch: Batch, future: "Future[list[Given]] | None") -> list[Given]:
    try:
        return future.result() if future else _mapped(work, batch)
    except _lost():
        return _mapped(work, batch)


def _lost() -> tuple[type[Exception], ...]:
    from concurrent.futures import BrokenExecutor

    try:
        from distributed.scheduler import KilledWorker
    except ImportError:
        return (BrokenExecutor,)
    return (BrokenExecutor, KilledWorker)


def _batches(tasks: Iterable[Task]) -> Iterator[Batch]:
    batch: Batch = []
    count = 0
    for task in tasks:
        batch.append(task)
        count += len(task.names)
        if count >= BATCH:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


@contextmanager
def _ended(executor: "Executor", **at_once: bool) -> "Iterator[Executor]":
    """Have an executor end; if anything fails, Ctrl-C included, at once: what is still waiting is not started."""
    try:
        yield executor
    except BaseException:
        executor.shutdown(**at_once)
        raise
    executor.shutdown()
