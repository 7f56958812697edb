"""Fits the cache's verifier by its training script, with the measures and vectors that the cache itself makes."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from . import build, chain, java
from .places import ROOT
from .trouble import Trouble

SERVICE = "cache"
SCRIPT = ROOT / "services" / "cache" / "training" / "fit_verifier.py"
SHIPPED = ROOT / "services" / "cache" / "src" / "main" / "resources" / "dev" / "gatehouse" / "cache" / "verify" / "verifier.txt"
NEEDED = ("numpy", "lightgbm")


def fit(data: Path, model: Path) -> None:
    """Writes the verifier with its metrics; prints them."""
    if not (data / "cache_trace.jsonl").is_file():
        raise Trouble(f"There is no cache_trace.jsonl in {data}.")
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise Trouble(f"Fitting needs {' and '.join(missing)}: {sys.executable} -m pip install {' '.join(missing)}")
    services = chain.named([SERVICE])
    build.build(services, with_demo_model=False)
    if subprocess.run(command(services[0].app, java.find(), data, model), check=False).returncode != 0:
        raise Trouble("No verifier was written; the message above says why.")


def command(app: Path, jdk: Path, data: Path, model: Path) -> list[str]:
    """The script, told where the service's jars are."""
    path = os.pathsep.join(str(app / folder / "*") for folder in ("app", "lib/main", "lib/boot"))
    return [sys.executable, str(SCRIPT), str(data.resolve()), str(jdk / "bin" / "java"), path, str(model.resolve())]
