"""Starts a service's JVM, for 'up' and for recording its AOT cache, which only fits the flags and the folder it was recorded with."""

from __future__ import annotations

import os
import time
from pathlib import Path

from . import chain, places, processes, web
from .processes import Process
from .trouble import Trouble

START_SECONDS = 90
JVM_FLAGS = ["-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--sun-misc-unsafe-memory-access=allow",
             "--enable-native-access=ALL-UNNAMED"]


def start(service: chain.Service, java_command: str, policies: Path, cache_flags: list[str]) -> Process:
    """Starts a service on its ports with the policies of this folder."""
    environment = {
        **os.environ,
        "GATEHOUSE_BIND": "127.0.0.1",
        "GATEHOUSE_GRPC_PORT": str(service.grpc_port),
        "GATEHOUSE_HTTP_PORT": str(service.http_port),
        "GATEHOUSE_MANAGEMENT_PORT": str(service.management_port),
        "GATEHOUSE_CONFIG": str(policies),
        "GATEHOUSE_HASH_KEY_FILE": str(_hash_key()),
    }
    ready = f"http://127.0.0.1:{service.management_port}/q/health/ready"
    command = [java_command, *cache_flags, *JVM_FLAGS, "-jar", "quarkus-run.jar"]
    return processes.start(service.name, command, environment, ready, cwd=service.app)


def _hash_key() -> Path:
    """The secret that the services of a chain share, so that one takes over another's embedding; made once."""
    key = places.RUN / "hash.key"
    if not key.exists():
        places.RUN.mkdir(parents=True, exist_ok=True)
        with open(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(os.urandom(32))
    return key


def await_ready(process: Process) -> None:
    """Waits until a program answers that it is ready; fails with its last words when it ends before."""
    deadline = time.monotonic() + START_SECONDS
    while not web.is_ready(process.ready_url):
        if not process.alive:
            raise Trouble(f"{process.name} ended while it started, saying: {_last_line(process.log)} (all of it: {process.log})")
        if time.monotonic() > deadline:
            raise Trouble(f"{process.name} is not ready after {START_SECONDS} seconds; its log is {process.log}")
        time.sleep(0.1)


def _last_line(log: str) -> str:
    lines = Path(log).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1] if lines else "nothing"
