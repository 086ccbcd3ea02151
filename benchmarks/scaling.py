"""From one notice to many, and from one process to several: cost, memory, speed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.measure import run, spread
from benchmarks.notices import small, varied, write_lines

SIZES: Final = (1, 10, 100, 1_000, 10_000, 100_000)
STREAMS: Final = (10_000, 1_000_000)
FOR_PROCESSES: Final = 4_000
VINDUE: Final = str(Path(sys.executable).with_name("vindue"))


def growth(folder: Path, sizes: Sequence[int] = SIZES) -> list[dict[str, float]]:
    """CPU seconds and peak memory of ``vindue parse`` over that many varied notices."""
    found = []
    for size in sizes:
        lines = write_lines(folder / f"{size}.jsonl", varied(size))
        used = run([VINDUE, "parse", str(lines)], output=False)
        found.append({"notices": size, "cpu": used.cpu, "peak": used.peak})
        lines.unlink()
    first = found[0]["cpu"]
    for row in found[1:]:
        row["each_ms"] = 1_000 * (row["cpu"] - first) / (row["notices"] - 1)
    return found


def stream(folder: Path, sizes: Sequence[int] = STREAMS, jobs: int = 1) -> list[dict[str, float]]:
    """Peak memory over a stream of that many small notices, all processes together."""
    found = []
    for size in sizes:
        lines = write_lines(folder / f"{size}.jsonl", small(size))
        command = [VINDUE, "parse", str(lines), "--jobs", str(jobs)]
        used = run(command, memory=jobs > 1, output=False)
        found.append({"lines": size, "jobs": jobs, "cpu": used.cpu, "peak": used.peak})
        lines.unlink()
    return found


def processes(folder: Path, repeats: int, jobs: Sequence[int] = (1, 2)) -> dict[str, Any]:
    """Elapsed and CPU seconds of the same notices by one and by several processes, in turns."""
    lines = write_lines(folder / "n.jsonl", varied(FOR_PROCESSES))
    found: dict[str, dict[str, list[float]]] = {str(n): {"wall": [], "cpu": []} for n in jobs}
    for _ in range(repeats):
        for number in jobs:
            used = run([VINDUE, "parse", str(lines), "--jobs", str(number)], output=False)
            found[str(number)]["wall"].append(used.wall)
            found[str(number)]["cpu"].append(used.cpu)
    return {
        number: {what: spread(values) for what, values in row.items()}
        for number, row in found.items()
    }
