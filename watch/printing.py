"""Lines to standard output and notes to standard error, for the commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import Final

import typer

EXIT_INPUT: Final = 2


def note(message: str) -> None:
    """One line on standard error."""
    from vindue.nlp.printable import printable  # noqa: PLC0415 - loaded when it is needed

    typer.echo(printable(f"vindue: {message}"), err=True)


def fail(reason: object) -> typer.Exit:
    """Tell why an input can't be read; to be raised."""
    note(str(reason))
    return typer.Exit(EXIT_INPUT)


def print_lines(lines: Iterable[str]) -> None:
    """UTF-8 whatever the locale; a reader that goes away ends it quietly."""
    try:
        for line in lines:
            sys.stdout.buffer.write(f"{line}\n".encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        forget_output()


def forget_output() -> None:
    """The interpreter flushes once more at exit, into a pipe that is gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
