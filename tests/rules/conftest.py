"""Property tests of this room look at meaning, not at time: a busy machine fails none of them."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
