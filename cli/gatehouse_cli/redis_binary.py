"""Gets a Redis for the tests: the `redis-server` on the PATH where it is new enough, else a pinned one from Debian's packages."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import places
from .fetch import keep
from .trouble import Trouble

OLDEST = 7
VERSION = "5:8.0.2-3+deb13u3"
SUITE = "trixie"
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
    if not (shutil.which("apt-get") and shutil.which("dpkg") and _mirror()):
        raise Trouble(f"No redis-server {OLDEST} or newer on the PATH, and no Debian packages to take one from; install Redis.")


def _mirror() -> str | None:
    """The Debian mirror that this machine is set up with."""
    for file in (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list")):
        if file.exists():
            found = re.search(r"^(?:URIs:|deb)\s+(?:\[[^]]*]\s+)?(\S+)", file.read_text(encoding="utf-8"), re.MULTILINE)
            if found:
                return found.group(1)
    return None


def _unpack_packages() -> None:
    """Downloads with an apt state of its own, which checks signatures and changes nothing in the system."""
    places.cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.cache(), prefix="download-") as scratch:
        folder = Path(scratch)
        apt = ["apt-get", "-q", *_private_state(folder)]
        _call([*apt, "update"], folder)
        _call([*apt, "download", f"redis-server={VERSION}", f"redis-tools={VERSION}",
               *(f"{library}/{SUITE}" for library in LIBRARIES)], folder)
        for package in folder.glob("*.deb"):
            _call(["dpkg", "-x", str(package), str(folder / "unpacked")], folder)
        script = folder / "unpacked" / "redis-server"
        script.write_text(START_SCRIPT, encoding="ascii")
        script.chmod(0o755)
        keep(folder / "unpacked", _start_script().parent)


def _private_state(folder: Path) -> list[str]:
    sources = folder / "suite.sources"
    sources.write_text(f"Types: deb\nURIs: {_mirror()}\nSuites: {SUITE}\nComponents: main\n"
                       "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n", encoding="ascii")
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    options = {"Dir::Etc::sourcelist": sources, "Dir::Etc::sourceparts": "-", "Dir::State::lists": folder / "lists",
               "Dir::Cache": folder / "cache", "APT::Sandbox::User": "root"}
    return [part for name, value in options.items() for part in ("-o", f"{name}={value}")]


def _call(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if line.startswith("E:")] or ["no message"]
        raise Trouble(f"Redis {VERSION} could not be taken from Debian's packages: {errors[0]}")
