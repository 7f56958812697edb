"""`gatehouse test`: runs the tiers that can run here and counts all of them."""

from __future__ import annotations

import unittest
from dataclasses import dataclass

from . import chain, envoy_binary, kubernetes_binaries, maven, redis_binary, reports
from .places import ROOT
from .reports import Count
from .trouble import Trouble

TIERS = ("cli", "unit", "envoy", "redis", "kubernetes", "native", "up")
IN_MAVEN = ("unit", "envoy", "redis", "kubernetes")
# A failing test neither keeps the modules behind it from being built nor is believed at once: it runs again, and is named either way.
TESTS_GO_ON = ["-Dmaven.test.failure.ignore=true", "-Dsurefire.rerunFailingTestsCount=1"]


@dataclass(frozen=True)
class Equipment:
    """What the machine has for the tiers: variables for the tests, and for a tier that cannot run the reason."""

    variables: dict
    missing: dict


def test(named: list[str], setup: bool) -> int:
    """Runs the named tiers, all when none is named; 0 when nothing failed."""
    unknown = set(named) - set(TIERS)
    if unknown:
        raise Trouble(f"There is no tier {sorted(unknown)[0]!r}; there are: {', '.join(TIERS)}.")
    wanted = [tier for tier in TIERS if not named or tier in named]
    counts = {}
    if "cli" in wanted:
        counts["cli"] = _python_tests("cli: the tests of this command", "tests")
    in_maven = [tier for tier in wanted if tier in IN_MAVEN]
    if in_maven:
        counts.update(_maven_tests(in_maven, equip(in_maven, setup), setup))
    if "native" in wanted:
        counts.update(_native_tests())
    if "up" in wanted:
        counts["up"] = _python_tests("up: './gatehouse up' as a user calls it", "tests_up")
    return _report(counts)


def equip(tiers: list[str], setup: bool) -> Equipment:
    """Finds what the tiers need; with setup it also gets what the machine lacks, but for an Envoy, which is got in any case."""
    finders = {
        "envoy": _envoy,
        "redis": lambda: {"GATEHOUSE_REDIS_SERVER": str(redis_binary.set_up() if setup else redis_binary.find())},
        "kubernetes": lambda: {**_envoy(), **(kubernetes_binaries.set_up() if setup else kubernetes_binaries.find())},
    }
    variables, missing = {}, {}
    for tier in (tier for tier in tiers if tier in finders):
        try:
            variables.update(finders[tier]())
        except Trouble as reason:
            missing[tier] = str(reason)
    return Equipment(variables, missing)


def _envoy() -> dict:
    return {"GATEHOUSE_ENVOY": str(envoy_binary.find())}


def selection(tiers: list[str]) -> list[str]:
    """Maven's options for these tiers of those in Maven. With unit, whole modules run, and what stands in them of tiers that lack
    something skips itself."""
    modules = [] if {"envoy", "kubernetes"} & set(tiers) else ["-pl", "!it"]
    if "unit" in tiers:
        return modules
    patterns = {"envoy": "**/it/**,RealEnvoy*", "redis": "*Redis*", "kubernetes": "*Kubernetes*"}
    chosen = [patterns[tier] for tier in tiers] + ([] if "kubernetes" in tiers else ["!*Kubernetes*"])
    return modules + [f"-Dtest={','.join(chosen)}", "-Dsurefire.failIfNoSpecifiedTests=false"]


def _python_tests(title: str, folder: str) -> Count:
    print(f"== {title}", flush=True)
    suite = unittest.TestLoader().discover(str(ROOT / "cli" / folder), top_level_dir=str(ROOT / "cli"))
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    failures = tuple(f"{test.id()}: {trace.strip().splitlines()[-1]}" for test, trace in result.failures + result.errors)
    skipped = len(result.skipped)
    reasons = tuple(reason for _test, reason in result.skipped)
    return Count(result.testsRun - len(failures) - skipped, len(failures), skipped, reasons, failures)


def _maven_tests(tiers: list[str], equipment: Equipment, strict: bool) -> dict[str, Count]:
    runnable = [tier for tier in tiers if tier not in equipment.missing]
    counts = {tier: _not_run(tier, reason, strict) for tier, reason in equipment.missing.items()}
    if not runnable:
        return counts
    print(f"== {', '.join(runnable)}: Maven", flush=True)
    environment = {**maven.environment(), **equipment.variables}
    reports.forget(ROOT)
    code = maven.run(["--no-transfer-progress", "--fail-at-end", *TESTS_GO_ON, *selection(runnable), "verify"], environment)
    found = reports.by_tier(ROOT)
    counts.update({tier: found.get(tier, Count()) for tier in runnable})
    return _with_broken_build(counts, code, "build")


def _native_tests() -> dict[str, Count]:
    """Builds what a native image is made from, without GraalVM, and checks it, in one run of Maven."""
    print("== native: what a native image of each service is built from", flush=True)
    modules = ",".join([f"services/{service.name}" for service in chain.existing()] + ["it"])
    arguments = ["-Pnative", "-Dquarkus.native.sources-only=true", "-pl", modules, "-am", "-Dtest=NativeSources*",
                 "-Dsurefire.failIfNoSpecifiedTests=false", "verify"]
    reports.forget(ROOT)
    code = maven.run(["--no-transfer-progress", *TESTS_GO_ON, *arguments], {**maven.environment(), "GATEHOUSE_NATIVE_SOURCES": "built"})
    return _with_broken_build({"native": reports.by_tier(ROOT).get("native", Count())}, code, "native build")


def _with_broken_build(counts: dict[str, Count], code: int, name: str) -> dict[str, Count]:
    """A build that breaks is a failure too; failing tests alone do not break it."""
    return {**counts, name: Count(failed=1, failures=(f"the {name} broke",))} if code else counts


def _not_run(tier: str, reason: str, strict: bool) -> Count:
    """All tests of a tier that cannot run are skipped; where it had to run, that itself is a failure."""
    failures = (f"the {tier} tier could not be set up",) if strict else ()
    return Count(failed=len(failures), skipped=reports.written(ROOT, tier), reasons=(reason,), failures=failures)


def _report(counts: dict[str, Count]) -> int:
    print("\n== totals")
    for tier, count in counts.items():
        print(f"{tier}: {count.passed} passed, {count.failed} failed, {count.skipped} skipped")
        for reason in sorted(set(count.reasons)):
            print(f"  skipped {count.reasons.count(reason)} times: {reason}" if len(count.reasons) > 1 else f"  skipped: {reason}")
    total = sum(counts.values(), Count())
    for name in total.unsteady:
        print(f"passed at the second try: {name}")
    for name in total.failures:
        print(f"failed: {name}")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped", flush=True)
    return 1 if total.failed else 0
