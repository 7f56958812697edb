"""How the router's fitting is started."""

import unittest
from pathlib import Path

from gatehouse_cli import fit_router
from gatehouse_cli.trouble import Trouble


class FitRouterTest(unittest.TestCase):

    def test_it_runs_the_routers_own_jars(self):
        command = fit_router.command(Path("/app"), Path("/jdk"), Path("/data.jsonl"), Path("/gain.bin.gz"))
        self.assertEqual("/jdk/bin/java", command[0])
        self.assertIn("/app/app/*:/app/lib/main/*:/app/lib/boot/*", command)
        self.assertEqual([fit_router.MAIN, "/data.jsonl", "/gain.bin.gz"], command[-3:])

    def test_data_that_is_not_there_is_said_before_anything_is_built(self):
        with self.assertRaisesRegex(Trouble, "There is no file"):
            fit_router.fit(Path("/nowhere/data.jsonl"), Path("/nowhere/gain.bin.gz"))


if __name__ == "__main__":
    unittest.main()
