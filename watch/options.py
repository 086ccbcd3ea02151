"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

ProfileOption = Annotated[str, typer.Option("--profile", help="How a page is read: as in parse.")]
ZoneOption = Annotated[
    str | None, typer.Option("--timezone", metavar="ZONE", help="Zone of the page's local times.")
]
