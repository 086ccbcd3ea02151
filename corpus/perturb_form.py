"""Meaning-preserving changes of form: punctuation, dates, ranges, blanks, order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from random import Random

from vindue.corpus.cases import Case
from vindue.corpus.edits import (
    Edit,
    Part,
    apply,
    body_part,
    quote_parts,
    substitute,
    title_part,
    words_parts,
)
from vindue.corpus.perturb_data import perturbations
from vindue.corpus.written import (
    WrittenClock,
    has_half_days,
    month_name,
    ordinal_ending,
    written_clocks,
    written_dates,
)

_INVISIBLE = ("\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad")
_BLANK = re.compile(r" ")
# A day before the date that shares its month: "4 and 11 March 2026".
_SHARED = re.compile(r"\d(?:st|nd|rd|th)?\.?\s*(?:[-–,&/]|\w{2,3})\s*(?:\w{1,3}\.?\s*)?\Z")
_WORK_ORDER = re.compile(r"^[^\S\n]*WO\d+", re.MULTILINE)


def _running(case: Case) -> list[Part]:
    """Quotes of running text; a row of a table has columns set by its blanks."""
    parts = quote_parts(case, updates=True)
    return [part for part in parts if "  " not in case.text[part.start : part.end]]


def separators(case: Case, rng: Random) -> Case | None:
    """Commas, dashes and blanks in the quotes of windows and updates."""
    each = rng.choice(perturbations().separators)
    pattern = re.compile(each.pattern)
    return apply(
        case, substitute(case, _running(case), pattern, lambda match: match.expand(each.to))
    )


def date_forms(case: Case, rng: Random) -> Case | None:
    """Each full date with a month's name in another form, the same for all."""
    words = perturbations().words(case.label.language)
    form = rng.choice(words.dates)
    edits = []
    for part in words_parts(case):
        for found in written_dates(case.text, part):
            before = case.text[part.start : found.start]
            if found.name is None or found.year is None or _SHARED.search(before):
                continue
            new = form.format(
                day=found.day,
                day2=f"{found.day:02d}",
                month2=f"{found.month:02d}",
                year=found.year,
                name=month_name(found.month, found.name),
                th=ordinal_ending(found.day),
            )
            article = new.partition(" ")[0]
            doubled = before.lower().rstrip().endswith(f" {article}")
            edits.append(
                Edit(found.start, found.end, new.removeprefix(article).lstrip() if doubled else new)
            )
    return apply(case, edits)


def _is_range(text: str, first: WrittenClock, last: WrittenClock) -> bool:
    return re.fullmatch(r"\s*[-–]\s*", text[first.end : last.start]) is not None


def range_forms(case: Case, rng: Random) -> Case | None:
    """Clock ranges in the windows' quotes in another form."""
    words = perturbations().words(case.label.language)
    edits = []
    for part in quote_parts(case):
        if has_half_days(case.text, part):
            continue
        clocks = written_clocks(case.text, part)
        for first, last in pairwise(clocks):
            if not _is_range(case.text, first, last):
                continue
            before = case.text[part.start : first.start].rstrip(" .").lower()
            led = before.endswith(tuple(words.range_leads))
            forms = [form for form in words.ranges if not (led and form[0].isalpha())]
            new = rng.choice(forms).format(
                a=f"{first.hour:02d}",
                m=f"{first.minute:02d}",
                b=f"{last.hour:02d}",
                n=f"{last.minute:02d}",
            )
            edits.append(Edit(first.start, last.end, new))
    return apply(case, edits)


def line_ends(case: Case, rng: Random) -> Case | None:
    """CRLF for LF."""
    del rng
    return replace(case, text=case.text.replace("\r\n", "\n").replace("\n", "\r\n"))


def hard_blanks(case: Case, rng: Random) -> Case | None:
    """No-break spaces for spaces in title and body."""
    new = rng.choice(("\u00a0", "\u202f"))
    return apply(case, substitute(case, words_parts(case), _BLANK, lambda _: new))


