"""Which day is meant: candidates from every witness, weighed against every witness.

A witness is a date mention with a role. Candidates are what the witnesses say
and what they may have meant to say (another year, the order of day and month,
a digit more or less, the weekday's day). Each candidate is charged, for each
witness, the cost of that witness being wrong, and for its place among the
stamps; the least charge wins.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from vindue.grammars.weights import Weights
from vindue.nlp.mentions.times import DateMention
from vindue.nlp.values import dataclass

DAY: Final = timedelta(days=1)
WEEK: Final = 7
YEAR_MONTHS: Final = 12
LATE: Final = 90
VERY_LATE: Final = 300
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2099
UNCHARGED: Final = 0.8


@dataclass(frozen=True, slots=True)
class Witness:
    """A date mention and how much it counts.

    ``also`` are further days that the same words tell ("4 and 11 March"): the
    witness is content with any of them.
    """

    mention: DateMention
    weight: float
    role: str
    also: tuple[DateMention, ...] = ()

    def charge(self, day: date, stamps: Stamps, weights: Weights) -> float:
        """What this witness is charged for ``day``, by its weight."""
        told = (self.mention, *self.also)
        return self.weight * min(disagreement(m, day, stamps, weights) for m in told)


@dataclass(frozen=True, slots=True)
class Stamps:
    """The days between which a notice lives; ``None`` where a stamp is missing."""

    published: date | None = None
    updated: date | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days that can be meant: ``days`` from ``first`` on, each later one charged ``per_day``.

    An end lies at or shortly after its start.
    """

    first: date
    days: int
    per_day: float = 0.0

    def charge(self, day: date) -> float:
        """The charge of a day for how late it is."""
        return self.per_day * (day - self.first).days


@dataclass(frozen=True, slots=True)
class DayChoice:
    """The day that won, what it cost, and by how much the next one lost."""

    day: date
    cost: float
    runner_up: date | None
    margin: float


def choose_day(
    witnesses: Iterable[Witness],
    stamps: Stamps,
    weights: Weights,
    bounds: Bounds | None = None,
) -> DayChoice | None:
    """The day with the least charge, or ``None`` where no witness names one."""
    told = tuple(witnesses)
    agreed = _agreed(told, stamps, weights) if bounds is None else None
    if agreed is not None:
        return agreed
    if bounds is not None and weights.repairs:
        # every day of the bounds is a candidate, and no other may win
        days = {bounds.first + step * DAY for step in range(bounds.days + 1)}
    else:
        days = set(_candidates(told, stamps, bounds))
    if not weights.repairs:
        days = {d for d in days if any(_says(w.mention, d) for w in told)} or days
    if bounds is not None:
        days = {day for day in days if 0 <= (day - bounds.first).days <= bounds.days}
    if not days:
        return None
    charged = sorted(
        (_charge(day, told, stamps, weights) + (bounds.charge(day) if bounds else 0.0), day)
        for day in days
    )
    cost, best = charged[0]
    if len(charged) == 1:
        return DayChoice(best, cost, None, weights.disagreement.day_far)
    return DayChoice(best, cost, charged[1][1], charged[1][0] - cost)


def rank_days(
    witnesses: Iterable[Witness], stamps: Stamps, weights: Weights, most: int
) -> tuple[tuple[float, date], ...]:
    """The ``most`` likeliest days with what each is charged, the likeliest first."""
    told = tuple(witnesses)
    days = set(_candidates(told, stamps, None))
    return tuple(sorted((_charge(day, told, stamps, weights), day) for day in days)[:most])


def _agreed(told: tuple[Witness, ...], stamps: Stamps, weights: Weights) -> DayChoice | None:
    """The day that the first witness tells in full, if nothing at all speaks against it.

    The common case, settled without weighing every candidate. The margin is
    what the witnesses would charge the day beside it.
    """
    first = told[0].mention if told else None
    if first is None or first.day is None or first.year is None or len(first.months) != 1:
        return None
    if first.loose or first.year_digits or first.day_digits or first.relative is not None:
        return None
    if first.day > calendar.monthrange(first.year, first.months[0])[1]:
        return None
    day = date(first.year, first.months[0], first.day)
    charge = prior(day, stamps, weights)
    if charge > UNCHARGED or any(w.charge(day, stamps, weights) for w in told):
        return None
    costs = weights.disagreement
    margin = sum(
        w.weight
        * (costs.day_near * (w.mention.day is not None) + costs.weekday * bool(w.mention.weekdays))
        for w in told
    )
    return DayChoice(day, charge, None, margin)


