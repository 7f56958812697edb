"""Counts tests from the XML reports that Maven's surefire and failsafe plugins leave."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TEST_ANNOTATION = re.compile(r"@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|Property)\b")


@dataclass(frozen=True)
class Count:
    """Outcomes, why tests were skipped, which failed, and which passed only when they ran again."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    reasons: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    unsteady: tuple[str, ...] = ()

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped,
                     self.reasons + other.reasons, self.failures + other.failures, self.unsteady + other.unsteady)


def forget(root: Path) -> None:
    """Removes earlier reports, so that only the coming run is counted."""
    for report in _files(root):
        report.unlink()


def by_tier(root: Path) -> dict[str, Count]:
    """Counts of each tier that has reports."""
    counts: dict[str, Count] = defaultdict(Count)
    for report in _files(root):
        counts[tier_of(report.relative_to(root), report.stem)] += read(report)
    return dict(counts)


def tier_of(path: Path, class_name: str) -> str:
    """Classes with Kubernetes in their name need a real API server, wherever they stand; the module `it` and classes named
    RealEnvoy... a real Envoy; classes with Redis in their name a real Redis; classes named NativeSources... what a native image is
    built from."""
    simple_name = class_name.rsplit(".", 1)[-1]
    if simple_name.startswith("NativeSources"):
        return "native"
    if "Kubernetes" in simple_name:
        return "kubernetes"
    if simple_name.startswith("RealEnvoy") or path.parts[0] == "it" and path.parts[1] in ("target", "src"):
        return "envoy"
    return "redis" if "Redis" in simple_name else "unit"


def read(report: Path) -> Count:
    """The outcomes in one report."""
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    skipped = [case.find("skipped") for case in cases if case.find("skipped") is not None]
    recovered = [case for case in cases if _recovered(case, cases)]
    failures = _named([case for case in cases if case not in recovered], "failure", "error")
    unsteady = _named(cases, "flakyFailure", "flakyError") + _named(recovered, "failure", "error")
    return Count(len(cases) - len(failures) - len(skipped), len(failures), len(skipped), tuple(map(_reason, skipped)), failures, unsteady)


def written(root: Path, tier: str) -> int:
    """How many test methods of this tier stand in the sources; for a tier that could not run."""
    return sum(len(TEST_ANNOTATION.findall(file.read_text(encoding="utf-8"))) for file in root.rglob("src/test/java/**/*.java")
               if tier_of(file.relative_to(root), file.stem) == tier)


def _recovered(case, cases: list) -> bool:
    """What fails in a class's set-up stands as a case without a name; surefire runs its tests again but does not mark it as unsteady."""
    ran_again = any(other.get("name") for other in cases)
    return not case.get("name") and ran_again and not any(part.tag.startswith("rerun") for part in case)


def _named(cases: list, *outcomes: str) -> tuple[str, ...]:
    """The cases that hold one of these outcomes, each with the first line of what it says."""
    found = ((case, next((part for part in case if part.tag in outcomes), None)) for case in cases)
    return tuple(f"{case.get('classname')}.{case.get('name')}: {_first_line(part)}" for case, part in found if part is not None)


def _first_line(outcome) -> str:
    return (outcome.get("message") or outcome.get("type") or "no reason given").strip().splitlines()[0][:300]


def _reason(skipped) -> str:
    message = (skipped.get("message") or skipped.text or "no reason given").strip().splitlines()[0]
    return message.removeprefix("org.opentest4j.TestAbortedException: ").removeprefix("Assumption failed: ")


def _files(root: Path) -> list[Path]:
    return [file for kind in ("surefire", "failsafe") for file in sorted(root.glob(f"**/target/{kind}-reports/TEST-*.xml"))]
