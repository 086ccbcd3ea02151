"""Records → what an author should mend before the notice is published.

Nothing is read here: most flaws are the reader's own diagnostics, told to an
author in the notice's language, and the rest is worked out from the record.
Each flaw has its place, its reason and, where one can be made, the text that
would mend it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from vindue.grammars.linting import FlawLevel, load_lint_rules
from vindue.grammars.rendering import RenderLanguage
from vindue.nlp.record import Diagnostic, Record
from vindue.nlp.spans import Span
from vindue.out.rewording import in_full
from vindue.out.suggest import suggestion
from vindue.out.worked_out import Remark, worked_out


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw; line and column count from 1, offsets are code points into the text."""

    rule: str
    level: FlawLevel
    message: str
    notice: str
    start: int
    end: int
    line: int
    column: int
    language: RenderLanguage
    found: str
    suggestion: str | None

    @property
    def fails(self) -> bool:
        """Whether the check fails by it: hints do not."""
        return self.level != "hint"


def lint(
    text: str,
    records: Iterable[Record],
    *,
    language: RenderLanguage | None = None,
) -> list[Flaw]:
    """The flaws of the notices in ``text``, by their place.

    ``records`` are those that were read from ``text``; messages are in
    ``language``, else in each notice's own.
    """
    flaws = [flaw for record in records for flaw in _flaws(text, record, language)]
    once = {(flaw.start, flaw.end, flaw.rule): flaw for flaw in flaws}
    return [once[key] for key in sorted(once)]


def _flaws(text: str, record: Record, language: RenderLanguage | None) -> Iterator[Flaw]:
    own: RenderLanguage = "da" if record.language == "da" else "en"
    spoken = language or own
    remarks = [*_diagnosed(text, record, own, spoken), *worked_out(text, record, own)]
    for remark in remarks:
        yield _flaw(text, record, remark, spoken)


def _diagnosed(
    text: str, record: Record, own: RenderLanguage, spoken: RenderLanguage
) -> Iterator[Remark]:
    """What the reader's own diagnostics tell an author."""
    title = _title_span(record)
    for item in record.diagnostics:
        span = _span(item, record)
        in_title = title is not None and title.start <= span.start < title.end
        rule = load_lint_rules().of_code(item.code, in_title=in_title)
        # Two weekdays of one date leave open which is used; their own place is worked out.
        if rule is not None and not (rule.name == "weekday" and item.used is None):
            mended = suggestion(rule.fix, item, span.of(text), record, own)
            yield Remark(rule.name, span, _used(item, mended, spoken), mended)


def _flaw(text: str, record: Record, remark: Remark, spoken: RenderLanguage) -> Flaw:
    rules, span = load_lint_rules(), remark.span
    found = " ".join(span.of(text).split())
    message = rules.messages[spoken].message[remark.rule]
    return Flaw(
        rule=remark.rule,
        level=rules.named(remark.rule).level,
        message=message.format(found=f"“{found}”", used=remark.used),
        notice=record.id,
        start=span.start,
        end=span.end,
        line=text.count("\n", 0, span.start) + 1,
        column=span.start - text.rfind("\n", 0, span.start),
        language=spoken,
        found=found,
        suggestion=remark.suggestion if remark.suggestion != span.of(text) else None,
    )


def _title_span(record: Record) -> Span | None:
    spans = (Span(item.start, item.end) for item in record.evidence if item.field == "/title")
    return next(spans, None)


def _span(item: Diagnostic, record: Record) -> Span:
    """Where the diagnostic stands; one without a place stands at the notice's title or start."""
    if item.start is not None and item.end is not None:
        return Span(item.start, item.end)
    return _title_span(record) or Span(record.source.start, record.source.start)


def _used(item: Diagnostic, mended: str | None, spoken: RenderLanguage) -> str:
    """What was taken, in words: a bare date in full, else as suggested or as it stands."""
    try:
        return in_full(date.fromisoformat(item.used or ""), spoken)
    except ValueError:
        return mended or item.used or ""


def fixed(text: str, flaws: Iterable[Flaw]) -> str:
    """``text`` with every suggestion written in; of two that overlap the graver wins."""
    written: list[Flaw] = []
    for flaw in sorted(flaws, key=lambda flaw: (not flaw.fails, flaw.start, -flaw.end)):
        apart = all(flaw.end <= other.start or other.end <= flaw.start for other in written)
        if flaw.suggestion is not None and apart:
            written.append(flaw)
    pieces: list[str] = []
    at = 0
    for flaw in sorted(written, key=lambda flaw: flaw.start):
        pieces += [text[at : flaw.start], flaw.suggestion or ""]
        at = flaw.end
    return "".join([*pieces, text[at:]])
