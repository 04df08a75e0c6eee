"""Hypothesis profiles: a short fresh search on a desk, the same examples every time under CI.

``pytest --hypothesis-profile full`` is what `.ci/run` searches once, ``thorough`` a search for
longer; ``brief`` only looks again, where another interpreter has searched already.
"""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("dev", max_examples=15, deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None)
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, database=None)
settings.register_profile("full", settings.get_profile("ci"), max_examples=50)
settings.register_profile("brief", settings.get_profile("ci"), max_examples=10)
settings.load_profile("ci" if os.environ.get("CI") else "dev")
