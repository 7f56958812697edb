"""Tells whether a port is free, and who has it where that can be known."""

from __future__ import annotations

import glob
import os
import shutil
import socket
import subprocess

from .trouble import Trouble


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            return True
        except OSError:
            return False


def require_free(ports: dict[int, str]) -> None:
    """Fails when a port is taken; `ports` says what each is for."""
    for port, purpose in ports.items():
        if not is_free(port):
            raise Trouble(f"Port {port}, which {purpose} needs, is taken by {holder(port) or 'another program'}; "
                          "stop that program and try again.")


def holder(port: int) -> str | None:
    """The program that listens on this port, as `name (process id)`; None where the system does not tell us."""
    pid = _listening_pid(port)
    return f"{_name(pid)} (process {pid})" if pid else None


def _listening_pid(port: int) -> int | None:
    if os.path.exists("/proc/net/tcp"):
        return _pid_of_socket(_listening_inodes(port))
    lsof = shutil.which("lsof")
    if not lsof:
        return None
    found = subprocess.run([lsof, "-nP", f"-iTCP:{port}", "-sTCP:LISTEN", "-t"], capture_output=True, text=True).stdout.split()
    return int(found[0]) if found else None


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if os.path.exists(table):
            with open(table, encoding="ascii") as rows:
                inodes.update(row[9] for row in map(str.split, rows) if row[3] == "0A" and row[1].endswith(f":{port:04X}"))
    return inodes


def _pid_of_socket(inodes: set[str]) -> int | None:
    links = {f"socket:[{inode}]" for inode in inodes}
    for descriptor in glob.iglob("/proc/[0-9]*/fd/*"):
        try:
            if os.readlink(descriptor) in links:
                return int(descriptor.split("/")[2])
        except OSError:
            continue
    return None


def _name(pid: int) -> str:
    named = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True).stdout.strip()
    return os.path.basename(named) or "a program"
