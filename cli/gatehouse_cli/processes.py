"""Starts programs in the background, remembers them in the run folder, and ends just those."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from . import places

GRACE_SECONDS = 15


@dataclass(frozen=True)
class Process:
    """A program we started. `born` tells it from a later program with the same process id."""

    name: str
    pid: int
    born: str
    log: str
    ready_url: str

    @property
    def alive(self) -> bool:
        return born(self.pid) == self.born


def start(name: str, command: list[str], env: dict, ready_url: str, cwd: Path = places.ROOT) -> Process:
    """Starts a program in a session of its own, so that Ctrl-C does not reach it before we end it in order."""
    places.LOGS.mkdir(parents=True, exist_ok=True)
    log = places.LOGS / f"{name}.log"
    with open(log, "wb") as output:
        child = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output,
                                 stderr=subprocess.STDOUT, start_new_session=True)
    process = Process(name, child.pid, born(child.pid), str(log), ready_url)
    _file(name).write_text(json.dumps(asdict(process)), encoding="utf-8")
    return process


def running() -> list[Process]:
    """The programs we started that still run, in the order of their start; files of others are removed."""
    known = []
    for file in sorted(places.RUN.glob("*.pid.json"), key=lambda path: path.stat().st_mtime_ns):
        process = Process(**json.loads(file.read_text(encoding="utf-8")))
        if process.alive:
            known.append(process)
        else:
            file.unlink()
    return known


def was_stopped(process: Process) -> bool:
    """Whether this program, which has ended, was ended by `stop`, here or in another terminal."""
    deadline = time.monotonic() + 1  # stop removes the file right after the end
    while _file(process.name).exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not _file(process.name).exists()


def stop(processes: list[Process], grace_seconds: float = GRACE_SECONDS) -> None:
    """Ends these programs, the last started first; each gets time to drain before it is killed."""
    for process in reversed(processes):
        _signal(process, signal.SIGTERM)
        if not _wait_until_gone(process, grace_seconds):
            _signal(process, signal.SIGKILL)
            _wait_until_gone(process, GRACE_SECONDS)
        _file(process.name).unlink(missing_ok=True)


def born(pid: int) -> str:
    """When the process with this id started, in the system's own words; empty where there is none or only its remains."""
    _collect_if_ours(pid)
    state, started = _of_proc(pid) if os.path.exists("/proc/self/stat") else _of_ps(pid)
    return "" if state.startswith("Z") else started


def _collect_if_ours(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except OSError:
        pass


def _of_proc(pid: int) -> tuple[str, str]:
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return "", ""
    return after_name[0], after_name[19]


def _of_ps(pid: int) -> tuple[str, str]:
    shown = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True,
                           env={**os.environ, "LC_ALL": "C", "TZ": "UTC"}).stdout.split(None, 1)
    return (shown[0], shown[1].strip()) if len(shown) == 2 else ("", "")


def _signal(process: Process, number: int) -> None:
    if process.alive:
        os.kill(process.pid, number)


def _wait_until_gone(process: Process, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while process.alive and time.monotonic() < deadline:
        time.sleep(0.05)
    return not process.alive


def _file(name: str) -> Path:
    return places.RUN / f"{name}.pid.json"
