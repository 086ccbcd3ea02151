"""What holds for all tests: Hypothesis looks at what comes out, not at how long it takes."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("vindue", deadline=None)
settings.load_profile("vindue")
