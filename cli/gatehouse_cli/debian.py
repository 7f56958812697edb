"""Takes programs out of Debian's packages without changing anything in the system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Callable

from . import places
from .fetch import keep
from .trouble import Trouble

SUITE = "trixie"


def is_here() -> bool:
    """Whether this machine has Debian's tools and a mirror."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg") and _mirror())


def unpack(what: str, packages: list[str], place: Path, finish: Callable[[Path], None] = lambda folder: None) -> None:
    """Unpacks these packages of the suite into one folder, lets `finish` add to it, and moves it to its place.

    what -- names it in a message
    packages -- each as apt names it, with `=VERSION` or `/SUITE`
    """
    places.cache().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.cache(), prefix="download-") as scratch:
        folder = Path(scratch)
        apt = ["apt-get", "-q", *_private_state(folder)]
        _call(what, [*apt, "update"], folder)
        _call(what, [*apt, "download", *packages], folder)
        for package in folder.glob("*.deb"):
            _call(what, ["dpkg", "-x", str(package), str(folder / "unpacked")], folder)
        finish(folder / "unpacked")
        keep(folder / "unpacked", place)


def _mirror() -> str | None:
    """The Debian mirror that this machine is set up with."""
    for file in (Path("/etc/apt/sources.list.d/debian.sources"), Path("/etc/apt/sources.list")):
        if file.exists():
            found = re.search(r"^(?:URIs:|deb)\s+(?:\[[^]]*]\s+)?(\S+)", file.read_text(encoding="utf-8"), re.MULTILINE)
            if found:
                return found.group(1)
    return None


def _private_state(folder: Path) -> list[str]:
    """An apt state of its own, which checks signatures."""
    sources = folder / "suite.sources"
    sources.write_text(f"Types: deb\nURIs: {_mirror()}\nSuites: {SUITE}\nComponents: main\n"
                       "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\n", encoding="ascii")
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    options = {"Dir::Etc::sourcelist": sources, "Dir::Etc::sourceparts": "-", "Dir::State::lists": folder / "lists",
               "Dir::Cache": folder / "cache", "APT::Sandbox::User": "root"}
    return [part for name, value in options.items() for part in ("-o", f"{name}={value}")]


def _call(what: str, command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    if done.returncode != 0:
        errors = [line for line in done.stderr.splitlines() if line.startswith("E:")] or ["no message"]
        raise Trouble(f"{what} could not be taken from Debian's packages: {errors[0]}")
