"""Measured figures → one picture: rates side by side, and what a notice costs among many."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, Final

INK: Final = "#333333"
OWN: Final = "#2a6f97"
OTHER: Final = "#b9c4cc"


def draw(found: dict[str, Any], path: Path) -> None:
    """Write the SVG. The same figures give the same bytes."""
    matplotlib = import_module("matplotlib")
    matplotlib.use("svg")
    matplotlib.rcParams.update(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "vindue",
            "font.size": 9,
            "axes.edgecolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
        }
    )
    figure, (left, right) = import_module("matplotlib.pyplot").subplots(
        1, 2, figsize=(10, 3.6), width_ratios=(1.4, 1), layout="constrained"
    )
    _rates(left, found["throughput"]["found"])
    _growth(right, found["growth"]["found"])
    figure.savefig(path, metadata={"Date": None})


def _rates(axes: Any, found: dict[str, Any]) -> None:
    rows = sorted(found["varied"].items(), key=lambda row: row[1]["rate"]["median"])
    names = [name for name, _ in rows]
    rates = [row["rate"] for _, row in rows]
    middle = [rate["median"] for rate in rates]
    spread = [
        [rate["median"] - rate["min"] for rate in rates],
        [rate["max"] - rate["median"] for rate in rates],
    ]
    colours = [OWN if name.startswith("vindue") else OTHER for name in names]
    axes.barh(names, middle, xerr=spread, color=colours, ecolor=INK, height=0.7)
    axes.set_xscale("log")
    axes.set_title("Notices a second on one core, varied lines", loc="left")
    for place, value in enumerate(middle):
        axes.annotate(
            f" {value:,.0f}", (rates[place]["max"], place), va="center", color=INK, fontsize=8
        )


def _growth(axes: Any, found: list[dict[str, float]]) -> None:
    rows = [row for row in found if "each_ms" in row]
    axes.plot([row["notices"] for row in rows], [row["each_ms"] for row in rows], "o-", color=OWN)
    axes.set_xscale("log")
    axes.set_ylim(0, 1.2 * max(row["each_ms"] for row in rows))
    axes.set_title("Milliseconds a notice, by how many", loc="left")
