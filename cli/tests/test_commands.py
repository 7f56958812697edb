import contextlib
import io
import json
import os
import socket
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from unittest import mock

from gatehouse_cli import build, chain, help_text, inspect_text, main, maven, places, ports, up, web
from gatehouse_cli.trouble import Trouble


def run(*arguments):
    """Exit code, standard output and error of one command."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main.main(list(arguments))
    return code, out.getvalue(), err.getvalue()


class Commands(unittest.TestCase):

    def test_no_command_shows_the_help(self):
        self.assertEqual((0, help_text.OVERVIEW + "\n", ""), run())

    def test_the_help_names_every_command(self):
        for command in main.COMMANDS:
            self.assertIn(command, help_text.OVERVIEW + " version")

    def test_every_command_has_a_summary(self):
        self.assertEqual(set(main.COMMANDS), set(help_text.SUMMARIES))

    def test_the_version_is_the_projects(self):
        code, out, _ = run("version")
        self.assertEqual(0, code)
        self.assertRegex(out, r"^gatehouse \d+\.\d+\.\d+")

    def test_an_unknown_service_is_named_with_those_that_exist(self):
        code, _, err = run("up", "nonsense")
        self.assertEqual(1, code)
        self.assertRegex(err, "no service 'nonsense'; there are: .*guard")

    def test_a_missing_policy_folder_is_one_sentence(self):
        code, _, err = run("up", "--config", "/no/such/folder")
        self.assertEqual((1, "gatehouse: --config /no/such/folder: there is no such folder.\n"), (code, err))

    def test_a_policy_folder_without_yaml_is_refused(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(Trouble, "no .yaml file"):
            up.policies_folder(folder)

    def test_an_unknown_tier_is_named_with_those_that_exist(self):
        code, _, err = run("test", "nonsense")
        self.assertEqual(1, code)
        self.assertIn("there are: cli, unit, envoy, redis, kubernetes, native, up", err)

    def test_nothing_running_is_said_and_is_not_success(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(places, "RUN", Path(folder)):
            code, out, _ = run("status")
        self.assertEqual((1, "Nothing runs; './gatehouse up' starts it.\n"), (code, out))


class Services(unittest.TestCase):

    def test_ports_follow_the_place_in_the_chain(self):
        self.assertEqual([9102, 8102, 9192], chain.Service("guard").ports)

    def test_named_services_come_in_the_chains_order(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in chain.ORDER:
                (Path(folder) / "services" / name).mkdir(parents=True)
                (Path(folder) / "services" / name / "pom.xml").touch()
            names = [service.name for service in chain.named(["cache", "guard"], Path(folder))]
        self.assertEqual(["guard", "cache"], names)


class Ports(unittest.TestCase):

    def test_a_taken_port_is_named_with_its_purpose_and_holder(self):
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen()
            port = server.getsockname()[1]
            with self.assertRaisesRegex(Trouble, f"Port {port}, which Envoy needs, is taken by .*{os.getpid()}"):
                ports.require_free({port: "Envoy"})

    def test_a_free_port_will_do(self):
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            port = server.getsockname()[1]
        ports.require_free({port: "Envoy"})


class Builds(unittest.TestCase):

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = Path(scratch.name)
        self.source = self.file("services/guard/src/main/java/A.java", 100)
        self.file("pom.xml", 100)
        self.jar = self.root / "services/guard/target/quarkus-app/quarkus-run.jar"

    def file(self, path, changed):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        os.utime(file, (changed, changed))
        return file

    def is_stale(self):
        return build.is_stale("services/guard", self.jar, self.root)

    def test_what_was_never_built_is_stale(self):
        self.assertTrue(self.is_stale())

    def test_what_is_newer_than_its_sources_is_not(self):
        self.file("services/guard/target/quarkus-app/quarkus-run.jar", 200)
        self.assertFalse(self.is_stale())

    def test_a_newer_source_of_a_library_makes_it_stale(self):
        self.file("services/guard/target/quarkus-app/quarkus-run.jar", 200)
        self.file("libs/text/src/main/java/B.java", 300)
        self.assertTrue(self.is_stale())

    def test_a_build_that_left_the_jar_untouched_counts(self):
        self.file("services/guard/target/quarkus-app/quarkus-run.jar", 200)
        self.file("libs/text/src/main/java/B.java", 300)
        self.file("services/guard/target/.built-by-gatehouse", 400)
        self.assertFalse(self.is_stale())


class Maven(unittest.TestCase):

    def test_the_version_is_read_from_what_maven_prints(self):
        self.assertEqual((3, 8, 7), maven.version_of("\x1b[1mApache Maven 3.8.7\x1b[m\nMaven home: /usr/share/maven"))

    def test_the_wrapper_steps_in_where_there_is_no_maven(self):
        self.assertEqual([str(places.ROOT / "mvnw")], maven.command({"PATH": ""}))

    def test_no_maven_and_no_wrapper_is_one_sentence(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaisesRegex(Trouble, "No Maven 3.8.7 or newer"):
            maven.command({"PATH": ""}, Path(folder))


class InspectsText(unittest.TestCase):

    ANSWER = {"verdict": "Mask", "text": "write to [EMAIL_1]", "findings": [
        {"rule": "contact", "detector": "pii", "category": "EMAIL", "score": 0.95, "path": "", "start": 9, "end": 24,
         "action": "Mask"}]}

    def serve(self, status, body):
        asked = []

        class Guard(BaseHTTPRequestHandler):
            def do_POST(self):
                asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Guard)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        port = mock.patch.object(chain.Service, "management_port", server.server_port)
        port.start()
        self.addCleanup(port.stop)
        return asked

    def test_verdict_findings_and_masked_text_are_shown(self):
        asked = self.serve(200, json.dumps(self.ANSWER).encode())
        code, out, _ = run("inspect", "write to ada@example.org")
        self.assertEqual(0, code)
        self.assertEqual([{"text": "write to ada@example.org"}], asked)
        self.assertIn("Verdict: Mask", out)
        self.assertRegex(out, "pii +EMAIL +characters 9 to 24, score 0.95, rule contact")
        self.assertIn("write to [EMAIL_1]", out)

    def test_the_text_comes_from_standard_input_too(self):
        asked = self.serve(200, b'{"verdict": "Allow", "findings": []}')
        with mock.patch("sys.stdin", io.StringIO("piped")):
            code, out, _ = run("inspect", "--policy", "default/guard")
        self.assertEqual((0, "Verdict: Allow\n"), (code, out))
        self.assertEqual([{"policy": "default/guard", "text": "piped"}], asked)

    def test_a_refusal_of_the_guard_is_passed_on(self):
        self.serve(404, b"no policy default/nonsense")
        code, _, err = run("inspect", "text", "--policy", "default/nonsense")
        self.assertEqual((1, "gatehouse: guard answered 404: no policy default/nonsense\n"), (code, err))

    def test_a_guard_that_hangs_is_told_from_one_that_does_not_run(self):
        with socket.socket() as silent, mock.patch.object(web, "ANSWER_SECONDS", 0.2):
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            with mock.patch.object(chain.Service, "management_port", silent.getsockname()[1]):
                with self.assertRaisesRegex(Trouble, "did not answer within"):
                    inspect_text.inspect("text", None, False)

    def test_a_guard_that_does_not_run_is_one_sentence(self):
        with mock.patch.object(chain.Service, "management_port", 1), self.assertRaisesRegex(Trouble, "'./gatehouse up guard'"):
            inspect_text.inspect("text", None, False)
