"""Runs the program and writes down every pattern that it compiles; a process of its own.

``re`` and ``regex`` are watched from before the first module is imported. A
line of JSON for each pattern: where it is compiled, and by what it is used.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import regex

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("grammars", "nlp", "out", "watch")
"""What reads notices; the tools of the corpus and of training read our own."""
USES: Final = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
Key = tuple[str, int]


class Watched:
    """A compiled pattern that notes how it is used."""

    def __init__(self, pattern: Any, uses: set[str]) -> None:
        self._pattern, self._uses = pattern, uses

    def __getattr__(self, name: str) -> Any:
        if name in USES:
            self._uses.add(name)
        return getattr(self._pattern, name)


class Notebook:
    """Every pattern seen, with the places that compile it and its uses."""

    def __init__(self) -> None:
        self.places: dict[Key, set[str]] = {}
        self.uses: dict[Key, set[str]] = {}

    def note(self, pattern: Any, flags: int, place: str) -> set[str]:
        """The set in which the uses of ``pattern`` are gathered."""
        text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
        self.places.setdefault((text, int(flags)), set()).add(place)
        return self.uses.setdefault((text, int(flags)), set())

    def watch(self, module: ModuleType) -> None:
        """See to it that what ``module`` compiles from now on is noted."""
        plain = module.compile

        def compile_watched(pattern: Any, flags: int = 0, **rest: Any) -> Any:
            place = _place()
            if place is None or not isinstance(pattern, str | bytes):
                return plain(pattern, flags, **rest)
            return Watched(plain(pattern, flags, **rest), self.note(pattern, flags, place))

        def at_once(name: str) -> Callable[..., Any]:
            original = getattr(module, name)

            def used(pattern: Any, *arguments: Any, **rest: Any) -> Any:
                place = _place()
                if place is not None and isinstance(pattern, str | bytes):
                    self.note(pattern, 0, place).add(name)
                return original(pattern, *arguments, **rest)

            return used

        module.__dict__["compile"] = compile_watched
        for name in USES:
            setattr(module, name, at_once(name))


def _place() -> str | None:
    """Where in the rooms the caller of the watched function stands."""
    frame = sys._getframe(2)
    path = Path(frame.f_code.co_filename).resolve()
    if not path.is_relative_to(ROOT) or path.relative_to(ROOT).parts[0] not in ROOMS:
        return None
    return f"{path.relative_to(ROOT).as_posix()}:{frame.f_lineno}"


def run() -> None:
    """Read the page and a file of every form, and write them out in every way."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            importlib.import_module(f"vindue.{name}".removesuffix(".__init__"))
    from vindue.corpus.cases import load_cases, page_path  # noqa: PLC0415
    from vindue.nlp.batch import Batch, read_batches  # noqa: PLC0415
    from vindue.nlp.inputs import Settings, read_text  # noqa: PLC0415
    from vindue.out.lint import lint  # noqa: PLC0415
    from vindue.out.translate import unread  # noqa: PLC0415

    files = sorted(path for path in (ROOT / "tests/adapters/files").rglob("*") if path.is_file())
    for batch in read_batches([str(page_path()), *map(str, files)], "auto", Settings()):
        if isinstance(batch, Batch):
            list(batch.records)
    for case in load_cases("own", "train")[::8]:
        record = read_text(case.text, case.name, Settings())
        unread(case.text, record)
        lint(case.text, [record])


def main() -> None:
    """Watch, run, and print what was seen."""
    notebook = Notebook()
    notebook.watch(re)
    notebook.watch(regex)
    run()
    for key, places in notebook.places.items():
        pattern, flags = key
        told = {"pattern": pattern, "flags": flags}
        told |= {"places": sorted(places), "uses": sorted(notebook.uses[key])}
        print(json.dumps(told))


if __name__ == "__main__":
    main()
