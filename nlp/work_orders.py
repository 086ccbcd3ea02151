"""Work orders: wherever they stand, however they are glued, each one once."""

from __future__ import annotations

from vindue.grammars.schema import Profile, Shape
from vindue.nlp.spans import Finding, Notice, Piece, Span
from vindue.nlp.stamps import compiled


def read_work_orders(
    notice: Notice, profile: Profile
) -> tuple[tuple[Piece, ...], tuple[Finding, ...]]:
    """Distinct work orders in order of appearance, title first.

    A number with a blank inside, in small letters or of another length is
    taken with ``typo.work_order``; where the profile expects one and there is
    none, ``work_order.missing``.
    """
    orders: dict[str, Piece] = {}
    findings: list[Finding] = []
    for span, shape in _occurrences(notice, profile):
        written = span.of(notice.text)
        number = "".join(written.split()).upper()
        if number in orders:
            continue
        orders[number] = Piece(number, span)
        if shape.reads != "sure":
            message = "a work order that is not written as they are issued"
            findings.append(Finding("typo.work_order", "info", message, span, written, number))
    if not orders and profile.work_order_expected:
        message = "the notice names no work order"
        findings.append(Finding("work_order.missing", "info", message))
    return tuple(orders.values()), tuple(findings)


def _occurrences(notice: Notice, profile: Profile) -> list[tuple[Span, Shape]]:
    """What the shapes match in title and body, the first shape before the others."""
    taken: dict[int, tuple[Span, Shape]] = {}
    regions = [notice.body] if notice.title is None else [notice.title.span, notice.body]
    for shape in profile.work_order:
        for region in regions:
            for match in compiled(shape.pattern).finditer(notice.text, region.start, region.end):
                taken.setdefault(match.start(), (Span(match.start(), match.end()), shape))
    return [taken[start] for start in sorted(taken)]