def _says(mention: DateMention, day: date) -> bool:
    """True where every part that the mention tells is this day's."""
    return (
        mention.day in (None, day.day)
        and (not mention.months or day.month in mention.months)
        and mention.year in (None, day.year)
        and (not mention.weekdays or day.isoweekday() in mention.weekdays)
    )


def _charge(day: date, told: tuple[Witness, ...], stamps: Stamps, weights: Weights) -> float:
    return prior(day, stamps, weights) + sum(
        witness.charge(day, stamps, weights) for witness in told
    )


def prior(day: date, stamps: Stamps, weights: Weights) -> float:
    """Charge of ``day`` for its place among the stamps."""
    charge = 0.0
    if stamps.published is not None:
        ahead = (day - stamps.published).days
        if ahead < 0:
            near = ahead == -1
            charge += weights.prior.day_before_published if near else weights.prior.before_published
            charge += min(-ahead, 400) / 400
        elif ahead > LATE:
            charge += weights.prior.very_late if ahead > VERY_LATE else weights.prior.late
        charge += min(max(ahead, 0), 400) / 1000
    if stamps.done and stamps.updated is not None and day > stamps.updated:
        charge += weights.prior.after_updated
    if stamps.updated is not None and abs((day - stamps.updated).days) > 1:
        charge += weights.prior.off_updated
    return charge


def disagreement(mention: DateMention, day: date, stamps: Stamps, weights: Weights) -> float:
    """What ``mention`` would have to have got wrong if ``day`` was meant."""
    costs = weights.disagreement
    charge = 0.0
    if mention.weekdays and day.isoweekday() not in mention.weekdays:
        charge += costs.weekday
    if mention.week is not None and day.isocalendar().week != mention.week:
        charge += costs.day_far
    if mention.relative is not None and stamps.published is not None:
        if day != stamps.published + mention.relative * DAY:
            charge += costs.relative
        return charge
    if mention.told_weekday_only and not mention.months:
        return charge + _weekday_distance(mention, day, stamps)
    return min(charge + _calendar_disagreement(mention, day, weights), costs.whole)


def _weekday_distance(mention: DateMention, day: date, stamps: Stamps) -> float:
    """A weekday alone means the next one: a week later is less likely."""
    if stamps.published is None or not mention.weekdays:
        return 0.0
    ahead = (day - stamps.published).days
    nearest = 1 if mention.which == "next" else 0
    return 0.0 if nearest <= ahead < WEEK + nearest else 1.0


def _calendar_disagreement(mention: DateMention, day: date, weights: Weights) -> float:
    costs = weights.disagreement
    charge = 0.0
    swapped = mention.loose and mention.day == day.month and mention.months == (day.day,)
    if swapped:
        charge += costs.order
    else:
        charge += _day_cost(mention, day, weights)
        if mention.months and day.month not in mention.months:
            near = any((day.month - m) % YEAR_MONTHS in (1, 11) for m in mention.months)
            charge += costs.month_near if near else costs.month_far
    if mention.year_digits:
        charge += costs.year_damaged
    elif mention.year is not None and mention.year != day.year:
        near = abs(mention.year - day.year) == 1
        charge += costs.year_near if near else costs.year_far
    return charge


def _day_cost(mention: DateMention, day: date, weights: Weights) -> float:
    costs = weights.disagreement
    if mention.day_digits:
        return costs.day_digit if one_edit(mention.day_digits, str(day.day)) else costs.day_far
    if mention.day is None or mention.day == day.day:
        return 0.0
    if mention.months and day.month in mention.months and abs(mention.day - day.day) == 1:
        return costs.day_near
    return costs.day_digit if one_edit(str(mention.day), str(day.day)) else costs.day_far


