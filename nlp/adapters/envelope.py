"""What every adapter ends in: a notice, and what its form told besides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal

from vindue.nlp.readings import RevisionReading
from vindue.nlp.record import Status
from vindue.nlp.spans import Finding, Level, Notice, Piece, Span
from vindue.nlp.values import dataclass, replace

MAX_SIZE: Final = 16_000_000
"""Bytes or code points of the largest input that is opened."""

VersionKind = Literal["version", "struck", "quoted"]


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier text of the notice: history, never read for windows.

    ``at`` is when that text was put up, ``replaced_at`` when the next one
    took its place; either is null where the form does not tell. ``title`` is
    its own one, if it stands apart from the notice's.
    """

    text: Piece
    kind: VersionKind
    at: datetime | None = None
    replaced_at: datetime | None = None
    title: Piece | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """One notice out of its outer form.

    ``form`` names the form; ``history`` is newest first; ``labels`` are
    labelled values that stand outside the body, by the form's own name of
    the label; ``state`` is what the form, not the text, says became of it.
    """

    form: str
    notice: Notice
    history: tuple[Version, ...] = ()
    labels: tuple[tuple[str, Piece], ...] = ()
    state: Status | None = None


def revisions(envelope: Envelope) -> tuple[RevisionReading, ...]:
    """One ``edited`` revision for each earlier version, in text order."""
    found = (
        RevisionReading("edited", version.text.span, at=version.replaced_at)
        for version in envelope.history
    )
    return tuple(sorted(found, key=lambda revision: revision.span))


def earliest(envelope: Envelope) -> Notice | None:
    """The oldest whole version as a notice of its own, for what was first announced.

    Struck words are no whole version. Null where the form keeps none.
    """
    whole = [version for version in envelope.history if version.kind == "version"]
    if not whole:
        return None
    first, notice = whole[-1], envelope.notice
    return replace(
        notice,
        span=first.text.span,
        body=first.text.span,
        title=first.title or notice.title,
        published_at=first.at or notice.published_at,
        updated_at=None,
        updated=None,
        findings=(),
    )


def unread(form: str, code: str, message: str, text: str = "") -> Envelope:
    """The envelope of an input that could not be read: an empty body and one error."""
    whole = Span(0, len(text))
    notice = Notice(
        text=text,
        span=whole,
        body=Span(len(text), len(text)),
        line=1,
        findings=(Finding(code, "error", message, whole if text else None),),
    )
    return Envelope(form, notice)


def with_finding(
    envelope: Envelope, code: str, level: Level, message: str, span: Span | None = None
) -> Envelope:
    """The envelope with one finding more."""
    notice = envelope.notice
    finding = Finding(code, level, message, span)
    return replace(envelope, notice=replace(notice, findings=(*notice.findings, finding)))


def told_if_cut(envelopes: tuple[Envelope, ...], there: int, most: int) -> tuple[Envelope, ...]:
    """The envelopes; the last says so where only ``most`` of those ``there`` were read."""
    if there <= most or not envelopes:
        return envelopes
    message = f"holds {there:,} notices, of which the first {most:,} are read"
    return (*envelopes[:-1], with_finding(envelopes[-1], "form.too_large", "error", message))


def guarded(
    form: str, data: bytes | str, decode: Callable[[], tuple[Envelope, ...]]
) -> tuple[Envelope, ...]:
    """Run ``decode``; whatever it trips over becomes an envelope with an error.

    The libraries beneath raise nearly anything on hostile input (a recursion
    limit, an index, a lookup), and one bad input must never cost the others.
    """
    if len(data) > MAX_SIZE:
        message = f"larger than {MAX_SIZE:,} bytes, not opened"
        return (unread(form, "form.too_large", message),)
    try:
        found = decode()
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        return (unread(form, "form.broken", f"can't be read as {form}: {reason}"),)
    return found or (unread(form, "form.empty", f"this {form} holds no notice"),)
