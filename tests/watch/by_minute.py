"""Downtime counted minute by minute out of the labels alone: slow, plain, and apart from the code.

Nothing of ``vindue.watch`` is used here; the labels come as the corpus
exports them.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from statistics import mean, median
from typing import Any
from zoneinfo import ZoneInfo

Cell = tuple[str, str, str]
"""System, channel, month; month "" is all."""
Label = dict[str, Any]

ZONE = ZoneInfo("Europe/Copenhagen")
LEVELS = ("outage", "degraded", "unstated")


def minute(value: str) -> int:
    return int(datetime.fromisoformat(value).timestamp()) // 60


def live_windows(labels: list[Label]) -> list[tuple[Label, Label]]:
    return [
        (label, window)
        for label in labels
        if "production" in label["environments"]
        for window in label["windows"]
        if window["status"] in ("scheduled", "completed") and window["start"]
    ]


def hit(label: Label, window: Label, system: str, channel: str) -> str | None:
    """The worst level that the label states for ``system`` on ``channel`` in ``window``."""
    mine = [item for item in label["impacts"] if system in item["systems"] or not item["systems"]]
    if window["channel"]:
        if window["channel"] != channel:
            return None
    elif not mine or any(
        other["channel"] == channel
        and system in other["systems"]
        and other["start"] < window["end"]
        and window["start"] < other["end"]
        for other in label["windows"]
    ):
        return None
    also = ("file", "online") if channel in ("file", "online") else ()
    levels = [
        item["level"]
        for item in mine
        if item["channel"] == channel or (item["channel"] == "all" and channel in also)
    ]
    if not levels:
        return "unstated" if window["channel"] else None
    worst = min(levels, key=["outage", "degraded", "none"].index)
    return None if worst == "none" else worst


def hours(labels: list[Label]) -> dict[Cell, dict[str, float]]:
    """Hours at each level, by system, channel and month; an hour counts once."""
    minutes: dict[tuple[str, str], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for label, window in live_windows(labels):
        end = window["actual_end"] or window["end"]
        if end is None or window["precision"] == "day":
            continue
        span = set(range(minute(window["start"]), minute(end)))
        for system in window["systems"]:
            for channel in ("file", "online", "connection"):
                level = hit(label, window, system, channel)
                if level:
                    minutes[system, channel][level] |= span
                    closed_link = channel == "connection" and level == "outage"
                    minutes[system, "any"]["degraded" if closed_link else level] |= span
            stated = [i for i in label["impacts"] if system in i["systems"] or not i["systems"]]
            if not window["channel"] and not stated:
                minutes[system, "any"]["unstated"] |= span
    return _cells(minutes)


def _cells(
    minutes: dict[tuple[str, str], dict[str, set[int]]],
) -> dict[Cell, dict[str, float]]:
    cells: dict[Cell, dict[str, float]] = defaultdict(lambda: dict.fromkeys(LEVELS, 0.0))
    for (system, channel), levels in minutes.items():
        taken: set[int] = set()
        for level in LEVELS:
            for at in levels[level] - taken:
                month = f"{datetime.fromtimestamp(at * 60, ZONE):%Y-%m}"
                cells[system, channel, month][level] += 1 / 60
                cells[system, channel, ""][level] += 1 / 60
            taken |= levels[level]
    return dict(cells)


def extensions(labels: list[Label]) -> dict[str, float]:
    """How many windows ended later than planned, by how much."""
    moved = [
        minute(window["end"]) - minute(window["planned_end"])
        for _, window in live_windows(labels)
        if window["end"] and window["planned_end"]
    ]
    longer = [value for value in moved if value > 0]
    return {
        "windows": len(moved),
        "extended": len(longer),
        "shortened": len([value for value in moved if value < 0]),
        "total_minutes": sum(longer),
        "mean_minutes": mean(longer),
        "median_minutes": median(longer),
        "most_minutes": max(longer),
    }


def punctuality(labels: list[Label]) -> dict[str, float]:
    """Actual ends against planned ones."""
    delays = [
        minute(window["actual_end"]) - minute(window["planned_end"])
        for _, window in live_windows(labels)
        if window["actual_end"] and window["planned_end"]
    ]
    return {
        "measured": len(delays),
        "early": len([value for value in delays if value < -5]),
        "on_time": len([value for value in delays if -5 <= value <= 5]),
        "late": len([value for value in delays if value > 5]),
        "mean_minutes": mean(delays),
        "median_minutes": median(delays),
        "latest_minutes": max(delays),
    }
