"""What each witness got wrong about the day that won, and what was inferred."""

from __future__ import annotations

from collections.abc import Iterable

from vindue.nlp.days import DayChoice, Witness
from vindue.nlp.iso import write_day
from vindue.nlp.mentions.times import DateMention, Interval
from vindue.nlp.spans import Finding, Proof, Span


def interval_proofs(interval: Interval, told: tuple[DateMention, ...]) -> tuple[Proof, ...]:
    """The spans that an interval's start and end were read from."""
    found = [Proof("start", mention.span) for mention in told[:1]]
    if interval.start is not None:
        found.append(Proof("start", interval.start.span))
    found += [Proof("end", mention.span) for mention in interval.end_dates[:1]]
    if interval.end is not None:
        found.append(Proof("end", interval.end.span))
    elif interval.duration is not None:
        found.append(Proof("end", interval.duration.span))
    return tuple(found)


def told_findings(interval: Interval) -> tuple[Finding, ...]:
    """Typos of the clock times and of the end's date."""
    clocks = (clock for clock in (interval.start, interval.end) if clock is not None)
    dates = (f for mention in interval.end_dates for f in mention.findings)
    return (*(f for clock in clocks for f in clock.findings), *dates)


def mention_findings(witnesses: Iterable[Witness], choice: DayChoice) -> tuple[Finding, ...]:
    """What each witness got wrong about the day that won, and what was inferred."""
    found: list[Finding] = []
    told_year = told_day = False
    spans: dict[Span, None] = {}  # in the order told: a set's order hangs on where the text stands
    for witness in witnesses:
        mention = witness.mention
        told_year |= mention.year is not None
        told_day |= mention.day is not None or mention.relative is not None
        if mention.span in spans:
            continue
        spans[mention.span] = None
        found.extend(mention.findings)
        conflict = _conflict(mention, choice)
        if conflict is not None and all(_conflict(other, choice) for other in witness.also):
            found.append(conflict)
    first = next(iter(spans), None)
    if not told_year and told_day:
        used = str(choice.day.year)
        found.append(Finding("year.inferred", "info", "no year is told", first, used=used))
    elif not told_day:
        used = choice.day.isoformat()
        found.append(Finding("date.inferred", "info", "no date is told", first, used=used))
    return tuple(found)


def _conflict(mention: DateMention, choice: DayChoice) -> Finding | None:
    day = choice.day
    swapped = mention.loose and (mention.day, mention.months) == (day.month, (day.day,))
    wrong_day = mention.day is not None and mention.day != day.day and not swapped
    wrong_month = bool(mention.months) and day.month not in mention.months and not swapped
    wrong_year = mention.year is not None and mention.year != day.year
    wrong_weekday = bool(mention.weekdays) and day.isoweekday() not in mention.weekdays
    if mention.relative is not None:
        wrong_day = False
    code = ""
    if wrong_day or wrong_month:
        code = "conflict.date"
    elif wrong_year or mention.year_digits:
        code = "conflict.year"
    elif wrong_weekday:
        code = "conflict.weekday"
    if not code:
        return None
    other = f"; the next best reading is {choice.runner_up}" if choice.runner_up else ""
    message = (
        f"this says another {code.split('.')[1]} than {write_day(day)}, which was taken{other}"
    )
    return Finding(code, "warning", message, mention.span, used=day.isoformat())
