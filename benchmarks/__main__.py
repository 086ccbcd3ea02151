"""``python -m benchmarks``: everything side by side in one run; ``make bench`` sets it up.

Prints tables in Markdown; ``--output`` keeps the figures, ``--plot`` draws them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from benchmarks import cold, scaling, throughput
from benchmarks.measure import ROOT
from benchmarks.plot import draw
from benchmarks.table import tables

PACKAGES: Final = ("vindue", "dateparser", "ctparse", "spacy", "regex", "pydantic", "typer")
PARTS: Final = ("cold", "throughput", "processes", "growth", "stream")


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": commit.stdout.strip(),
        "cpu": cpu,
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def main() -> None:
    """Measure what was asked for, part after part."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--notices", type=int, default=20_000, help="for the throughput")
    asked.add_argument("--repeats", type=int, default=3)
    asked.add_argument("--largest", type=int, default=100_000, help="of the growing runs")
    asked.add_argument("--lines", type=int, default=1_000_000, help="of the longest stream")
    asked.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asked.add_argument("--output", type=Path, help="JSON; parts measured before are kept")
    asked.add_argument("--plot", type=Path, help="SVG")
    wish = asked.parse_args()
    found: dict[str, Any] = {}
    if wish.output and wish.output.is_file():
        found = json.loads(wish.output.read_text(encoding="utf-8"))
    for part in wish.only:
        print(f"measuring: {part}", file=sys.stderr)
        found[part] = {"machine": machine(), "found": _measure(part, wish)}
        if wish.output:
            wish.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    print(tables(found))
    if wish.plot:
        draw(found, wish.plot)


def _measure(part: str, wish: argparse.Namespace) -> Any:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if part == "cold":
            return cold.measure(3 * wish.repeats)
        if part == "throughput":
            return throughput.measure(wish.notices, wish.repeats)
        if part == "processes":
            return scaling.processes(folder, wish.repeats)
        if part == "growth":
            return scaling.growth(folder, [n for n in scaling.SIZES if n <= wish.largest])
        return scaling.stream(folder, (10_000, wish.lines))


if __name__ == "__main__":
    main()
