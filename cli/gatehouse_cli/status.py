"""`gatehouse status` and `gatehouse logs`."""

from __future__ import annotations

import time
from pathlib import Path

from . import places, processes, web
from .trouble import Trouble

FOLLOW_SECONDS = 0.3


def status() -> int:
    """Prints what runs; 0 when something runs and all of it is ready, else 1."""
    running = processes.running()
    if not running:
        print("Nothing runs; './gatehouse up' starts it.")
        return 1
    ready = {process.name: web.is_ready(process.ready_url) for process in running}
    for process in running:
        print(f"{process.name:<16} {'ready' if ready[process.name] else 'not ready':<10} process {process.pid:<8} {process.log}")
    return 0 if all(ready.values()) else 1


def log_files(name: str | None, folder: Path = places.LOGS) -> list[Path]:
    """The logs of the newest run: of one program (or `access`, Envoy's access log), or all."""
    files = sorted(folder.glob("*.log"))
    chosen = [file for file in files if name in (None, file.stem)]
    if not chosen:
        known = ", ".join(file.stem for file in files) or "none yet"
        raise Trouble(f"There is no log {name!r}; there are: {known}." if name else "There are no logs yet.")
    return chosen


def logs(name: str | None, lines: int, follow: bool) -> int:
    """Prints the last lines of the logs, and goes on with what is added when asked to follow."""
    files = log_files(name)
    offsets = {}
    for file in files:
        text = file.read_bytes()
        offsets[file] = len(text)
        _print(file, text.decode(errors="replace").splitlines()[-lines:], len(files) > 1)
    while follow:
        time.sleep(FOLLOW_SECONDS)
        for file in files:
            offsets[file] += _print_added(file, offsets[file], len(files) > 1)
    return 0


def _print_added(file: Path, offset: int, named: bool) -> int:
    """Prints the whole lines added after the offset; how many bytes they are."""
    with open(file, "rb") as log:
        log.seek(offset)
        added = log.read()
    whole = added[:added.rfind(b"\n") + 1]
    _print(file, whole.decode(errors="replace").splitlines(), named)
    return len(whole)


def _print(file: Path, lines: list[str], named: bool) -> None:
    for line in lines:
        print(f"{file.stem}: {line}" if named else line, flush=True)
