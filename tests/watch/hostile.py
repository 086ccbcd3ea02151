"""Notices by somebody who wants the reader's page to do something."""

from __future__ import annotations

from typing import Any

from tests.out_records import impact, make, revision, window
from vindue.nlp.record import Record
from vindue.watch.captures import Seen

SCRIPT = "<script>window.hacked = true</script>"
ATTACKS = (
    SCRIPT,
    "</script><script>window.hacked = true</script>",
    "<!--<script>",
    '"><img src=x onerror="window.hacked = true">',
    "' onfocus='window.hacked = true' autofocus='",
    "</style><svg onload=window.hacked=true>",
    "javascript:window.hacked=true",
    "{{ 7 * 7 }}{% raw %}",
    "\u2028window.hacked = true//",
    "\u202egnitide\u202c\x00\x1b[31m\ud800",
    "</mark></div></details></article></main><form action=//evil.example>",
    "&lt;script&gt;&#60;script&#62;",
)


def attacked(attack: str) -> Seen:
    """A notice with the attack in every field that can hold it."""
    attack = attack.encode("utf-8", "replace").decode()
    text = f"{attack}\nfor {attack} and more"
    evidence: list[dict[str, Any]] = [
        {"field": "/title", "start": 0, "end": len(attack), "text": attack},
        {"field": f"/windows/{attack}", "start": 2, "end": len(text), "text": text[2:]},
    ]
    record = make(
        window("2026-05-30T08:00:00+02:00", "2026-05-30T18:00:00+02:00", systems=[attack]),
        id=attack,
        title=attack,
        tags=[attack],
        systems=[attack],
        work_orders=[attack],
        status="duplicate",
        duplicate_of=attack,
        published_at="2026-05-18T08:45:00+02:00",
        impacts=[{**impact("file", "rejected", attack), "text": attack}],
        revisions=[revision("info")],
        evidence=evidence,
        diagnostics=[{"code": "a.b", "level": "error", "message": attack, "found": attack}],
        source={"profile": attack, "name": attack, "start": 0, "end": len(text), "line": 1},
    )
    return Seen(record, text)


def hostile() -> list[Seen]:
    """One notice for each attack, and one that is sound."""
    return [*(attacked(attack) for attack in ATTACKS), Seen(sound())]


def sound() -> Record:
    """Something to be found beside them."""
    return make(
        window("2026-05-20T08:00:00+02:00", "2026-05-20T18:00:00+02:00"),
        id="sound",
        impacts=[impact("file", "rejected", "dms-import")],
    )
