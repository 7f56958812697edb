import tempfile
import unittest
from pathlib import Path

from gatehouse_cli import java
from gatehouse_cli.trouble import Trouble


def jdk(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "javac").touch()
    (folder / "release").write_text(f'IMPLEMENTOR="Someone"\nJAVA_VERSION="{version}"\n')
    return folder


class FindsAJdk(unittest.TestCase):

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.folders = [str(self.folder / "jvm" / "*")]

    def test_java_home_comes_before_the_usual_folders(self):
        jdk(self.folder / "jvm" / "a", "25.0.1")
        home = jdk(self.folder / "home", "25.0.2")
        self.assertEqual(home, java.find({"JAVA_HOME": str(home), "PATH": ""}, self.folders))

    def test_a_jdk_25_is_found_where_java_home_is_older(self):
        old = jdk(self.folder / "old", "17.0.15")
        new = jdk(self.folder / "jvm" / "b", "25")
        self.assertEqual(new, java.find({"JAVA_HOME": str(old), "PATH": ""}, self.folders))

    def test_exactly_25_comes_before_a_newer_one(self):
        newer = jdk(self.folder / "newer", "26.0.1")
        exact = jdk(self.folder / "jvm" / "b", "25.0.1")
        self.assertEqual(exact, java.find({"JAVA_HOME": str(newer), "PATH": ""}, self.folders))

    def test_a_newer_one_will_do(self):
        newer = jdk(self.folder / "jvm" / "c", "26.0.1")
        self.assertEqual(newer, java.find({"PATH": ""}, self.folders))

    def test_a_runtime_without_a_compiler_is_no_jdk(self):
        runtime = jdk(self.folder / "jvm" / "a", "25.0.1")
        (runtime / "bin" / "javac").unlink()
        with self.assertRaisesRegex(Trouble, "No JDK 25 found"):
            java.find({"PATH": ""}, self.folders)

    def test_the_failure_names_the_versions_that_are_there(self):
        old = jdk(self.folder / "jvm" / "a", "17.0.15")
        with self.assertRaisesRegex(Trouble, f"found: 17 in {old}"):
            java.find({"PATH": ""}, self.folders)
