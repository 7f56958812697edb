"""Finds a JDK 25, also where the default `java` is older."""

from __future__ import annotations

import glob
import os
import re
import shutil
from pathlib import Path

from .trouble import Trouble

NEEDED = 25

USUAL_FOLDERS = (
    "/usr/lib/jvm/*",
    "/usr/java/*",
    "/usr/local/java/*",
    "/opt/java/*",
    "/opt/*jdk*",
    "~/.sdkman/candidates/java/*",
    "~/.jdks/*",
    "~/.local/share/mise/installs/java/*",
    "~/.asdf/installs/java/*",
    "/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "~/Library/Java/JavaVirtualMachines/*/Contents/Home",
    "/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
    "/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home",
)


def major(home: Path) -> int | None:
    """The feature version of the JDK in this folder, read from its `release` file; None where there is no JDK."""
    if not (home / "bin" / "javac").exists():
        return None
    try:
        release = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    return int(found.group(1)) if found else None


def candidates(environment=os.environ, folders=USUAL_FOLDERS):
    """Places to look at, best first: JAVA_HOME, the `java` on the PATH, the usual folders."""
    if environment.get("JAVA_HOME"):
        yield Path(environment["JAVA_HOME"])
    on_path = shutil.which("java", path=environment.get("PATH"))
    if on_path:
        yield Path(on_path).resolve().parents[1]
    for pattern in folders:
        yield from (Path(match) for match in sorted(glob.glob(os.path.expanduser(pattern)), reverse=True))


def find(environment=os.environ, folders=USUAL_FOLDERS) -> Path:
    """The home of a JDK 25: exactly 25 before a newer one, JAVA_HOME before the rest."""
    seen = [(home, version) for home in candidates(environment, folders) if (version := major(home))]
    exact = [home for home, version in seen if version == NEEDED]
    newer = [home for home, version in seen if version > NEEDED]
    if exact or newer:
        return (exact + newer)[0]
    others = ", ".join(sorted({f"{version} in {home}" for home, version in seen})) or "none"
    raise Trouble(f"No JDK {NEEDED} found (found: {others}); install one, for example Eclipse Temurin {NEEDED}, "
                  "or set JAVA_HOME to it.")
