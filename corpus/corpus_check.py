"""Flaws of the corpus as a whole: what is missing, double or out of place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vindue.corpus.cases import Case, page_cases, page_notices, text_cases
from vindue.corpus.check import check_case
from vindue.corpus.fingerprint import fingerprint
from vindue.corpus.floors import load_floors
from vindue.corpus.labels import (
    ROOT,
    Label,
    LabelError,
    Source,
    TextLabel,
    label_paths,
    read_label,
    read_text_label,
)
from vindue.corpus.paraphrases import sentence_flaws
from vindue.corpus.splits import PARTS, split_of

TEXT_SOURCES: tuple[Source, ...] = ("own", "negatives")
EVERY = 5  # every fifth notice of the page has a second label


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong; ``where`` is a file or a part of the corpus."""

    where: str
    message: str


def _unreadable(root: Path) -> Iterator[Flaw]:
    readers: list[tuple[Path, type[Label]]] = []
    for folder in ("gold", "second"):
        readers += [(path, Label) for path in label_paths(root / "skat" / folder)]
    for source in TEXT_SOURCES:
        readers += [(path, TextLabel) for path in label_paths(root / source)]
    for path, model in readers:
        try:
            read_text_label(path) if model is TextLabel else read_label(path)
        except LabelError as error:
            yield Flaw(_name(path, root), str(error).removeprefix(f"{path}: "))


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def check_page(cases: Sequence[Case], root: Path) -> Iterator[Flaw]:
    """Each notice of the page has one label, and its stamp is the label's."""
    notices = {notice.ordinal: notice for notice in page_notices(root)}
    count = Counter(case.label.ordinal for case in cases)
    for ordinal in notices:
        if count[ordinal] != 1:
            yield Flaw("skat/gold", f"notice {ordinal} has {count[ordinal]} labels, not one")
    for case in cases:
        where = _name(case.path, root)
        if case.path.stem != f"{case.label.ordinal:04d}":
            yield Flaw(where, f"ordinal {case.label.ordinal} does not fit the file's name")
        if not case.label.title:
            yield Flaw(where, "a page notice has a title")
        at = case.label.published_at
        stamp = notices[case.label.ordinal or 0].stamp
        if at is None or at.strftime("%d-%m-%Y %H:%M:%S") != stamp:
            yield Flaw(where, f"published_at is not the stamp {stamp}")


def check_second(second: Sequence[Case], root: Path) -> Iterator[Flaw]:
    """Every fifth notice is labelled a second time, once there are any."""
    there = {case.label.ordinal for case in second}
    wanted = range(EVERY, len(page_notices(root)) + 1, EVERY)
    if there:
        for ordinal in wanted:
            if ordinal not in there:
                yield Flaw("skat/second", f"notice {ordinal} has no second label")


def check_negatives(cases: Sequence[Case], root: Path) -> Iterator[Flaw]:
    """A negative has no window."""
    for case in cases:
        if case.label.windows:
            yield Flaw(_name(case.path, root), "a negative has a window")


def check_splits(cases: Sequence[Case]) -> Iterator[Flaw]:
    """Each source has every part; no text stands in two; test is as hard as train."""
    parts = Counter((case.source, case.split) for case in cases)
    hard = Counter((case.source, case.split) for case in cases if case.hard)
    for source in sorted({case.source for case in cases}):
        for part in PARTS:
            if not parts[source, part]:
                yield Flaw(source, f"no notice in {part}")
        tests = sum(case.source == source and case.split == "test" for case in cases)
        if source == "own" and 2 * hard[source, "test"] < tests:
            yield Flaw(source, "half of the test part or more must be hard")
    places: dict[str, set[str]] = {}
    for case in cases:
        places.setdefault(" ".join(case.text.split()), set()).add(f"{case.split} ({case.name})")
    for where in places.values():
        if len({place.split()[0] for place in where}) > 1:
            yield Flaw("splits", f"one text in two parts: {', '.join(sorted(where))}")


def check_fingerprint(root: Path) -> Iterator[Flaw]:
    """The figures in ``floors.toml`` were measured on these labels."""
    stored, now = load_floors(root / "floors.toml").fingerprint, fingerprint(root)
    if stored and stored != now:
        yield Flaw(
            "floors.toml",
            f"the corpus is {now}, the floors were set on {stored}: "
            "score again, then set the fingerprint on purpose",
        )


def _split_flaw(path: Path) -> str | None:
    label = read_label(path)
    try:
        if label.published_at is not None:
            split_of(label.published_at)
    except ValueError as error:
        return str(error)
    return None


def check_corpus(root: Path = ROOT) -> list[Flaw]:
    """All flaws of all labels under ``root``, unreadable files first.

    Where files can't be read, the rest is not checked: joins would only
    repeat the same complaint.
    """
    flaws = list(_unreadable(root))
    if not flaws:
        for path in label_paths(root / "skat" / "gold"):
            if message := _split_flaw(path):
                flaws.append(Flaw(_name(path, root), message))
    if flaws:
        return flaws
    try:
        gold, second = page_cases(root=root), page_cases("second", root)
    except LabelError as error:
        return [Flaw("skat", str(error))]
    own, negatives = (text_cases(source, root) for source in TEXT_SOURCES)
    for case in [*gold, *second, *own, *negatives]:
        flaws += [Flaw(_name(case.path, root), message) for message in check_case(case)]
    flaws += check_page(gold, root)
    flaws += check_second(second, root)
    flaws += check_negatives(negatives, root)
    flaws += check_splits([*gold, *own, *negatives])
    flaws += [Flaw(where, message) for where, message in sentence_flaws(root)]
    flaws += check_fingerprint(root)
    return flaws
