"""The id that the program gives to each case, made by the program's own function.

Taken from the labels' stamps and texts alone, so that an export needs no parse.
"""

from __future__ import annotations

from collections.abc import Sequence

from vindue.corpus.cases import Case
from vindue.grammars.load import load_profile
from vindue.nlp.identity import base_id, number_equals
from vindue.nlp.inputs import AUTO, choose_profile
from vindue.nlp.spans import Notice, Span


def _base(case: Case) -> str:
    whole = Span(0, len(case.text))
    page = case.source == "skat"
    profile = load_profile("skat") if page else choose_profile(case.text, AUTO)
    notice = Notice(
        text=case.text,
        span=whole,
        body=whole,
        line=1,
        published_at=case.label.published_at if page else None,
        published=whole if page else None,
    )
    return base_id(notice, profile)


def record_ids(cases: Sequence[Case]) -> dict[str, str]:
    """Ids by case name. ``cases`` holds whole pages: equal stamps are numbered."""
    page = [case for case in cases if case.source == "skat"]
    numbered = number_equals([_base(case) for case in page])
    ids = {case.name: notice_id for case, notice_id in zip(page, numbered, strict=True)}
    return ids | {case.name: _base(case) for case in cases if case.source != "skat"}
