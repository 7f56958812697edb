"""Builds pinned programs with Go, and takes pinned files out of Go modules, once, into the cache."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from . import places
from .fetch import keep, scratch_in_cache
from .trouble import Trouble

# From this version on Go fetches the newer one that a module asks for by itself.
OLDEST = (1, 21)


@dataclass(frozen=True)
class Program:
    """A program that Go builds.

    name    -- of the program
    version -- pinned, without the `v`
    source  -- a folder with a module of its own, or the package to install, without its version
    minutes -- what the build takes on two cores, to tell whoever waits
    flags   -- more flags for the linker
    tags    -- build tags, with commas
    """

    name: str
    version: str
    source: Path | str
    minutes: int
    flags: str = ""
    tags: str = ""

    @property
    def binary(self) -> Path:
        """Where it lies once it is built."""
        return places.cache() / f"{self.name}-{self.version}-{platform.machine()}" / self.name


@dataclass(frozen=True)
class Files:
    """A folder of a module.

    module, version -- as Go names them
    checksum        -- of the module, as in a go.sum
    folder          -- path in the module
    """

    name: str
    module: str
    version: str
    checksum: str
    folder: str

    @property
    def place(self) -> Path:
        """Where the folder lies once it is there."""
        return places.cache() / f"{self.name}-{self.version}"


def build(program: Program) -> None:
    """Builds the program unless the cache has it."""
    if program.binary.exists():
        return
    _require_go(program.name, program.version)
    print(f"Building {program.name} {program.version} (once, about {program.minutes} min, into {places.cache()}) ...", file=sys.stderr)
    with scratch_in_cache() as scratch:
        out = Path(scratch) / "bin"
        out.mkdir()
        _go(f"{program.name} {program.version} could not be built.", _build_command(program, out), {"GOBIN": str(out)})
        keep(out, program.binary.parent)


def unpack(files: Files) -> None:
    """Takes the folder out of the module unless the cache has it."""
    if files.place.exists():
        return
    _require_go(files.name, files.version)
    printed = _go(f"{files.module} {files.version} could not be downloaded, is the network there?",
                  ["go", "mod", "download", "-json", f"{files.module}@v{files.version}"], {"GOFLAGS": "-mod=mod"})
    module = json.loads(printed)
    if module["Sum"] != files.checksum:
        raise Trouble(f"The module {files.module} has the checksum {module['Sum']} in place of the pinned {files.checksum}.")
    with scratch_in_cache() as scratch:
        shutil.copytree(Path(module["Dir"]) / files.folder, Path(scratch) / "files", copy_function=shutil.copyfile)
        _make_writable(Path(scratch) / "files")
        keep(Path(scratch) / "files", files.place)


def version(printed: str) -> tuple[int, int] | None:
    """The version in the output of `go version`, which reads `go version go1.26.8 linux/amd64`."""
    found = re.search(r"\bgo(\d+)\.(\d+)", printed)
    return (int(found.group(1)), int(found.group(2))) if found else None


def _build_command(program: Program, out: Path) -> list[str]:
    options = ["-trimpath", "-ldflags", f"-s -w {program.flags}".strip(), *(["-tags", program.tags] if program.tags else [])]
    if isinstance(program.source, Path):
        return ["go", "build", "-C", str(program.source), *options, "-o", str(out / program.name), "."]
    return ["go", "install", *options, f"{program.source}@v{program.version}"]


def _make_writable(folder: Path) -> None:
    """Go's module cache is read-only, and folders are copied with their mode."""
    for each in [folder, *(path for path in folder.rglob("*") if path.is_dir())]:
        each.chmod(0o755)


def _require_go(name: str, wanted: str) -> None:
    go = shutil.which("go")
    found = version(subprocess.run([go, "version"], capture_output=True, text=True).stdout) if go else None
    if found is None or found < OLDEST:
        raise Trouble(f"{name} {wanted} is made with Go, and there is no Go {'.'.join(map(str, OLDEST))} or newer on the PATH.")


def _go(failure: str, command: list[str], variables: dict) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **variables}, cwd=places.cache())
    if done.returncode != 0:
        lines = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("go: downloading")]
        raise Trouble(f"{failure} Go says: {lines[-1] if lines else 'nothing'}")
    return done.stdout
