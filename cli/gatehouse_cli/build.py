"""Builds what is not built, or older than its sources, and nothing else."""

from __future__ import annotations

from pathlib import Path

from . import chain, maven
from .places import ROOT
from .trouble import Trouble

DEMO_MODEL_JAR = ROOT / "it" / "demo-model" / "target" / "demo-model.jar"


def build(services: list[chain.Service], with_demo_model: bool, force: bool = False) -> None:
    """Builds these services and the demo model where that is needed; tests are left out."""
    wanted = {f"services/{service.name}": service.app / "quarkus-run.jar" for service in services}
    if with_demo_model:
        wanted["it/demo-model"] = DEMO_MODEL_JAR
    stale = [module for module, jar in wanted.items() if force or is_stale(module, jar)]
    if not stale:
        return
    print(f"Building {', '.join(stale)} ...", flush=True)
    if maven.run(["-DskipTests", "-pl", ",".join(stale), "-am", "package"], maven.environment(), quiet=True) != 0:
        raise Trouble("The build failed; Maven's messages above say where.")
    for module in stale:
        _stamp(ROOT / module).touch()


def is_stale(module: str, jar: Path, root: Path = ROOT) -> bool:
    """Whether the module's jar is missing or older than a source of the module or of a library."""
    if not jar.exists():
        return True
    stamp = _stamp(root / module)
    built = max(jar.stat().st_mtime, stamp.stat().st_mtime if stamp.exists() else 0)
    return any(source.stat().st_mtime > built for source in _sources(module, root))


def _stamp(module: Path) -> Path:
    """Maven leaves a jar with no change in it untouched; this file says that it was built nonetheless."""
    return module / "target" / ".built-by-gatehouse"


def _sources(module: str, root: Path):
    yield root / "pom.xml"
    for folder in [root / module] + sorted((root / "libs").glob("*")):
        yield from (file for file in [folder / "pom.xml"] if file.exists())
        yield from (file for file in (folder / "src" / "main").rglob("*") if file.is_file())
