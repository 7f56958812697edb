import contextlib
import io
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from gatehouse_cli import chain, envoy_binary, kubernetes_binaries, redis_binary, reports, testing
from gatehouse_cli.reports import Count
from gatehouse_cli.trouble import Trouble

REPORT = """<testsuite name="{name}" tests="4">
  <testcase name="a" classname="{name}"/>
  <testcase name="b" classname="{name}"><failure message="no"/></testcase>
  <testcase name="c" classname="{name}"><error message="no"/></testcase>
  <testcase name="d" classname="{name}"><skipped message="org.opentest4j.TestAbortedException: Assumption failed: no data"/></testcase>
</testsuite>"""


UNSTEADY = """<testsuite name="{name}" tests="2">
  <testcase name="sometimes" classname="{name}"><flakyFailure message="late&#10;by far" type="t"/></testcase>
  <testcase name="never" classname="{name}"><failure message="no" type="t"/><rerunFailure message="no" type="t"/></testcase>
</testsuite>"""


SET_UP = """<testsuite name="{name}" tests="2">
  <testcase name="" classname="{name}"><error message="not ready" type="t">stack</error></testcase>
  <testcase name="one" classname="{name}"/>
</testsuite>"""

SET_UP_TWICE = """<testsuite name="{name}" tests="1">
  <testcase name="" classname="{name}"><error message="not ready" type="t">stack</error><rerunError message="not ready" type="t"/></testcase>
  <testcase name="one" classname="{name}"/>
</testsuite>"""


class CountsReports(unittest.TestCase):

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = Path(scratch.name)

    def report(self, module, kind, name, text=REPORT):
        folder = self.root / module / "target" / f"{kind}-reports"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"TEST-{name}.xml").write_text(text.format(name=name))

    def test_outcomes_are_counted_with_the_reason_for_skipping(self):
        self.report("libs/text", "surefire", "a.TextTest")
        count = reports.by_tier(self.root)["unit"]
        self.assertEqual((1, 2, 1, ("no data",)), (count.passed, count.failed, count.skipped, count.reasons))

    def test_failing_tests_are_named_and_so_are_those_that_passed_when_they_ran_again(self):
        self.report("libs/text", "surefire", "a.TextTest", UNSTEADY)
        self.assertEqual(Count(1, 1, failures=("a.TextTest.never: no",), unsteady=("a.TextTest.sometimes: late",)),
                         reports.by_tier(self.root)["unit"])

    def test_a_class_whose_set_up_failed_once_is_unsteady_and_one_whose_set_up_failed_twice_failed(self):
        self.report("libs/text", "surefire", "a.OnceTest", SET_UP)
        self.report("libs/text", "surefire", "a.TwiceTest", SET_UP_TWICE)
        self.assertEqual(Count(3, 1, failures=("a.TwiceTest.: not ready",), unsteady=("a.OnceTest.: not ready",)),
                         reports.by_tier(self.root)["unit"])

    def test_tiers_are_told_apart(self):
        self.report("libs/state", "surefire", "a.RedisCounterTest")
        self.report("it", "failsafe", "a.ChainIT")
        self.report("it/demo-model", "surefire", "a.DemoModelTest")
        self.report("libs/envoy", "surefire", "a.RealEnvoyTest")
        self.report("libs/kubernetes", "surefire", "a.KubernetesSourceTest")
        self.report("it", "surefire", "a.KubernetesCrdsTest")
        counts = reports.by_tier(self.root)
        self.assertEqual({"redis": 4, "envoy": 8, "unit": 4, "kubernetes": 8},
                         {tier: count.passed + count.failed + count.skipped for tier, count in counts.items()})

    def test_checks_of_native_sources_are_a_tier_of_their_own_though_they_stand_in_it(self):
        self.report("it", "surefire", "a.NativeSourcesTest")
        self.assertEqual(["native"], list(reports.by_tier(self.root)))

    def test_earlier_reports_are_forgotten(self):
        self.report("libs/text", "surefire", "a.TextTest")
        reports.forget(self.root)
        self.assertEqual({}, reports.by_tier(self.root))

    def test_tests_of_a_tier_that_cannot_run_are_counted_in_the_sources(self):
        source = self.root / "it/src/test/java/a/ChainTest.java"
        source.parent.mkdir(parents=True)
        source.write_text("@Test void a() {}\n@ParameterizedTest void b() {}\n@TestInstance class C {}")
        self.assertEqual(2, reports.written(self.root, "envoy"))


