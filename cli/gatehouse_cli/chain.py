"""The services, in the order in which a request passes them, and the port of everything on one machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .places import ROOT
from .trouble import Trouble

ORDER = ("ratelimit", "guard", "cache", "semantic-router", "response-risk", "failover")

ENVOY_PORT = 10000
ENVOY_ADMIN_PORT = 9901
DEMO_MODEL_PORT = 10001
CODE_MODEL_PORT = 10002


@dataclass(frozen=True)
class Service:
    """Service n of the chain: 9100+n gRPC, 8100+n HTTP, 9190+n management."""

    name: str

    @property
    def number(self) -> int:
        return ORDER.index(self.name) + 1

    @property
    def grpc_port(self) -> int:
        return 9100 + self.number

    @property
    def http_port(self) -> int:
        return 8100 + self.number

    @property
    def management_port(self) -> int:
        return 9190 + self.number

    @property
    def ports(self) -> list[int]:
        return [self.grpc_port, self.http_port, self.management_port]

    @property
    def app(self) -> Path:
        """The folder of the built application."""
        return ROOT / "services" / self.name / "target" / "quarkus-app"

    @property
    def aot_cache(self) -> Path:
        """Where its AOT cache lies, if one was recorded. Of use only until the next build."""
        return self.app / "app.aot"


def existing(root: Path = ROOT) -> list[Service]:
    """The services whose sources are in this clone, in the chain's order."""
    return [Service(name) for name in ORDER if (root / "services" / name / "pom.xml").exists()]


def named(names: list[str], root: Path = ROOT) -> list[Service]:
    """The services of these names in the chain's order, whatever order they were named in; all that exist for no name."""
    known = existing(root)
    unknown = sorted(set(names) - {service.name for service in known})
    if unknown:
        raise Trouble(f"There is no service {unknown[0]!r}; there are: {', '.join(service.name for service in known)}.")
    return [service for service in known if not names or service.name in names]
