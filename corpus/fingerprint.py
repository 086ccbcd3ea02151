"""The corpus fingerprint: what the figures were measured on."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from vindue.corpus.cases import SOURCES, page_path
from vindue.corpus.labels import ROOT, label_paths


def fingerprint(root: Path = ROOT) -> str:
    """Sixteen hex digits over page and label files, in a fixed order.

    Line ends don't count, so a checkout under Windows gives the same.
    """
    folders = [root / "skat" / "gold", *(root / name for name in SOURCES if name != "skat")]
    paths = [page_path(root), *(path for folder in folders for path in label_paths(folder))]
    digest = sha256()
    for path in paths:
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]