def tabs(case: Case, rng: Random) -> Case | None:
    """Tabs for some of the spaces in each quote, always for the last one."""
    edits = []
    for part in _running(case):
        blanks = [m.start() for m in _BLANK.finditer(case.text, part.start, part.end)]
        chosen = {*rng.sample(blanks, len(blanks) // 2), *blanks[-1:]}
        edits += [Edit(at, at + 1, "\t") for at in chosen]
    return apply(case, edits)


def invisible(case: Case, rng: Random) -> Case | None:
    """Zero-width characters inside the quotes, between any two characters."""
    edits = []
    for part in quote_parts(case, updates=True):
        for _ in range(3):
            at = rng.randint(part.start + 1, part.end - 1)
            edits.append(Edit(at, at, rng.choice(_INVISIBLE)))
    return apply(case, edits)


def decomposed(case: Case, rng: Random) -> Case | None:
    """Letters with accents as letter and accent."""
    del rng
    parts = [Part(p.start, p.end) for p in words_parts(case)]
    edits = []
    for part in parts:
        old = case.text[part.start : part.end]
        edits.append(Edit(part.start, part.end, unicodedata.normalize("NFD", old)))
    return apply(case, edits)


def bullets(case: Case, rng: Random) -> Case | None:
    """Another bullet at the head of each bulleted line."""
    data = perturbations().bullets
    new = rng.choice(data.forms)
    found = "".join(map(re.escape, data.found))
    pattern = re.compile(rf"(?m)^(?P<lead>[^\S\n]*)[{found}](?=[^\S\n])")
    return apply(
        case, substitute(case, [body_part(case)], pattern, lambda match: match["lead"] + new)
    )


def upper_case(case: Case, rng: Random) -> Case | None:
    """Title and body in capitals."""
    del rng
    return apply(
        case, [Edit(p.start, p.end, case.text[p.start : p.end].upper()) for p in words_parts(case)]
    )


def _foot(case: Case, body: Part) -> int:
    """Where the body's text ends: before the work order that closes it."""
    order = _WORK_ORDER.search(case.text, body.start, body.end)
    return order.start() if order else body.end


def updates_below(case: Case, rng: Random) -> Case | None:
    """Update lines that stand above the schedule go below all else."""
    del rng
    label, body = case.label, body_part(case)
    quotes = [window.quote for window in label.windows]
    if case.source != "skat" or not label.revisions or not quotes:
        return None
    if any(case.text.count(quote) != 1 for quote in quotes):
        return None
    schedule = case.text.rfind("\n", 0, min(case.text.find(quote) for quote in quotes)) + 1
    told = [case.text.find(revision.quote, body.start) for revision in label.revisions]
    if schedule <= body.start or any(not body.start <= at < schedule for at in told):
        return None
    updates, foot = case.text[body.start : schedule].strip("\n"), _foot(case, body)
    rest = case.text[schedule:foot].rstrip("\n")
    return apply(case, [Edit(body.start, foot, f"\n\n{rest}\n\n{updates}\n\n")])


def schedule_below(case: Case, rng: Random) -> Case | None:
    """The one line of the schedule goes below the sections."""
    del rng
    label, body = case.label, body_part(case)
    quotes = {window.quote for window in label.windows}
    if case.source != "skat" or label.revisions or len(quotes) != 1:
        return None
    (quote,) = quotes
    start = case.text.find(quote, body.start)
    if start < 0 or case.text.count(quote, body.start) != 1:
        return None
    start = case.text.rfind("\n", 0, start) + 1
    end, foot = case.text.find("\n", start), _foot(case, body)
    if not body.start < start < end < foot:
        return None
    line, rest = case.text[start:end], case.text[end:foot].strip("\n")
    return apply(case, [Edit(start, foot, f"{rest}\n\n{line}\n\n")])


def date_first(case: Case, rng: Random) -> Case | None:
    """A title that ends with its date begins with it."""
    del rng
    title = title_part(case)
    if title is None:
        return None
    dates = written_dates(case.text, title)
    if len(dates) != 1 or dates[0].end != title.end or dates[0].name is None:
        return None
    # The weekday before it goes along.
    lead = re.search(r"(?:[^\W\d_]+day,?[ ]|[^\W\d_]+dag,?[ ])?\Z", case.text[: dates[0].start])
    start = lead.start() if lead else dates[0].start
    head = case.text[title.start : start].rstrip(" ,-")
    if not head:
        return None
    return apply(case, [Edit(title.start, title.end, f"{case.text[start : title.end]} {head}")])
