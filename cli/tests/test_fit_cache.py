"""How the fitting of the cache's verifier is started."""

import importlib.util
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

    @unittest.skipUnless(all(importlib.util.find_spec(name) for name in fit_cache.NEEDED), "needs " + " and ".join(fit_cache.NEEDED))
    def test_blank_texts_of_a_trace_are_left_out(self):
        spec = importlib.util.spec_from_file_location("fit_verifier", fit_cache.SCRIPT)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        vector = {text: script.np.ones(2, dtype="float32") / 2 ** .5 for text in ("a", "b")}
        trace = [dict(tenant="t", context=[], text=text, answer_class="c", source="s", kind="base") for text in ("a", " ", "b", "")]
        pairs, rows, exact = script.candidates(trace, vector)
        self.assertEqual((2, 0, [("b", "a")]), (rows, exact, [(pair["asked"], pair["stored"]) for pair in pairs]))


if __name__ == "__main__":
    unittest.main()
