"""What a command costs: CPU seconds and memory of it and all that it starts (Linux)."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_STEP: Final = 0.02


@dataclass(frozen=True, slots=True)
class Usage:
    """``cpu`` in seconds, user and system; ``peak`` in MB, shared pages counted once."""

    cpu: float
    wall: float
    peak: float
    stdout: str


def run(command: Sequence[str], *, memory: bool = False, output: bool = True) -> Usage:
    """Run a command to its end and watch it. Raises ``RuntimeError`` where it fails.

    The CPU seconds are the kernel's count for the command and all processes
    that it waited for; those that it leaves to others are watched as well.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    out = subprocess.PIPE if output else subprocess.DEVNULL
    begun = time.perf_counter()
    child = subprocess.Popen(command, stdout=out, cwd=ROOT, env=environment, text=True)
    seen: dict[int, float] = {}
    peak = 0.0
    if memory:
        while child.poll() is None:
            tree = _tree(child.pid)
            seen.update({pid: _cpu(pid) for pid in tree})
            peak = max(peak, sum(_memory(pid) for pid in tree))
            time.sleep(_STEP)
        stdout = child.stdout.read() if child.stdout else ""
        cpu = sum(seen.values())
    else:
        stdout = child.stdout.read() if child.stdout else ""
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu, peak = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    return Usage(cpu, time.perf_counter() - begun, peak, stdout)


def python(*arguments: str, memory: bool = False, output: bool = True) -> Usage:
    """Run this Python with the arguments."""
    return run([sys.executable, *arguments], memory=memory, output=output)


def told(usage: Usage) -> Any:
    """What the last line that a run printed says, as JSON."""
    return json.loads(usage.stdout.strip().splitlines()[-1])


def spread(values: Iterable[float]) -> dict[str, float]:
    """Least, median and greatest."""
    found = sorted(values)
    return {"min": found[0], "median": statistics.median(found), "max": found[-1]}


def _tree(root: int) -> list[int]:
    """A process and all below it."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> float:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return (
        next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) / 1024
    )
