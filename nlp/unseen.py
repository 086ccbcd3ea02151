"""Signs that no reader sees: a notice is read without them, and its places are put back.

Zero-width spaces, joiners and non-joiners, the word joiner, the byte order
mark, the soft hyphen and the marks of writing direction stand anywhere in a
text that came through a web page or a mail program: inside a word, a label, a
date. They are taken out once, before any reader, so that no pattern has to
allow for them.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

import regex

from vindue.nlp.record import Diagnostic, Evidence, Record
from vindue.nlp.spans import Finding, Notice, Piece, Span
from vindue.nlp.trimming import INVISIBLE
from vindue.nlp.values import dataclass, replace
from vindue.nlp.weighing import Weighing

_UNSEEN: Final = regex.compile(f"[{INVISIBLE}]+")
# struck words in plain text: between two tildes each, or each letter struck through
_STRUCK: Final = regex.compile(r"~~(?=\S)[^~\r\n]+~~|(?:[^\s]\u0336[ \u00a0]*)+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A notice as it is seen; ``places[i]`` is where its sign ``i`` stands in the input."""

    notice: Notice
    places: tuple[int, ...] = ()

    def span(self, span: Span) -> Span:
        """The place in the input of a place in the notice as seen."""
        if not self.places:
            return span
        start = self.places[span.start]
        return Span(start, self.places[span.end - 1] + 1 if len(span) else start)


def seen(notice: Notice) -> Seen:
    """``notice`` without its unseen signs and struck words; itself where it has none."""
    whole, struck = notice.span, _without_struck(notice)
    if struck is notice and _UNSEEN.search(notice.text, whole.start, whole.end) is None:
        return Seen(notice)
    notice = struck
    text: list[str] = []
    places: list[int] = []
    at = whole.start
    for match in _UNSEEN.finditer(notice.text, whole.start, whole.end):
        text.append(notice.text[at : match.start()])
        places.extend(range(at, match.start()))
        at = match.end()
    text.append(notice.text[at : whole.end])
    places.extend(range(at, whole.end + 1))
    plain = "".join(text)

    def placed(span: Span) -> Span:
        return Span(bisect_left(places, span.start), bisect_left(places, span.end))

    def piece(told: Piece) -> Piece:
        span = placed(told.span)
        return Piece(span.of(plain), span)

    def finding(told: Finding) -> Finding:
        return replace(told, span=told.span and placed(told.span))

    as_seen = replace(
        notice,
        text=plain,
        span=Span(0, len(plain)),
        body=placed(notice.body),
        title=notice.title and piece(notice.title),
        tags=tuple(map(piece, notice.tags)),
        published=notice.published and placed(notice.published),
        updated=notice.updated and placed(notice.updated),
        findings=tuple(map(finding, notice.findings)),
    )
    return Seen(as_seen, tuple(places))


def _without_struck(notice: Notice) -> Notice:
    """``notice`` with blanks for struck words: they tell what no longer holds."""
    whole = notice.span
    if _STRUCK.search(notice.text, whole.start, whole.end) is None:
        return notice
    signs = list(notice.text)
    for match in _STRUCK.finditer(notice.text, whole.start, whole.end):
        signs[match.start() : match.end()] = " " * (match.end() - match.start())
    return replace(notice, text="".join(signs))


def put_back(record: Record, as_seen: Seen, notice: Notice) -> Record:
    """``record`` of a notice as seen, with its places and texts those of ``notice``."""
    if not as_seen.places:
        return record

    def evidence(told: Evidence) -> Evidence:
        span = as_seen.span(Span(told.start, told.end))
        text = span.of(notice.text)
        return told.model_copy(update={"start": span.start, "end": span.end, "text": text})

    def diagnostic(told: Diagnostic) -> Diagnostic:
        if told.start is None or told.end is None:
            return told
        span = as_seen.span(Span(told.start, told.end))
        return told.model_copy(update={"start": span.start, "end": span.end})

    impacts = []
    for impact in record.impacts:
        span = as_seen.span(Span(impact.start, impact.end))
        told = {"start": span.start, "end": span.end, "text": span.of(notice.text)}
        impacts.append(impact.model_copy(update=told))
    revisions = []
    for revision in record.revisions:
        span = as_seen.span(Span(revision.start_span, revision.end_span))
        told_at = {"start_span": span.start, "end_span": span.end}
        revisions.append(revision.model_copy(update=told_at))
    whole = {"start": notice.span.start, "end": notice.span.end}
    return record.model_copy(
        update={
            "source": record.source.model_copy(update=whole),
            "evidence": [evidence(told) for told in record.evidence],
            "diagnostics": [diagnostic(told) for told in record.diagnostics],
            "impacts": impacts,
            "revisions": revisions,
        }
    )


def weighed_back(weighings: tuple[Weighing, ...], as_seen: Seen) -> tuple[Weighing, ...]:
    """``weighings`` of a notice as seen, with their places in the input."""
    if not as_seen.places:
        return weighings
    return tuple(
        replace(
            weighing,
            span=as_seen.span(weighing.span),
            candidates=tuple(
                replace(
                    candidate,
                    testimonies=tuple(
                        replace(told, span=as_seen.span(told.span))
                        for told in candidate.testimonies
                    ),
                )
                for candidate in weighing.candidates
            ),
        )
        for weighing in weighings
    )
