"""Gets a Redis for the tests: the `redis-server` on the PATH where it is new enough, else a pinned one from Debian's packages."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from pathlib import Path

from . import debian, places
from .trouble import Trouble

OLDEST = 7
VERSION = "5:8.0.2-3+deb13u3"
LIBRARIES = ("libc6", "libssl3t64", "libjemalloc2", "liblzf1", "libstdc++6", "libgcc-s1", "libatomic1", "libsystemd0", "libcap2",
             "libzstd1", "zlib1g")

# Debian 12 is older than the packages: they are started through their own loader and libraries.
START_SCRIPT = """#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)
libraries=$(dirname "$here"/usr/lib/*/ld-linux-*.so.*)
exec "$libraries"/ld-linux-*.so.* --argv0 redis-server --library-path "$libraries" "$here/usr/bin/redis-server" "$@"
"""


def find() -> Path:
    """A Redis that is here already; the path of its start command."""
    on_path = shutil.which("redis-server")
    if on_path and _major(on_path) >= OLDEST:
        return Path(on_path)
    if _start_script().exists():
        return _start_script()
    raise Trouble(f"No redis-server {OLDEST} or newer on the PATH; './gatehouse test --setup' gets one on Debian.")


def set_up() -> Path:
    """A Redis, taken from Debian's packages where the machine has none; the path of its start command."""
    try:
        return find()
    except Trouble:
        _require_debian()
        _unpack_packages()
        return _start_script()


def _start_script() -> Path:
    upstream = VERSION.split(":")[1].split("-")[0]
    return places.cache() / f"redis-{upstream}-{platform.machine()}" / "redis-server"


def _major(binary: str) -> int:
    found = re.search(r"v=(\d+)", subprocess.run([binary, "--version"], capture_output=True, text=True).stdout)
    return int(found.group(1)) if found else 0


def _require_debian() -> None:
    if not debian.is_here():
        raise Trouble(f"No redis-server {OLDEST} or newer on the PATH, and no Debian packages to take one from; install Redis.")


def _unpack_packages() -> None:
    packages = [f"redis-server={VERSION}", f"redis-tools={VERSION}", *(f"{library}/{debian.SUITE}" for library in LIBRARIES)]
    debian.unpack(f"Redis {VERSION}", packages, _start_script().parent, _add_start_script)


def _add_start_script(folder: Path) -> None:
    script = folder / "redis-server"
    script.write_text(START_SCRIPT, encoding="ascii")
    script.chmod(0o755)
