import contextlib
import io
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from gatehouse_cli import aot, chain, java, launch, places, ports, processes, web
from gatehouse_cli.trouble import Trouble

WRITES_AT_ITS_END = ("import pathlib, signal, sys, time\n"
                     "signal.signal(signal.SIGTERM, lambda *_: (pathlib.Path('app.aot').write_text('cache'), sys.exit()))\n"
                     "pathlib.Path('started').touch()\n"
                     "time.sleep(60)")


class RecordsACache(unittest.TestCase):
    """With a small program in the place of Java."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        root = Path(scratch.name)
        self.guard = chain.Service("guard")
        self.flags, self.asked = [], []
        for module, name, value in ((chain, "ROOT", root), (places, "RUN", root / "run"), (places, "LOGS", root / "run" / "logs"),
                                    (ports, "require_free", lambda needed: None), (java, "find", lambda: Path("/jdk")),
                                    (web, "post", lambda url, body, kind: self.asked.append(body)), (web, "is_ready", self.has_started)):
            patch = mock.patch.object(module, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        self.guard.app.mkdir(parents=True)
        self.addCleanup(lambda: processes.stop(processes.running()))

    def has_started(self, _url):
        return (self.guard.app / "started").exists()

    def record(self, program):
        def start(service, _java, _policies, flags):
            self.flags = flags
            return processes.start(service.name, [sys.executable, "-c", program], dict(os.environ), "", cwd=service.app)
        with mock.patch.object(launch, "start", start), contextlib.redirect_stdout(io.StringIO()):
            aot.record([self.guard])

    def test_the_program_works_and_then_ends_gently_so_that_it_can_write(self):
        self.record(WRITES_AT_ITS_END)
        self.assertEqual(["-XX:AOTCacheOutput=app.aot"], self.flags)
        self.assertTrue(self.asked)
        self.assertEqual([], processes.running())

    def test_a_recorded_cache_is_used_and_none_is_missed(self):
        self.assertEqual([], aot.flags(self.guard))
        self.record(WRITES_AT_ITS_END)
        self.assertEqual(["-XX:AOTCache=app.aot"], aot.flags(self.guard))

    def test_a_program_that_writes_none_is_a_failure_and_an_older_cache_is_gone(self):
        self.guard.aot_cache.write_text("older")
        with self.assertRaisesRegex(Trouble, "wrote no AOT cache"):
            self.record("import pathlib, time; pathlib.Path('started').touch(); time.sleep(60)")
        self.assertEqual([], aot.flags(self.guard))
