"""The charts' values: their files are what the fragments make of them, and say what each value is."""

import json
import re
import tempfile
import unittest
from pathlib import Path

from gatehouse_cli import charts
from gatehouse_cli.places import ROOT
from gatehouse_cli.trouble import Trouble

METRIC = re.compile(r"gatehouse_[a-z_]+")
SUFFIXES = ("_total", "_seconds_bucket", "_seconds_count", "_seconds_sum", "_characters_count", "_characters_sum", "")


class Values(unittest.TestCase):

    def test_files_are_what_the_fragments_make_of_them(self):
        self.assertEqual([], charts.stale(), "run './gatehouse charts'")

    def test_every_value_says_what_it_is(self):
        for values in charts.services().values():
            self.assertEqual([], [row for value in values for row in value.rows() if row.endswith("|  |")])

    def test_a_schema_takes_no_value_that_is_not_known(self):
        for service in charts.OF_A_SERVICE:
            schema = json.loads((charts.HELM / f"gatehouse-{service}" / "values.schema.json").read_text(encoding="utf-8"))
            self.assertIs(False, schema["additionalProperties"])
            self.assertIs(False, schema["properties"]["drain"]["additionalProperties"])

    def test_a_fragment_that_cannot_be_read_is_named_with_its_line(self):
        with tempfile.TemporaryDirectory(dir=ROOT / "cli") as folder:
            file = Path(folder) / "wrong.yaml"
            file.write_text("# A value.\na: 1\n- no map\n", encoding="utf-8")
            with self.assertRaisesRegex(Trouble, "wrong.yaml, line 3"):
                charts.read(file)


class Metrics(unittest.TestCase):

    def test_alerts_and_dashboards_ask_for_metrics_that_the_services_have(self):
        meters = set()
        for source in ROOT.glob("*/*/src/main/java/**/*.java"):
            meters.update(name.replace(".", "_") for name in re.findall(r'"(gatehouse\.[a-z.]+)"', source.read_text(encoding="utf-8")))
        for file in [*charts.HELM.glob("*/alerts.yaml"), *charts.HELM.glob("*/panels.yaml"), *charts.HELM.glob("gatehouse-lib/templates/*.tpl")]:
            for metric in METRIC.findall(file.read_text(encoding="utf-8")):
                self.assertTrue(any(metric.removesuffix(suffix) in meters for suffix in SUFFIXES), f"{file.name}: {metric}")


if __name__ == "__main__":
    unittest.main()