class RunsTiers(unittest.TestCase):

    def run_tiers(self, tiers, setup=False, maven_code=0, counts=None, **finders):
        calls = []
        out = io.StringIO()
        patches = [mock.patch.object(testing.maven, "run", lambda arguments, env: calls.append((arguments, env)) or maven_code),
                   mock.patch.object(testing.reports, "forget", lambda root: None),
                   mock.patch.object(testing.reports, "by_tier", lambda root: counts or {"unit": Count(5)}),
                   mock.patch.object(testing.reports, "written", lambda root, tier: 7),
                   mock.patch.object(envoy_binary, "find", finders.get("envoy", lambda: "/envoy")),
                   mock.patch.object(redis_binary, "find", finders.get("redis", lambda: "/redis")),
                   mock.patch.object(redis_binary, "set_up", finders.get("redis", lambda: "/redis")),
                   mock.patch.object(kubernetes_binaries, "find", finders.get("kubernetes", lambda: {"GATEHOUSE_ETCD": "/etcd"})),
                   mock.patch.object(kubernetes_binaries, "set_up", finders.get("kubernetes", lambda: {"GATEHOUSE_ETCD": "/etcd"}))]
        with contextlib.ExitStack() as stack, contextlib.redirect_stdout(out):
            for patch in patches:
                stack.enter_context(patch)
            code = testing.test(tiers, setup)
        return code, out.getvalue().splitlines(), calls

    @staticmethod
    def lacking():
        raise Trouble("there is none")

    def test_all_tiers_are_one_run_of_maven_with_what_they_need(self):
        code, printed, calls = self.run_tiers(["unit", "envoy", "redis", "kubernetes"])
        self.assertEqual((0, "5 passed, 0 failed, 0 skipped"), (code, printed[-1]))
        (arguments, environment), = calls
        self.assertEqual("verify", arguments[-1])
        self.assertFalse(any(option.startswith(("-pl", "-Dtest=")) for option in arguments))
        self.assertEqual(["/envoy", "/redis", "/etcd"],
                         [environment[name] for name in ("GATEHOUSE_ENVOY", "GATEHOUSE_REDIS_SERVER", "GATEHOUSE_ETCD")])

    def test_a_tier_that_cannot_run_is_printed_with_reason_and_count(self):
        code, printed, calls = self.run_tiers(["unit", "envoy"], envoy=self.lacking)
        self.assertEqual(0, code)
        self.assertIn("envoy: 0 passed, 0 failed, 7 skipped", printed)
        self.assertIn("  skipped: there is none", printed)
        self.assertEqual("5 passed, 0 failed, 7 skipped", printed[-1])
        self.assertIn("!it", calls[0][0])

    def test_a_tier_that_was_to_be_set_up_and_cannot_is_a_failure(self):
        code, printed, _ = self.run_tiers(["unit", "redis"], setup=True, redis=self.lacking)
        self.assertEqual((1, "5 passed, 1 failed, 7 skipped"), (code, printed[-1]))

    def test_a_build_that_breaks_without_a_failing_test_is_a_failure(self):
        code, printed, _ = self.run_tiers(["unit"], maven_code=1)
        self.assertEqual((1, "5 passed, 1 failed, 0 skipped"), (code, printed[-1]))

    def test_what_failed_stands_above_the_last_line(self):
        counts = {"unit": Count(5, 1, failures=("a.T.b: no",), unsteady=("a.T.c: late",))}
        code, printed, _ = self.run_tiers(["unit"], counts=counts)
        self.assertEqual((1, ["passed at the second try: a.T.c: late", "failed: a.T.b: no", "5 passed, 1 failed, 0 skipped"]),
                         (code, printed[-3:]))

    def test_native_sources_are_built_and_checked_without_a_jar_of_the_service(self):
        code, printed, calls = self.run_tiers(["native"], counts={"native": Count(6)})
        self.assertEqual((0, "6 passed, 0 failed, 0 skipped"), (code, printed[-1]))
        (arguments, environment), = calls
        self.assertIn("-Pnative", arguments)
        self.assertIn("-Dquarkus.native.sources-only=true", arguments)
        self.assertIn(",".join([*(f"services/{service.name}" for service in chain.existing()), "it"]), arguments)
        self.assertEqual("built", environment["GATEHOUSE_NATIVE_SOURCES"])

    def test_native_sources_that_do_not_build_are_a_failure(self):
        code, printed, _ = self.run_tiers(["native"], counts={"unit": Count()}, maven_code=1)
        self.assertEqual((1, "0 passed, 1 failed, 0 skipped"), (code, printed[-1]))

    def test_a_single_tier_runs_just_its_tests(self):
        end = "-Dsurefire.failIfNoSpecifiedTests=false"
        self.assertEqual(["-Dtest=**/it/**,RealEnvoy*,!*Kubernetes*", end], testing.selection(["envoy"]))
        self.assertEqual(["-pl", "!it", "-Dtest=*Redis*,!*Kubernetes*", end], testing.selection(["redis"]))
        self.assertEqual(["-Dtest=*Kubernetes*", end], testing.selection(["kubernetes"]))
        self.assertEqual(["-pl", "!it"], testing.selection(["unit"]))
