"""Very many notices in one process: does memory stay, does it slow down?

``python -m tests.soak --notices 300000`` prints, for each part of the way, the
resident memory and the processor time of a notice.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from pathlib import Path

import vindue
from vindue.corpus.cases import Case, load_cases


def memory() -> float:
    """Resident memory of this process now, in MB (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def changed(case: Case, number: int) -> str:
    """The notice with a line that no other has, so that no cache holds all of it."""
    return f"{case.text.rstrip()}\n\nTicket no. {number * 7919}, change {number % 977}\n"


def main() -> None:
    """See the top of the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=300_000)
    parser.add_argument("--parts", type=int, default=30)
    parser.add_argument("--longest", type=int, default=500, help="signs of a notice at most")
    asked = parser.parse_args()
    cases = [case for case in load_cases(split="train") if len(case.text) <= asked.longest]
    chance = random.Random(1)
    each = asked.notices // asked.parts
    for part in range(asked.parts):
        begun = time.process_time()
        for number in range(part * each, (part + 1) * each):
            case = chance.choice(cases)
            vindue.parse(changed(case, number), published_at=case.label.published_at)
        took = (time.process_time() - begun) / each * 1000
        print(f"{(part + 1) * each} notices  {memory():.1f} MB  {took:.2f} ms each", flush=True)


if __name__ == "__main__":
    main()