def one_edit(told: str, meant: str) -> bool:
    """True where one digit was added, dropped, changed or swapped with its neighbour."""
    if told == meant:
        return True
    if len(told) == len(meant):
        differing = [i for i in range(len(told)) if told[i] != meant[i]]
        first, last = differing[0], differing[-1]
        swapped = last == first + 1 and (told[first], told[last]) == (meant[last], meant[first])
        return first == last or swapped
    longer, shorter = max(told, meant, key=len), min(told, meant, key=len)
    if len(longer) - len(shorter) != 1:
        return False
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))


def _candidates(told: tuple[Witness, ...], stamps: Stamps, bounds: Bounds | None) -> Iterator[date]:
    """Days that any witness says or may have meant."""
    for witness in told:
        for mention in (witness.mention, *witness.also):
            yield from _of_mention(mention, told, stamps)
    if bounds is not None:
        yield from (bounds.first + step * DAY for step in range(bounds.days + 1))


def _of_mention(mention: DateMention, told: tuple[Witness, ...], stamps: Stamps) -> Iterator[date]:
    anchor = stamps.published or stamps.updated
    if mention.relative is not None:
        if anchor is not None:
            yield anchor + mention.relative * DAY
        return
    years = _years(mention, told, stamps)
    if mention.week is not None:
        weekdays = {day for w in told for day in w.mention.weekdays}
        yield from _of_week(mention, years, mention.weekdays or tuple(sorted(weekdays)) or (1,))
        return
    if mention.told_weekday_only and not mention.day_digits:
        if anchor is not None and mention.weekdays:
            yield from (anchor + step * DAY for step in range(2 * WEEK + 1))
        return
    months = mention.months or tuple({m for w in told for m in w.mention.months})
    if months:
        stamped = (stamps.published, stamps.updated)
        months = tuple(dict.fromkeys((*months, *(s.month for s in stamped if s is not None))))
    if not months and anchor is not None:
        months = (anchor.month, anchor.month % YEAR_MONTHS + 1)
    for day in _day_numbers(mention):
        for month in _months(months):
            yield from _valid(years, month, day)
    if mention.loose and mention.day is not None:
        for month in mention.months:
            yield from _valid(years, mention.day, month)


def _of_week(
    mention: DateMention, years: tuple[int, ...], weekdays: tuple[int, ...]
) -> Iterator[date]:
    for year in years:
        for weekday in weekdays:
            if mention.week is not None and mention.week <= date(year, 12, 28).isocalendar().week:
                yield date.fromisocalendar(year, mention.week, weekday)


def _years(mention: DateMention, told: tuple[Witness, ...], stamps: Stamps) -> tuple[int, ...]:
    """The year told, its neighbours, the years of the other witnesses and the stamps."""
    years = {w.mention.year for w in told if w.mention.year is not None}
    if mention.year is not None:
        years |= {mention.year - 1, mention.year + 1}
    for stamp in (stamps.published, stamps.updated):
        if stamp is not None:
            years |= {stamp.year - 1, stamp.year, stamp.year + 1}
    return tuple(sorted(year for year in years if FIRST_YEAR <= year <= LAST_YEAR))


def _day_numbers(mention: DateMention) -> tuple[int, ...]:
    """The day told, the days beside it, and what its digits may have been."""
    digits = mention.day_digits or str(mention.day)
    near = (mention.day, mention.day - 1, mention.day + 1) if mention.day is not None else ()
    edited = (day for day in range(1, 32) if one_edit(digits, str(day)))
    return tuple(dict.fromkeys((*near, *edited)))


def _months(months: Iterable[int]) -> tuple[int, ...]:
    found = [m for month in months for m in (month, month % YEAR_MONTHS + 1, (month - 2) % 12 + 1)]
    return tuple(dict.fromkeys(found))


def _valid(years: Iterable[int], month: int, day: int) -> Iterator[date]:
    for year in years:
        if 1 <= month <= YEAR_MONTHS and 1 <= day <= calendar.monthrange(year, month)[1]:
            yield date(year, month, day)
