import contextlib
import io
import os
import signal
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from unittest import mock

from gatehouse_cli import build, envoy_binary, java, launch, places, ports, processes, up
from gatehouse_cli.trouble import Trouble

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


class StartsAndStays(unittest.TestCase):
    """The order of events, with small programs in the place of Envoy and Java."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.run_folder = Path(scratch.name)
        for module, name, value in ((places, "RUN", self.run_folder), (places, "LOGS", self.run_folder / "logs"),
                                    (ports, "require_free", lambda needed: None), (java, "find", lambda: Path("/jdk")),
                                    (build, "build", lambda services, with_demo_model: None),
                                    (envoy_binary, "find", lambda: Path("/envoy"))):
            patch = mock.patch.object(module, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        self.addCleanup(lambda: processes.stop(processes.running()))
        self.plan = up.Plan([], None, Path("/policies"))

    def up(self, start_all, detach=False):
        out = io.StringIO()
        with mock.patch.object(up, "_start_all", start_all), contextlib.redirect_stdout(out):
            code = up.up(self.plan, detach)
        return code, out.getvalue()

    def start(self, *_):
        return processes.start("envoy", SLEEPER, dict(os.environ), "http://127.0.0.1:1/")

    def test_detached_it_returns_and_leaves_all_running(self):
        code, printed = self.up(self.start, detach=True)
        self.assertEqual(0, code)
        self.assertIn("Gatehouse is ready.", printed)
        self.assertEqual(["envoy"], [process.name for process in processes.running()])

    def test_an_interruption_while_starting_leaves_nothing_behind(self):
        def interrupted(*_):
            self.start()
            raise KeyboardInterrupt
        with self.assertRaises(KeyboardInterrupt):
            self.up(interrupted)
        self.assertEqual([], processes.running())

    def test_ctrl_c_ends_all_and_is_success(self):
        with mock.patch.object(up, "_stay", mock.Mock(side_effect=KeyboardInterrupt)):
            code, printed = self.up(self.start)
        self.assertEqual(0, code)
        self.assertIn("Stopping", printed)
        self.assertEqual([], processes.running())

    def test_a_program_that_ends_by_itself_ends_all_with_a_failure(self):
        def start_and_kill_later(*_):
            process = self.start()
            threading.Timer(0.2, os.kill, [process.pid, signal.SIGKILL]).start()
        with self.assertRaisesRegex(Trouble, "envoy ended by itself"):
            self.up(start_and_kill_later)
        self.assertEqual([], processes.running())

    def test_down_from_elsewhere_ends_it_with_success(self):
        def start_and_stop_later(*_):
            process = self.start()
            threading.Timer(0.2, processes.stop, [[process]]).start()
        code, printed = self.up(start_and_stop_later)
        self.assertEqual((0, True), (code, printed.endswith("Stopped by './gatehouse down'.\n")))

    def test_a_second_start_at_the_same_time_is_refused(self):
        with up._alone(), self.assertRaisesRegex(Trouble, "is just starting"):
            self.up(self.start)

    def test_a_program_that_dies_while_starting_is_quoted(self):
        process = processes.start("guard", [sys.executable, "-c", "print('port in use')"], dict(os.environ), "http://127.0.0.1:1/")
        with self.assertRaisesRegex(Trouble, "guard ended while it started, saying: port in use"):
            launch.await_ready(process)
