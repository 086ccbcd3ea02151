"""``python -m vindue``."""

from __future__ import annotations

from vindue.cli import app

if __name__ == "__main__":
    app(prog_name="vindue")
