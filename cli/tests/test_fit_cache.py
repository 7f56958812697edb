"""How the fitting of the cache's verifier is started."""

import sys
import unittest
from pathlib import Path

from gatehouse_cli import fit_cache
from gatehouse_cli.trouble import Trouble


class FitCacheTest(unittest.TestCase):

    def test_the_script_and_the_shipped_model_are_there(self):
        self.assertTrue(fit_cache.SCRIPT.is_file())
        self.assertTrue(fit_cache.SHIPPED.is_file())

    def test_the_script_gets_data_java_jars_and_model(self):
        command = fit_cache.command(Path("/app"), Path("/jdk"), Path("/data"), Path("/verifier.txt"))
        self.assertEqual([sys.executable, str(fit_cache.SCRIPT), "/data", "/jdk/bin/java", "/app/app/*:/app/lib/main/*:/app/lib/boot/*", "/verifier.txt"], command)

    def test_data_that_is_not_there_is_said_before_anything_is_built(self):
        with self.assertRaisesRegex(Trouble, "There is no cache_trace.jsonl"):
            fit_cache.fit(Path("/nowhere"), fit_cache.SHIPPED)


if __name__ == "__main__":
    unittest.main()
