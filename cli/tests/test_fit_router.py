"""How the router's fitting is started."""

import unittest
from pathlib import Path

from gatehouse_cli import fit_router
from gatehouse_cli.trouble import Trouble


class FitRouterTest(unittest.TestCase):

    def test_it_runs_the_routers_own_jars(self):
        command = fit_router.command(Path("/app"), Path("/jdk"), Path("/data.jsonl"), Path("/gain.bin.gz"), None, ("small", "large"))
        self.assertEqual("/jdk/bin/java", command[0])
        self.assertIn("/app/app/*:/app/lib/main/*:/app/lib/boot/*", command)
        self.assertEqual([fit_router.MAIN, "/data.jsonl", "/gain.bin.gz", "small", "large"], command[-5:])

    def test_a_file_to_test_on_comes_before_the_names_of_the_models(self):
        command = fit_router.command(Path("/app"), Path("/jdk"), Path("/data.jsonl"), Path("/gain.bin.gz"), Path("/test.jsonl"), ("small", "large"))
        self.assertEqual(["/gain.bin.gz", "/test.jsonl", "small", "large"], command[-4:])

    def test_data_that_is_not_there_is_said_before_anything_is_built(self):
        with self.assertRaisesRegex(Trouble, "There is no file"):
            fit_router.fit(Path("/nowhere/data.jsonl"), Path("/nowhere/gain.bin.gz"), None, ("weak", "strong"))


if __name__ == "__main__":
    unittest.main()
