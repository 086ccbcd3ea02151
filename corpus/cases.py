"""Label and text joined: one ``Case`` a notice, in page order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from vindue.corpus.labels import (
    ROOT,
    Label,
    LabelError,
    Source,
    Split,
    label_paths,
    read_label,
    read_text_label,
)
from vindue.corpus.splits import split_of
from vindue.corpus.texts import PageNotice, cut_page, read_page

SOURCES: tuple[Source, ...] = get_args(Source)
SourceChoice = Literal["skat", "own", "negatives", "all"]
SplitChoice = Literal["train", "dev", "test", "all"]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled notice.

    ``name`` is unique in the corpus (``skat/0028``, ``own/bank-1``) and stays
    the same whatever the program reads; ``text`` is the notice alone and
    ``start`` where it begins in the page (0 for a text of its own).
    """

    name: str
    source: Source
    path: Path
    text: str
    label: Label
    split: Split
    start: int = 0
    hard: bool = False

    @property
    def year(self) -> str:
        """Year of publication, ``"none"`` where that is not told."""
        at = self.label.published_at
        return str(at.year) if at else "none"


def page_path(root: Path = ROOT) -> Path:
    """The customs page as published."""
    return root / "skat" / "page.txt"


@cache
def page_notices(root: Path = ROOT) -> tuple[PageNotice, ...]:
    """The customs page, cut."""
    return tuple(cut_page(read_page(page_path(root))))


def page_cases(folder: str = "gold", root: Path = ROOT) -> list[Case]:
    """The labels of one labelling of the page, joined by ordinal.

    Raises ``LabelError`` where an ordinal is missing or beyond the page.
    """
    notices = page_notices(root)
    cases = [_page_case(path, notices) for path in label_paths(root / "skat" / folder)]
    return sorted(cases, key=lambda case: case.label.ordinal or 0)


def _page_case(path: Path, notices: tuple[PageNotice, ...]) -> Case:
    label = read_label(path)
    if label.ordinal is None or label.ordinal > len(notices):
        raise LabelError(f"{path}: ordinal {label.ordinal} is not one of the page's notices")
    if label.published_at is None:
        raise LabelError(f"{path}: a page notice has published_at")
    notice = notices[label.ordinal - 1]
    return Case(
        name=f"skat/{label.ordinal:04d}",
        source="skat",
        path=path,
        text=notice.text,
        label=label,
        split=split_of(label.published_at),
        start=notice.start,
        hard=bool(set(label.difficulty) - {"plain", "sparse"}),
    )


def text_cases(source: Source, root: Path = ROOT) -> list[Case]:
    """The cases of a folder whose files carry their text, by file name."""
    cases = []
    for path in label_paths(root / source):
        label = read_text_label(path)
        name = f"{source}/{path.stem}"
        cases.append(
            Case(name, source, path, label.text, label, label.split, hard=label.hard),
        )
    return cases


def load_cases(
    source: SourceChoice = "all", split: SplitChoice = "all", root: Path = ROOT
) -> list[Case]:
    """All cases of a source and a split; the page first, in its order."""
    cases: list[Case] = []
    for name in SOURCES:
        if source in ("all", name):
            cases += page_cases(root=root) if name == "skat" else text_cases(name, root)
    return [case for case in cases if split in ("all", case.split)]
