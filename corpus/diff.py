"""A notice's label beside its record, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from vindue.corpus.cases import Case
from vindue.corpus.export import Plain, plain_label, plain_record
from vindue.corpus.paint import Paint
from vindue.corpus.views import FIELDS, Bag
from vindue.nlp.record import Record

_SILENT = "·"


def _rows(truth: Bag, told: Bag) -> Iterator[tuple[str, str]]:
    """Shared items first, then what only one side has, paired as it comes."""
    for item in sorted((truth & told).elements()):
        yield " ".join(item), " ".join(item)
    missing, extra = sorted((truth - told).elements()), sorted((told - truth).elements())
    for one, other in zip_longest(missing, extra):
        yield " ".join(one or (_SILENT,)), " ".join(other or (_SILENT,))


def beside(truth: Plain, told: Plain, paint: Paint, *, all_fields: bool = True) -> Iterator[str]:
    """Two tellings in columns; rows that part are marked ``≠`` and coloured."""
    rows = [
        (field.name, left, right)
        for field in FIELDS
        for left, right in _rows(field.bag(truth), field.bag(told))
    ]
    shown = [row for row in rows if all_fields or row[1] != row[2]]
    if not shown:
        return
    width = max(len(left) for _, left, _ in shown)
    name_width = max(len(name) for name, _, _ in shown)
    last = ""
    for name, left, right in shown:
        head = name.ljust(name_width) if name != last else " " * name_width
        last = name
        if left == right:
            yield f"{head}    {left.ljust(width)}    {right}".rstrip()
        else:
            mine, theirs = paint(left.ljust(width), "green"), paint(right, "red")
            yield f"{head}  ≠ {mine}  ≠ {theirs}"


def diff_lines(
    case: Case, record: Record | None, paint: Paint, *, all_fields: bool = True
) -> Iterator[str]:
    """Label and record of one case in columns, then the record's doubts."""
    notice_id = record.id if record else "no record"
    yield paint(f"{case.name}  {notice_id}  label beside record", "bold")
    if record is None:
        return
    truth, told = plain_label(case.label, record.id), plain_record(record)
    yield from beside(truth, told, paint, all_fields=all_fields)
    for each in record.diagnostics:
        yield paint(f"{each.level} {each.code}: {each.message}", "dim")
