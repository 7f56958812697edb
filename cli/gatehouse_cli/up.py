"""`gatehouse up`: model, services and Envoy, started in the order in which each needs the others."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from . import aot, build, chain, demo, envoy_binary, envoy_config, java, launch, places, ports, processes
from .processes import Process
from .trouble import Trouble


@dataclass(frozen=True)
class Plan:
    """What to start. `model` None starts the demo model; `policies` is the folder that the services read."""

    services: list[chain.Service]
    model: envoy_config.Upstream | None
    policies: Path

    @property
    def ports(self) -> dict[int, str]:
        needed = {chain.ENVOY_PORT: "Envoy", chain.ENVOY_ADMIN_PORT: "Envoy's admin page"}
        if self.model is None:
            needed[chain.DEMO_MODEL_PORT] = "the demo model"
        if self.has_code_model:
            needed[chain.CODE_MODEL_PORT] = "the demo model for code"
        needed.update({port: service.name for service in self.services for port in service.ports})
        return needed

    @property
    def has_code_model(self) -> bool:
        return envoy_config.has_code_model(self.services, self.model)


def up(plan: Plan, detach: bool) -> int:
    """Starts everything, says how to try it, and stays until Ctrl-C; when detached it returns once all is ready."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    with _alone():
        started = _start(plan)
    try:
        print(demo.introduction(plan.services, plan.model, plan.policies), flush=True)
        return 0 if detach else _stay(started)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        processes.stop(started)
        return 0
    except BaseException:
        processes.stop(started)
        raise


def policies_folder(named: str | None) -> Path:
    """The folder of policies and routes to use; fails where it holds no YAML file."""
    folder = Path(named).resolve() if named else places.LOCAL_POLICIES
    if not folder.is_dir():
        raise Trouble(f"--config {named}: there is no such folder.")
    if not any(file.suffix in (".yaml", ".yml") for file in folder.iterdir()):
        raise Trouble(f"--config {named}: no .yaml file in this folder.")
    return folder


@contextlib.contextmanager
def _alone():
    """Keeps a second `up` from starting while this one does."""
    places.RUN.mkdir(parents=True, exist_ok=True)
    with open(places.RUN / "up.lock", "wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as held:
            raise Trouble("Another './gatehouse up' is just starting; wait for it.") from held
        yield


def _start(plan: Plan) -> list[Process]:
    """Checks, builds and starts; when that fails or is interrupted, nothing stays behind."""
    _require_startable(plan)
    home = java.find()
    build.build(plan.services, with_demo_model=plan.model is None)
    envoy = envoy_binary.find()
    try:
        _start_all(plan, home, envoy)
    except BaseException:
        processes.stop(processes.running())
        raise
    return processes.running()


def _require_startable(plan: Plan) -> None:
    already = processes.running()
    if already:
        raise Trouble(f"Gatehouse already runs ({', '.join(process.name for process in already)}); "
                      "'./gatehouse down' ends it.")
    ports.require_free(plan.ports)


def _start_all(plan: Plan, home: Path, envoy: Path) -> None:
    java_command = str(home / "bin" / "java")
    started = [_start_demo_model(java_command, "demo-model", chain.DEMO_MODEL_PORT)] if plan.model is None else []
    started += [_start_demo_model(java_command, "code-model", chain.CODE_MODEL_PORT)] if plan.has_code_model else []
    started += [launch.start(service, java_command, plan.policies, aot.flags(service)) for service in plan.services]
    for process in started:
        launch.await_ready(process)
    launch.await_ready(_start_envoy(plan, envoy))


def _start_demo_model(java_command: str, name: str, port: int) -> Process:
    command = [java_command, *launch.JVM_FLAGS, "-jar", str(build.DEMO_MODEL_JAR), str(port)]
    return processes.start(name, command, dict(os.environ), f"http://127.0.0.1:{port}/health")


def _start_envoy(plan: Plan, envoy: Path) -> Process:
    places.LOGS.mkdir(parents=True, exist_ok=True)
    config = places.RUN / "envoy.json"
    document = envoy_config.bootstrap(plan.services, plan.model or envoy_config.DEMO_MODEL, places.LOGS / "access.log")
    config.write_text(json.dumps(document, indent=2), encoding="utf-8")
    command = [str(envoy), "--config-path", str(config), "--disable-hot-restart", "--concurrency", "2", "--log-level", "warning"]
    return processes.start("envoy", command, dict(os.environ), f"http://127.0.0.1:{chain.ENVOY_ADMIN_PORT}/ready")


def _stay(started: list[Process]) -> int:
    """Stays until Ctrl-C, `down` from elsewhere, or the end of one of them, which ends all."""
    while True:
        time.sleep(0.5)
        ended = [process for process in started if not process.alive]
        if ended and processes.was_stopped(ended[0]):
            print("Stopped by './gatehouse down'.")
            return 0
        if ended:
            raise Trouble(f"{ended[0].name} ended by itself, so the rest was stopped too; its log is {ended[0].log}")


def _interrupt(_number, _frame):
    raise KeyboardInterrupt
