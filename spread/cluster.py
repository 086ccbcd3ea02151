"""Partitions over the machines of a Dask cluster, whose part everything but the reading is.

The engine moves the work, watches its workers and gives what a lost one had
to another. What is ours: a partition is read and written by one task, which
may be done twice without harm. Each process compiles its readers (and loads
the trained one, if asked) at its first partition, and keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from vindue.nlp.inputs import Settings
from vindue.nlp.sources import Failure
from vindue.out.tables import MissingExtraError
from vindue.spread.partitions import OutForm, Partition, find_partitions, write_partition

if TYPE_CHECKING:
    from types import ModuleType

RETRIES: Final = 2
LINES: Final = 1_000


class ForeignPartsError(ValueError):
    """A folder with parts that are not of this run: together they would tell notices twice."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is read and where it goes. The folder must be seen by all machines, as the inputs."""

    paths: tuple[str, ...]
    folder: str
    form: OutForm = "jsonl"
    settings: Settings = field(default_factory=Settings)
    lines: int = LINES


@dataclass(frozen=True, slots=True)
class Written:
    """A partition whose file is whole, with the number of its records."""

    partition: Partition
    records: int


@contextmanager
def connect(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the cluster at that address, or of one of ``workers`` processes made here.

    Raises ``MissingExtraError`` without the extra, ``OSError`` where nobody answers.
    """
    distributed = _distributed()
    if scheduler is not None:
        with distributed.Client(scheduler) as client:
            yield client
        return
    local = {"n_workers": workers, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**local) as cluster, distributed.Client(cluster) as client:
        yield client


def read_over(client: Any, plan: Plan) -> Iterator[Written | Failure]:
    """Every partition read and written somewhere, told as it is done, in no order.

    What fails though the engine tried it again is a ``Failure``; the others
    go on, and a second run mends it. Raises ``ForeignPartsError``, and as
    ``find_partitions``.
    """
    partitions = tuple(find_partitions(plan.paths, plan.lines))
    prepare(plan, partitions)
    futures = client.map(
        write_partition,
        partitions,
        folder=plan.folder,
        form=plan.form,
        settings=plan.settings,
        retries=RETRIES,
        pure=False,
        batch_size=1_000,
    )
    of = dict(zip((future.key for future in futures), partitions, strict=True))
    for future in _distributed().as_completed(futures, raise_errors=False):
        partition = of[future.key]
        if future.status == "finished":
            yield Written(partition, future.result())
        else:
            yield Failure(f"{partition.path}: {partition.name}", repr(future.exception()))
        future.release()
    _sweep(plan.folder)


def prepare(plan: Plan, partitions: Iterable[Partition]) -> None:
    """Make the folder, or see that it holds no parts but those of an earlier run of the same."""
    folder = Path(plan.folder)
    folder.mkdir(parents=True, exist_ok=True)
    own = {f"{partition.name}.{plan.form}" for partition in partitions}
    foreign = sorted({path.name for path in folder.glob("part-*")} - own)
    if foreign:
        raise ForeignPartsError(f"{folder} holds parts of another run: {', '.join(foreign[:3])}")


def parts(folder: str, form: OutForm) -> Sequence[Path]:
    """The files of a run, in the order of its inputs."""
    return sorted(Path(folder).glob(f"part-*.{form}"))


def _sweep(folder: str) -> None:
    """Away with what a lost worker had begun."""
    for path in Path(folder).glob(".part-*"):
        path.unlink(missing_ok=True)


def _distributed() -> ModuleType:
    try:  # by name: an optional, heavy package
        return import_module("distributed")
    except ImportError as error:
        raise MissingExtraError(
            "a cluster needs Dask: install it with  pip install 'vindue[cluster]'"
        ) from error
