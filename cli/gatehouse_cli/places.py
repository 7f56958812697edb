"""Where things lie: in the clone, in its run folder, and in the cache folder shared by all clones."""

from __future__ import annotations

import os
import platform
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / ".gatehouse" / "run"
LOGS = RUN / "logs"
LOCAL_POLICIES = ROOT / "deploy" / "local" / "policies"


def cache(environment=os.environ, system: str | None = None) -> Path:
    """The cache folder: GATEHOUSE_CACHE, else `gatehouse` in the user's cache folder."""
    named = environment.get("GATEHOUSE_CACHE")
    if named:
        return Path(named).expanduser()
    if (system or platform.system()) == "Darwin":
        return Path.home() / "Library" / "Caches" / "gatehouse"
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "gatehouse"
