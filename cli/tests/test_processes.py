import os
import subprocess
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

from gatehouse_cli import places, processes

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
STUBBORN = [sys.executable, "-c",
            "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"]


class StartsAndEndsPrograms(unittest.TestCase):

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        run = Path(scratch.name)
        for name, value in (("RUN", run), ("LOGS", run / "logs")):
            patch = mock.patch.object(places, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        self.addCleanup(lambda: processes.stop(processes.running()))

    def start(self, name, command=None):
        process = processes.start(name, command or SLEEPER, dict(os.environ), "http://127.0.0.1:1/")
        while command and "up" not in Path(process.log).read_text():
            pass
        return process

    def test_what_was_started_is_known_in_order(self):
        started = [self.start("model"), self.start("guard"), self.start("envoy")]
        self.assertEqual(started, processes.running())

    def test_what_was_ended_is_forgotten(self):
        process = self.start("guard")
        processes.stop([process])
        self.assertFalse(process.alive)
        self.assertEqual([], processes.running())
        self.assertTrue(processes.was_stopped(process))

    def test_a_program_that_ignores_the_request_to_end_is_killed(self):
        process = self.start("guard", STUBBORN)
        processes.stop([process], grace_seconds=0.2)
        self.assertFalse(process.alive)

    def test_another_program_with_the_same_process_id_is_left_alone(self):
        other = subprocess.Popen(SLEEPER, stdout=subprocess.DEVNULL)
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        earlier = replace(self.start("guard"), name="earlier", pid=other.pid, born="long ago")
        processes.stop([earlier])
        self.assertIsNone(other.poll())

    def test_a_program_that_ended_by_itself_does_not_run(self):
        process = self.start("guard", [sys.executable, "-c", "print('up')"])
        while process.alive:
            pass
        self.assertEqual([], processes.running())
