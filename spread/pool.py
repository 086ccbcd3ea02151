"""Items over processes: answers in the order of the items, few of them under way, none left behind.

The engine underneath is the standard library's process pool. What it does
not do by itself: draw items only as fast as answers are taken, end its
processes at once where the run ends early, and go on where one of them dies.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")

LOOK_AHEAD: Final = 3
"""Items under way for each process: one that it reads, one waiting, one answered."""
_COLLECT_AFTER: Final = 500_000


@dataclass(frozen=True, slots=True)
class Work(Generic[Item, Answer]):
    """What is done with an item.

    ``do`` runs in another process. An item that ends its process is cut up by
    ``halves`` until the culprit stands alone, for which ``give_up`` answers.
    """

    do: Callable[[Item], Answer]
    halves: Callable[[Item], tuple[Item, ...]]
    give_up: Callable[[Item], Answer]


def cores() -> int:
    """How many processes can run at once here."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Work[Item, Answer], items: Iterable[Item], jobs: int) -> Iterator[Answer]:
    """One answer or more for each item, in their order; at most ``LOOK_AHEAD × jobs`` under way."""
    source = iter(items)
    under_way: deque[Item] = deque()
    while True:
        try:
            yield from _until_broken(work, source, under_way, jobs)
        except BrokenProcessPool:
            # one of those under way ended a process: each alone, so that it is known which
            while under_way:
                yield from _alone(work, under_way.popleft())
        else:
            return


def _until_broken(
    work: Work[Item, Answer], source: Iterator[Item], under_way: deque[Item], jobs: int
) -> Iterator[Answer]:
    """Answers in order; what is not answered when a process dies stays in ``under_way``."""
    answers: deque[Future[Answer]] = deque()
    with _processes(jobs) as pool:
        while True:
            while len(answers) < LOOK_AHEAD * jobs and (found := next(source, None)) is not None:
                under_way.append(found)
                with _interrupts_held():
                    answers.append(pool.submit(work.do, found))
            if not answers:
                return
            answer = answers.popleft().result()
            under_way.popleft()
            yield answer


def _alone(work: Work[Item, Answer], item: Item) -> Iterator[Answer]:
    try:
        with _processes(1) as pool:
            with _interrupts_held():
                future = pool.submit(work.do, item)
            answer = future.result()
    except BrokenProcessPool:
        parts = work.halves(item)
        if len(parts) == 1:
            yield work.give_up(item)
            return
        for part in parts:
            yield from _alone(work, part)
    else:
        yield answer


@contextmanager
def _processes(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """A pool whose processes end with it: at once where it is left early."""
    # forked processes share the compiled grammar; elsewhere a fork is not safe
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, context, _begin)
    try:
        yield pool
    except BaseException:  # a closed generator, an interrupt, a broken pool
        for child in set(multiprocessing.active_children()) - before:
            child.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """What starts meanwhile never sees Ctrl-C, which goes to all of a terminal's processes."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """At the start of a process: it ends with its parent, however that one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_COLLECT_AFTER)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
