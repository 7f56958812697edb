"""Fits the router's gain model on labelled requests, by the router's own code, in a process of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from . import build, chain, java
from .trouble import Trouble

SERVICE = "semantic-router"
MAIN = "dev.gatehouse.router.gain.FitRouter"


def fit(data: Path, model: Path, test: Path | None, names: tuple[str, str]) -> None:
    """Writes the model; prints how well such a model does on requests that it has not seen."""
    for file in (data, test):
        if file and not file.is_file():
            raise Trouble(f"There is no file {file}.")
    services = chain.named([SERVICE])
    build.build(services, with_demo_model=False)
    if subprocess.run(command(services[0].app, java.find(), data, model, test, names), check=False).returncode != 0:
        raise Trouble("No model was written; the message above says why.")


def command(app: Path, jdk: Path, data: Path, model: Path, test: Path | None, names: tuple[str, str]) -> list[str]:
    """The router's jars with another main class."""
    path = os.pathsep.join(str(app / folder / "*") for folder in ("app", "lib/main", "lib/boot"))
    return [str(jdk / "bin" / "java"), "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "-cp", path, MAIN, str(data.resolve()), str(model.resolve()),
            *([str(test.resolve())] if test else []), *names]
