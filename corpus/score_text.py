"""The score as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vindue.corpus.compare import Comparison
from vindue.corpus.paint import Paint, table
from vindue.corpus.report import NoticeScore, Report
from vindue.corpus.score import SURE, Group
from vindue.corpus.views import Item

# More of the evidence is in the record itself.
_PROOFS = 10

_GROUP_FIELDS = ("whole", "windows", "status", "systems", "impacts", "fallback", "revisions")


def percent(value: float) -> str:
    """One decimal, rounded down: 100.0 is said of all only."""
    return f"{int(value * 1000 + 1e-9) / 10:.1f}"


def item_text(items: Sequence[Item]) -> str:
    """Items side by side, a blank between the parts of one."""
    return "; ".join(" ".join(item) for item in items)


def _field_lines(report: Report) -> list[str]:
    rows = [["field", "precision", "recall", "F1", "exact", "missing", "extra"]]
    for name, score in report.fields.items():
        rates = (score.precision, score.recall, score.f1, score.exact)
        rows.append([name, *map(percent, rates), str(score.missing), str(score.extra)])
    rows.append(["whole notice", "", "", "", percent(report.whole), "", ""])
    return table(rows)


def _group_lines(name: str, groups: dict[str, Group]) -> list[str]:
    rows = [[f"exact by {name}", "notices", *_GROUP_FIELDS]]
    for key, group in groups.items():
        rates = [percent(group.exact[field]) for field in _GROUP_FIELDS]
        rows.append([key, str(group.notices), *rates])
    return table(rows)


def _reliability_lines(report: Report) -> list[str]:
    told = report.reliability
    rows = [["confidence from", "windows", "right", "mean"]]
    for each in told.bins:
        rows.append(
            [f"{each.low:.2f}", str(each.windows), percent(each.right), percent(each.confidence)]
        )
    return [
        *table(rows),
        f"expected calibration error {told.error:.3f}; "
        f"of {told.sure_windows} windows from {SURE}: {percent(told.sure_right)} % right",
    ]


def notice_lines(name: str, notice: NoticeScore, paint: Paint) -> Iterator[str]:
    """A failing notice: what is wrong, and what the program read it from."""
    traits = ", ".join(notice.difficulty) + (", unsure" if notice.unsure else "")
    yield f"{paint(name, 'bold')}  {notice.id or 'no record'}  {notice.split}  ({traits})"
    for field, miss in notice.wrong.items():
        if miss.missing:
            yield f"  {field}  {paint('label', 'green')}   {item_text(miss.missing)}"
        if miss.extra:
            yield f"  {field}  {paint('record', 'red')}  {item_text(miss.extra)}"
    for proof in notice.proofs[:_PROOFS]:
        yield paint(f"    {proof.field}: {proof.text!r}", "dim")


def _failing_lines(report: Report, paint: Paint, limit: int | None) -> Iterator[str]:
    """The notices that are not exact; those of the test part only where it was asked for.

    Test is for measuring: who looks at a miss of it has read it.
    """
    failing = {name: each for name, each in report.results.items() if each.wrong}
    yield paint(f"{len(failing)} of {report.notices} notices are not exact", "bold")
    open_ = [
        (name, each)
        for name, each in failing.items()
        if each.split != "test" or report.split == "test"
    ]
    shown = open_[:limit]
    for name, notice in shown:
        yield from notice_lines(name, notice, paint)
    if len(shown) < len(open_):
        yield f"… and {len(open_) - len(shown)} more (--limit 0 shows all)"
    if len(open_) < len(failing):
        yield f"… and {len(failing) - len(open_)} of the test part, kept unread (--split test)"


def score_lines(report: Report, paint: Paint, limit: int | None = 20) -> Iterator[str]:
    """Tables, failing notices (``limit`` of them, all if null), floors missed."""
    yield paint(
        f"{report.notices} notices, source {report.source}, split {report.split}, "
        f"corpus {report.fingerprint}",
        "bold",
    )
    blocks = [_field_lines(report)]
    blocks += [_group_lines(name, groups) for name, groups in report.groups.items()]
    blocks.append(_reliability_lines(report))
    for block in blocks:
        yield ""
        yield from block
    yield ""
    yield from _failing_lines(report, paint, limit)
    for floor in report.below:
        reached, least = percent(floor.reached), percent(floor.at_least)
        yield paint(f"below the floor: {floor.name} is {reached}, must be {least}", "red")


def comparison_lines(comparison: Comparison, paint: Paint) -> Iterator[str]:
    """Better and worse, notice by notice."""
    if not comparison.same_labels:
        yield paint("the labels changed between the two scores", "yellow")
    for change in comparison.changes:
        colour = paint(change.verdict, "green" if change.verdict == "better" else "red")
        yield f"{colour}  {change.name}  {change.field}"
    for kind, names in (("new", comparison.added), ("gone", comparison.gone)):
        if names:
            yield f"{kind}: {', '.join(names)}"
    worse = sum(change.verdict == "worse" for change in comparison.changes)
    yield f"{len(comparison.changes) - worse} fields better, {worse} worse"
