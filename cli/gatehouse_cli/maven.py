"""Runs Maven: the one on the PATH where it is new enough, else the wrapper `mvnw`, which brings its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import java
from .places import ROOT
from .trouble import Trouble

OLDEST = (3, 8, 7)


# Maven's own libraries call what Java 25 warns of; the warnings would hide Maven's messages.
QUIET_JVM = "--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"


def environment() -> dict:
    """The environment for Maven and the programs it starts: this one, with JAVA_HOME set to a JDK 25."""
    options = f"{os.environ.get('MAVEN_OPTS', '')} {QUIET_JVM}".strip()
    return {**os.environ, "JAVA_HOME": str(java.find()), "MAVEN_OPTS": options}


def version_of(printed: str) -> tuple[int, ...]:
    """The version in the output of `mvn --version`; () where there is none."""
    found = re.search(r"Apache Maven (\d+)\.(\d+)\.(\d+)", printed)
    return tuple(int(part) for part in found.groups()) if found else ()


def command(env: dict, root: Path = ROOT) -> list[str]:
    """How to call Maven."""
    on_path = shutil.which("mvn", path=env.get("PATH"))
    if on_path and version_of(_version(on_path, env)) >= OLDEST:
        return [on_path]
    wrapper = root / "mvnw"
    if not wrapper.exists():
        raise Trouble(f"No Maven {'.'.join(map(str, OLDEST))} or newer on the PATH, and no wrapper mvnw in {root}; "
                      "install Maven.")
    return [str(wrapper)]


def run(arguments: list[str], env: dict, quiet: bool = False) -> int:
    """Runs Maven in the project's root; its exit code. When quiet, only errors are printed."""
    quietly = ["-q"] if quiet else []
    return subprocess.call(command(env) + ["-B"] + quietly + arguments, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)


def _version(mvn: str, env: dict) -> str:
    try:
        return subprocess.run([mvn, "--version"], env=env, capture_output=True, text=True, timeout=60).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
