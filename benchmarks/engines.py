"""Engines beneath ``vindue spread``, side by side: the same partitions, the same work, two workers.

In an environment of its own: see ``requirements-engines.txt``.
``python -m benchmarks.engines`` measures all; with the name of one it is that one.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks.measure import python, spread, told
from benchmarks.notices import varied, write_lines
from vindue.nlp.inputs import Settings
from vindue.spread.partitions import Partition, find_partitions, write_partition
from vindue.spread.pool import Work
from vindue.spread.pool import spread as over_processes

WORKERS: Final = 2
NOTICES: Final = 4_000
LINES: Final = 100
REPEATS: Final = 3
PACKAGES: Final = {"dask": "distributed", "ray": "ray", "spark": "pyspark", "daft": "daft"}


def write(partition: Partition, folder: str) -> int:
    """The work of one partition."""
    return write_partition(partition, folder, "jsonl", Settings())


class ToFolder:
    """``write`` into one folder, as a thing that may be sent."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __call__(self, partition: Partition) -> int:
        return write(partition, self.folder)


def pool(partitions: list[Partition], folder: str) -> int:
    """The processes of ``vindue parse --jobs``."""
    work = Work(ToFolder(folder), lambda item: (item,), lambda _: 0)
    return sum(over_processes(work, partitions, WORKERS))


def dask(partitions: list[Partition], folder: str) -> int:
    """Dask's distributed scheduler with a cluster of local processes."""
    distributed = import_module("distributed")
    local = {"n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**local) as cluster, distributed.Client(cluster) as client:
        return sum(client.gather(client.map(write, partitions, folder=folder)))


def ray(partitions: list[Partition], folder: str) -> int:
    """Ray's tasks."""
    engine = import_module("ray")
    engine.init(num_cpus=WORKERS, include_dashboard=False, logging_level="ERROR")
    task = engine.remote(write)
    return sum(engine.get([task.remote(partition, folder) for partition in partitions]))


def spark(partitions: list[Partition], folder: str) -> int:
    """Spark's ``mapInArrow``, a partition a row."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    arrow, sql = import_module("pyarrow"), import_module("pyspark.sql")
    builder = sql.SparkSession.builder.master(f"local[{WORKERS}]")
    session = builder.config("spark.ui.enabled", "false").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")

    def read(batches: Any) -> Any:
        for batch in batches:
            rows = batch.to_pylist()
            counts = [write(Partition(**row), folder) for row in rows]
            yield arrow.RecordBatch.from_pydict({"records": counts})

    rows = [{name: getattr(p, name) for name in Partition.__slots__} for p in partitions]
    frame = session.createDataFrame(rows).repartition(len(rows))
    found = frame.mapInArrow(read, "records long").collect()
    session.stop()
    return sum(row.records for row in found)


def daft(partitions: list[Partition], folder: str) -> int:
    """Daft with a UDF in processes of its own."""
    engine = import_module("daft")
    rows = {name: [getattr(p, name) for p in partitions] for name in Partition.__slots__}

    @engine.udf(
        return_dtype=engine.DataType.int64(), concurrency=WORKERS, use_process=True, batch_size=1
    )
    def read(*columns: Any) -> list[int]:
        names = Partition.__slots__
        values = zip(*(column.to_pylist() for column in columns), strict=True)
        return [write(Partition(**dict(zip(names, row, strict=True))), folder) for row in values]

    frame = engine.from_pydict(rows)
    frame = frame.select(read(*(engine.col(name) for name in rows)).alias("records"))
    return sum(frame.to_pydict()["records"])


ENGINES: Final[dict[str, Callable[[list[Partition], str], int]]] = {
    "pool": pool,
    "dask": dask,
    "ray": ray,
    "spark": spark,
    "daft": daft,
}


def one(engine: str, lines: str, folder: str) -> None:
    """Read the lines with one engine; print how many records there are, and their sum."""
    Path(folder).mkdir()
    count = ENGINES[engine](list(find_partitions([lines], LINES)), folder)
    text = b"".join(sorted(b"".join(p.read_bytes() for p in Path(folder).iterdir()).splitlines()))
    print(json.dumps({"records": count, "sum": hashlib.sha256(text).hexdigest()[:12]}))


def main(arguments: list[str]) -> None:
    """Measure all, or be one."""
    if len(arguments) > 1:
        one(*arguments)
        return
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        lines = write_lines(
            Path(folder, "n.jsonl"), varied(int(arguments[0]) if arguments else NOTICES)
        )
        for repeat in range(REPEATS):
            for name in ENGINES:
                target = str(Path(folder, f"{name}-{repeat}"))
                used = python("-m", "benchmarks.engines", name, str(lines), target, memory=True)
                print(repeat, name, round(used.cpu, 1), round(used.wall, 1), file=sys.stderr)
                result = found.setdefault(name, {"cpu": [], "wall": [], "peak": [], **told(used)})
                assert result["sum"] == told(used)["sum"]
                for key in ("cpu", "wall", "peak"):
                    result[key].append(getattr(used, key))
    for name, result in found.items():
        for key in ("cpu", "wall", "peak"):
            result[key] = spread(result[key])
        result["version"] = version(PACKAGES.get(name, "vindue"))
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
