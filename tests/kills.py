"""A batch killed at random moments that goes on each time: is its output that of a quiet run?

``python -m tests.kills --notices 5000 --kills 200``: batches are killed and
resumed until so many kills were survived; exit 1 at the first byte that
differs.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from vindue.corpus.cases import load_cases


def write_batch(path: Path, count: int, chance: random.Random) -> None:
    """So many notices of the corpus' train part, as JSON lines."""
    cases = load_cases(split="train")
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            case = chance.choice(cases)
            at = case.label.published_at
            value = {"id": str(number), "text": case.text, "published_at": at and at.isoformat()}
            file.write(json.dumps(value, ensure_ascii=False) + "\n")


def parse(batch: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    """A run of the command in a process of its own."""
    command = [sys.executable, "-m", "vindue", "parse", str(batch), "--output", str(output)]
    return subprocess.Popen([*command, *options])


def killed_until_whole(
    batch: Path, output: Path, chance: random.Random, longest: float, most: int
) -> int:
    """Kill and resume until the output is there, the last time without a kill; how many kills."""
    kills = 0
    while not output.exists():
        jobs = chance.choice("112")
        run = parse(batch, output, "--resume", "--jobs", jobs)
        try:
            wait = chance.uniform(0, longest) if kills < most else None
            done = run.wait(wait)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            kills += 1
        else:
            if done != 0:
                raise RuntimeError(f"a resumed run ended with {done}")
    return kills


def left_behind(folder: Path) -> list[str]:
    """What a run leaves beside its output."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith("."))


def main() -> None:
    """See the top of the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--longest", type=float, default=8.0, help="seconds before a kill")
    parser.add_argument("--each", type=int, default=20, help="kills of one batch at most")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        batch, quiet, output = (folder / n for n in ("batch.jsonl", "quiet.jsonl", "out.jsonl"))
        write_batch(batch, asked.notices, chance)
        started = time.monotonic()
        parse(batch, quiet).wait()
        print(f"a quiet run: {time.monotonic() - started:.0f} s", flush=True)
        kills = batches = 0
        while kills < asked.kills:
            most = min(asked.each, asked.kills - kills)
            kills += killed_until_whole(batch, output, chance, asked.longest, most)
            batches += 1
            same = output.read_bytes() == quiet.read_bytes()
            print(f"{kills} kills, {batches} batches, the same: {same}", flush=True)
            if not same:
                sys.exit(1)
            if left_behind(folder):
                sys.exit(f"left behind: {left_behind(folder)}")
            output.unlink()


if __name__ == "__main__":
    main()
