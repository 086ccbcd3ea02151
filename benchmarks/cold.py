"""What a first answer costs: whole processes, from nothing to their end."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks.measure import Usage, run, spread
from benchmarks.notices import PAGE

_TYPER: Final = """
import typer, pydantic
app = typer.Typer(add_completion=False)
@app.command()
def main() -> None: ...
app()
"""
COMMANDS: Final = {
    "python -c pass": "pass",
    "empty typer command, importing pydantic": _TYPER,
    "import typer, pydantic": "import typer, pydantic",
    "vindue --version": ("--version",),
    "vindue parse notice.txt": ("parse", "NOTICE"),
    "vindue parse page.txt": ("parse", str(PAGE)),
    "vindue parse page.txt --model auto": ("parse", str(PAGE), "--model", "auto"),
    "import spacy": "import spacy",
    "import dateparser.search": "import dateparser.search",
}
NOTICE: Final = (
    "PRD-servicewindow Manifest\n\nSaturday May 16, 2026, 1200-2100\n\nManifest is closed.\n"
)
LOADED: Final = """
import sys
from typer.testing import CliRunner
from vindue.cli import app
CliRunner().invoke(app, sys.argv[1:])
print(*sorted({"spacy", "dateparser", "regex", "icalendar"} & set(sys.modules)))
"""


def measure(repeats: int) -> dict[str, Any]:
    """CPU seconds and peak memory of each command; the runs take turns."""
    found: dict[str, list[Usage]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        notice = Path(folder, "notice.txt")
        notice.write_text(NOTICE, encoding="utf-8")
        for turn in range(repeats + 1):
            for name, what in COMMANDS.items():
                used = run(_command(what, notice), output=False)
                if turn:  # the first of each writes its bytecode
                    found[name].append(used)
        loaded = {
            " ".join(("vindue", *words)): _loaded(*words, notice=notice)
            for words in (("--version",), ("parse", "NOTICE"))
        }
    cpu = {name: spread(used.cpu for used in usages) for name, usages in found.items()}
    peak = {name: spread(used.peak for used in usages) for name, usages in found.items()}
    return {"cpu": cpu, "peak": peak, "loaded": loaded}


def _command(what: str | tuple[str, ...], notice: Path) -> list[str]:
    if isinstance(what, str):
        return [sys.executable, "-c", what]
    words = [str(notice) if word == "NOTICE" else word for word in what]
    return [str(Path(sys.executable).with_name("vindue")), *words]


def _loaded(*words: str, notice: Path) -> list[str]:
    command = _command(words, notice)[1:]
    return run([sys.executable, "-c", LOADED, *command]).stdout.split()
