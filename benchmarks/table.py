"""Measured figures → tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def tables(found: dict[str, Any]) -> str:
    """All parts that were measured, each under its heading."""
    parts = {
        "throughput": _throughput,
        "cold": _cold,
        "growth": _growth,
        "processes": _processes,
        "stream": _stream,
    }
    told = []
    for name, write in parts.items():
        if name in found:
            told += [f"### {name.capitalize()}", "", _machine(found[name]["machine"]), ""]
            told += [*write(found[name]["found"]), ""]
    return "\n".join(told)


def _machine(of: dict[str, Any]) -> str:
    packages = ", ".join(f"{name} {number}" for name, number in of["packages"].items())
    place = f"{of['cpu']}, {of['cores']} cores, load {of['load']:.1f} at the start"
    return f"{of['when']}, commit {of['commit']}; {place}; Python {of['python']}; {packages}."


def _throughput(found: dict[str, Any]) -> Iterable[str]:
    for data, of in found.items():
        yield f"| {data} | notices a second | vindue is … times as fast |"
        yield "|---|---|---|"
        for name, row in of.items():
            yield f"| {name} | {_spread(row['rate'])} | {_spread(row['vindue is'])} |"
        yield ""
    if {"varied", "page"} <= found.keys():
        gain = (
            found["page"]["vindue"]["rate"]["median"] / found["varied"]["vindue"]["rate"]["median"]
        )
        yield f"The page as it is over varied lines: {_number(gain)} times as fast."


def _cold(found: dict[str, Any]) -> Iterable[str]:
    yield "| command | CPU seconds | peak MB |"
    yield "|---|---|---|"
    for name, row in found["cpu"].items():
        yield f"| `{name}` | {_spread(row)} | {found['peak'][name]['median']:.0f} |"
    yield ""
    cpu = {name: row["median"] for name, row in found["cpu"].items()}
    bare = cpu["empty typer command, importing pydantic"]
    yield f"`--version` over the empty command: {cpu['vindue --version'] / bare:.2f}."
    page = cpu["vindue parse page.txt"] / cpu["import typer, pydantic"]
    yield f"The page, cold, over the bare imports: {page:.1f}."
    for command, modules in found["loaded"].items():
        yield f"`{command}` loads of the heavy ones: {', '.join(modules) or 'none'}."


def _growth(found: list[dict[str, float]]) -> Iterable[str]:
    yield "| notices | CPU seconds | ms each | peak MB |"
    yield "|---|---|---|---|"
    for row in found:
        each = f"{row['each_ms']:.2f}" if "each_ms" in row else ""
        yield f"| {row['notices']:,} | {row['cpu']:.2f} | {each} | {row['peak']:.0f} |"
    each_of = {row["notices"]: row["each_ms"] for row in found if "each_ms" in row}
    if {1_000, 100_000} <= each_of.keys():
        yield ""
        yield f"Each at 100,000 over each at 1,000: {each_of[100_000] / each_of[1_000]:.2f}."


def _processes(found: dict[str, Any]) -> Iterable[str]:
    yield "| processes | elapsed seconds | CPU seconds, all together |"
    yield "|---|---|---|"
    for number, row in found.items():
        yield f"| {number} | {_spread(row['wall'])} | {_spread(row['cpu'])} |"
    one, two = found["1"], found["2"]
    elapsed = one["wall"]["min"] / two["wall"]["min"]
    free = 2 * one["cpu"]["min"] / two["cpu"]["min"]
    yield ""
    yield f"Two over one, elapsed: {elapsed:.2f} times as fast at best;"
    yield f"by their CPU seconds two free cores would give {free:.2f}."


def _stream(found: list[dict[str, float]]) -> Iterable[str]:
    yield "| lines | processes | CPU seconds | peak MB |"
    yield "|---|---|---|---|"
    for row in found:
        yield f"| {row['lines']:,} | {row['jobs']} | {row['cpu']:.0f} | {row['peak']:.0f} |"
    yield ""
    yield f"Peak of the longest over the shortest: {found[-1]['peak'] / found[0]['peak']:.2f}."


def _spread(of: dict[str, float]) -> str:
    return f"{_number(of['median'])} ({_number(of['min'])}–{_number(of['max'])})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004
