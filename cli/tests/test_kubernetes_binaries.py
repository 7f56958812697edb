import os
import stat
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from gatehouse_cli import go_modules, kubernetes_binaries
from gatehouse_cli.go_modules import Files, Program
from gatehouse_cli.trouble import Trouble

GO = """#!/bin/sh
case "$1" in
  version) echo "go version go1.26.8 linux/amd64";;
  install) echo "$@" > "$GOBIN/tool";;
  build) while [ "$1" != -o ]; do shift; done; echo built > "$2";;
  mod) echo '{"Dir": "'"$MODULE"'", "Sum": "h1:right="}';;
esac
"""


class WithACacheOfItsOwn(unittest.TestCase):

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        (self.folder / "cache").mkdir()
        self.module = self.folder / "module" / "config"
        self.module.mkdir(parents=True)
        environment = mock.patch.dict(os.environ, {"GATEHOUSE_CACHE": str(self.folder / "cache"), "MODULE": str(self.folder / "module"),
                                                   "PATH": f"{self.folder}:/usr/bin:/bin"})
        environment.start()
        self.addCleanup(environment.stop)

    def go(self, script=GO):
        (self.folder / "go").write_text(script)
        (self.folder / "go").chmod(0o755)


class BuildsWithGo(WithACacheOfItsOwn):

    def test_a_package_is_installed_at_its_pinned_version_once(self):
        self.go()
        tool = Program("tool", "1.2.3", "example.com/cmd/tool", 1)
        go_modules.build(tool)
        self.assertIn("example.com/cmd/tool@v1.2.3", tool.binary.read_text())
        self.go("#!/bin/sh\nexit 1\n")
        go_modules.build(tool)

    def test_build_tags_are_passed_on(self):
        self.go()
        tool = Program("tool", "1.2.3", "example.com/cmd/tool", 1, tags="small,fast")
        go_modules.build(tool)
        self.assertIn("-tags small,fast example.com/cmd/tool@v1.2.3", tool.binary.read_text())

    def test_a_module_of_its_own_is_built_in_its_folder(self):
        self.go()
        tool = Program("tool", "1.2.3", self.module, 1)
        go_modules.build(tool)
        self.assertEqual("built\n", tool.binary.read_text())

    def test_a_build_that_fails_keeps_nothing_and_says_why(self):
        self.go(GO.replace('echo "$@" > "$GOBIN/tool"', "echo 'go: downloading a' >&2; echo 'no space left on device' >&2; exit 1"))
        with self.assertRaisesRegex(Trouble, "tool 1.2.3 could not be built. Go says: no space left"):
            go_modules.build(Program("tool", "1.2.3", "example.com/cmd/tool", 1))
        self.assertEqual([], list((self.folder / "cache").iterdir()))

    def test_without_go_or_with_an_old_one_what_needs_it_is_named(self):
        for script in (None, GO.replace("go1.26.8", "go1.19.13")):
            with self.subTest(script=script), mock.patch.dict(os.environ, {"PATH": str(self.folder)}):
                if script:
                    self.go(script)
                with self.assertRaisesRegex(Trouble, "tool 1.2.3 is made with Go, and there is no Go 1.21"):
                    go_modules.build(Program("tool", "1.2.3", "example.com/cmd/tool", 1))

    def test_files_are_taken_out_of_a_module_with_its_checksum_and_can_be_removed(self):
        self.go()
        (self.module / "crd.yaml").write_text("kind: CustomResourceDefinition\n")
        self.module.chmod(0o555)
        files = Files("crds", "example.com/crds", "1.0.0", "h1:right=", "config")
        go_modules.unpack(files)
        self.assertEqual("kind: CustomResourceDefinition\n", (files.place / "crd.yaml").read_text())
        self.assertTrue(files.place.stat().st_mode & stat.S_IWUSR)

    def test_a_module_with_another_checksum_is_refused(self):
        self.go()
        with self.assertRaisesRegex(Trouble, "h1:right= in place of the pinned h1:wrong="):
            go_modules.unpack(Files("crds", "example.com/crds", "1.0.0", "h1:wrong=", "config"))
        self.assertEqual([], list((self.folder / "cache").iterdir()))


class FindsTheTestBed(WithACacheOfItsOwn):

    def test_the_first_thing_that_is_not_here_is_named_with_the_way_to_get_it(self):
        with self.assertRaisesRegex(Trouble, "etcd 3.5.16 is not here; './gatehouse test --setup' gets it"):
            kubernetes_binaries.find()

    def test_every_part_has_a_variable_of_its_own(self):
        with mock.patch.object(Path, "exists", lambda path: True):
            found = kubernetes_binaries.find()
        self.assertEqual(14, len(set(found.values())))
        self.assertTrue(all(name.startswith("GATEHOUSE_") for name in found))

    def test_the_module_of_the_api_server_asks_for_the_pinned_version(self):
        module = (kubernetes_binaries.API_SERVER.source / "go.mod").read_text()
        self.assertIn(f"k8s.io/kubernetes v{kubernetes_binaries.KUBERNETES}", module)
