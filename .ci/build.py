"""Builds the wheel and the source archive, the same bytes whenever and wherever it is done.

``SOURCE_DATE_EPOCH`` settles the times. setuptools writes a wheel that depends
on nothing else; its archive bears the times and owners of the checkout, so it
is written anew here.
"""

from __future__ import annotations

import gzip
import io
import os
import sys
import tarfile
from pathlib import Path

from setuptools import build_meta


def settled(archive: Path, epoch: int) -> bytes:
    """The archive in order of names, with one time and no owner."""
    raw = io.BytesIO()
    with tarfile.open(archive) as old, tarfile.open(fileobj=raw, mode="w") as new:
        for member in sorted(old.getmembers(), key=lambda item: item.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = epoch, 0, 0, "", ""
            member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
            member.pax_headers = {}
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
    return gzip.compress(raw.getvalue(), mtime=epoch)


def main() -> None:
    """Build the project that stands here into the folder named as argument."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    os.umask(0o022)
    archive = out / build_meta.build_sdist(str(out))
    archive.write_bytes(settled(archive, int(os.environ["SOURCE_DATE_EPOCH"])))
    build_meta.build_wheel(str(out))


if __name__ == "__main__":
    main()
