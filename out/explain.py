"""A notice explained: its evidence marked, what was weighed, and the doubts under it.

An explanation is data first (``Explanation``); the writers turn it into text
for a terminal or one HTML page. Nothing of a notice reaches either raw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Final, Literal

from vindue.nlp.iso import write_day
from vindue.nlp.record import Record
from vindue.nlp.weighing import Candidate, Weighing

Kind = Literal["plain", "start", "end", "system", "impact", "other"]
Paint = Callable[[str, Kind], str]

_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("/windows", "start"),
    ("/systems", "system"),
    ("/impacts", "impact"),
)
_ANSI: Final[dict[Kind, str]] = {
    "start": "1;32",
    "end": "1;33",
    "system": "36",
    "impact": "35",
    "other": "4",
}
_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}pre{white-space:pre-wrap}table{border-collapse:collapse}"
    "td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}"
    "mark{background:none;color:inherit;border-bottom:3px solid #888}"
    "mark.start{border-color:#2a8a3a}mark.end{border-color:#b8860b}"
    "mark.system{border-color:#0a7f9c}mark.impact{border-color:#a0439c}"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the notice and what was read from it; ``fields`` are JSON pointers."""

    text: str
    kind: Kind
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One notice explained."""

    record: Record
    segments: tuple[Segment, ...]
    weighings: tuple[Weighing, ...]
    text: str


def explain(text: str, record: Record, weighings: tuple[Weighing, ...]) -> Explanation:
    """Cut the notice at its evidence; ``text`` is the whole input as decoded."""
    return Explanation(record, tuple(_segments(text, record)), weighings, text)


def _segments(text: str, record: Record) -> Iterator[Segment]:
    """The notice in pieces: where pieces of evidence overlap, the smaller is marked."""
    start, end = record.source.start, record.source.end
    cuts = {start, end}
    proofs = [e for e in record.evidence if e.start < e.end]
    for proof in proofs:
        cuts |= {max(proof.start, start), min(proof.end, end)}
    edges = sorted(cuts)
    for left, right in pairwise(edges):
        over = [e for e in proofs if e.start <= left and right <= e.end]
        over.sort(key=lambda e: e.end - e.start)
        kind = _kind(over[0].field) if over else "plain"
        yield Segment(text[left:right], kind, tuple(dict.fromkeys(e.field for e in over)))


def _kind(field: str) -> Kind:
    if field.endswith("end"):
        return "end"
    return next((kind for prefix, kind in _KINDS if field.startswith(prefix)), "other")


def safe(text: str) -> str:
    """Control characters made visible, so that a notice can't steer the terminal."""
    return "".join(_safe_sign(sign) for sign in text)


def _safe_sign(sign: str) -> str:
    if sign == "\xa0":
        return " "
    return sign if sign in "\n\t" or sign.isprintable() else f"\\x{ord(sign):02x}"


def to_text(explanation: Explanation, colour: bool) -> str:
    """For a terminal; without ``colour`` marked stretches stand in brackets."""

    def paint(text: str, kind: Kind) -> str:
        if kind == "plain" or not text.strip():
            return safe(text)
        return f"\x1b[{_ANSI[kind]}m{safe(text)}\x1b[0m" if colour else f"[{safe(text)}]"

    record = explanation.record
    body = "".join(paint(s.text, s.kind) for s in explanation.segments).strip("\n")
    lines = [f"{safe(record.id)}  {safe(record.title)}", "", body, ""]
    lines += list(_window_lines(explanation))
    lines += list(_weighing_lines(explanation))
    lines += list(_diagnostic_lines(record))
    return "\n".join(lines) + "\n"


def _window_lines(explanation: Explanation) -> Iterator[str]:
    for number, window in enumerate(explanation.record.windows):
        systems = ", ".join(window.systems) or "-"
        yield f"window {number}: {window.start} – {window.end or 'no end known'}"
        yield f"  {window.status}, {safe(systems)}, confidence {window.confidence:.2f}"


def _weighing_lines(explanation: Explanation) -> Iterator[str]:
    for weighed in explanation.weighings:
        told = safe(explanation.text[weighed.span.start : weighed.span.end])
        yield ""
        yield f"weighed for {told!r} (margin {weighed.margin:.2f}):"
        for place, candidate in enumerate(weighed.candidates):
            mark = "→" if place == 0 else " "
            yield f" {mark} {write_day(candidate.day, 3)}  charge {candidate.charge:5.2f}  " + (
                _charges(candidate, explanation.text)
            )


def _charges(candidate: Candidate, text: str) -> str:
    """Who is charged what for a day; a witness that agrees is charged nothing."""
    parts = [f"stamps {candidate.stamps:.2f}"]
    for told in candidate.testimonies:
        words = safe(text[told.span.start : told.span.end]).replace("\n", " ")
        parts.append(f"{told.role} {words!r} {told.charge:.2f}")
    return "; ".join(parts)


def _diagnostic_lines(record: Record) -> Iterator[str]:
    if record.diagnostics:
        yield ""
    for found in record.diagnostics:
        stood = f" {safe(found.found)!r}" if found.found else ""
        took = f" → {safe(found.used)!r}" if found.used else ""
        yield f"{found.level}: {found.code}:{stood}{took} {safe(found.message)}"


def to_html(explanations: list[Explanation]) -> str:
    """One self-contained page; everything of the notices is escaped."""
    parts = "\n".join(_article(explanation) for explanation in explanations)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>vindue explain</title><style>{_STYLE}</style></head>\n"
        f"<body><main>\n{parts}\n</main></body></html>\n"
    )


def _article(explanation: Explanation) -> str:
    record = explanation.record
    body = "".join(_marked(segment) for segment in explanation.segments).strip("\n")
    windows = "".join(f"<li>{escape(line.strip())}</li>" for line in _window_lines(explanation))
    weighed = "".join(_weighed_table(w, explanation.text) for w in explanation.weighings)
    doubts = "".join(f"<li>{escape(line)}</li>" for line in _diagnostic_lines(record) if line)
    return (
        f"<article><h2>{escape(safe(record.title))}</h2><p><code>{escape(safe(record.id))}</code></p>"
        f"<pre>{body}</pre><h3>Windows</h3><ul>{windows}</ul>"
        f"<h3>Weighed</h3>{weighed}<h3>Diagnostics</h3><ul>{doubts}</ul></article>"
    )


def _marked(segment: Segment) -> str:
    text = escape(safe(segment.text))
    if segment.kind == "plain" or not text.strip():
        return text
    fields = escape(", ".join(segment.fields), quote=True)
    return f'<mark class="{segment.kind}" title="{fields}">{text}</mark>'


def _weighed_table(weighed: Weighing, text: str) -> str:
    told = escape(safe(text[weighed.span.start : weighed.span.end]))
    rows = "".join(
        f"<tr><td>{write_day(c.day, 3)}</td><td>{c.charge:.2f}</td>"
        f"<td>{escape(_charges(c, text))}</td></tr>"
        for c in weighed.candidates
    )
    head = "<tr><th>day</th><th>charge</th><th>of which</th></tr>"
    return f"<table><caption>{told}, margin {weighed.margin:.2f}</caption>{head}{rows}</table>"
