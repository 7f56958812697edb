import json
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from unittest import mock

from gatehouse_cli import chain, simulate_cache
from gatehouse_cli.trouble import Trouble

WINDOW = {"rows": 4000, "hits": 2000, "hitRate": 0.5, "wrongHits": 4, "wrongHitRate": 0.001, "wrongHitShare": 0.002}
SUMMARY = {"rows": 4001, "hits": 2001, "hitRate": 0.50012, "wrongHits": 4, "wrongHitRate": 0.001, "wrongHitShare": 0.002,
           "tiers": {"exact": {"hits": 1500, "wrongHits": 0}, "semantic": {"hits": 501, "wrongHits": 4}},
           "misses": {"nothing_near": 1200, "unsure": 800}, "windows": [WINDOW, {"rows": 1, "hits": 1, "hitRate": 1.0}], "malformed": 0}


class Service(BaseHTTPRequestHandler):

    asked = []

    def do_POST(self):
        Service.asked.append((self.path, self.rfile.read(int(self.headers["content-length"])).decode()))
        refused = "policy=none" in self.path
        lines = [{"error": {"message": "no policy of that name"}}] if refused else [{"id": 1, "hit": None, "score": 0, "tier": None}, {"summary": SUMMARY}]
        body = "".join(json.dumps(line) + "\n" for line in lines).encode()
        self.send_response(400 if refused else 200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class SimulateCache(unittest.TestCase):

    def setUp(self):
        server = HTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        self.port(server.server_port)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.trace = Path(folder.name) / "trace.jsonl"
        self.trace.write_text('{"id": 1, "text": "hello"}\n', encoding="utf-8")

    def port(self, number):
        patched = mock.patch.object(chain.Service, "management_port", new_callable=mock.PropertyMock, return_value=number)
        patched.start()
        self.addCleanup(patched.stop)

    def test_the_trace_goes_to_the_service_as_it_is_and_the_parameters_in_the_query(self):
        answers = list(simulate_cache.lines(self.trace, {"policy": None, "maxWrongHits": 0.01}))
        self.assertEqual(("/v1/simulate?maxWrongHits=0.01", '{"id": 1, "text": "hello"}\n'), Service.asked[-1])
        self.assertEqual([{"id": 1, "hit": None, "score": 0, "tier": None}, {"summary": SUMMARY}], [json.loads(line) for line in answers])

    def test_the_summary_is_told_for_reading(self):
        self.assertEqual([
            "Requests    4,001",
            "Hits        2,001 (50.01 %): 1,500 exact, 501 semantic",
            "Wrong hits  4: 0.10 % of requests, 0.20 % of hits",
            "Misses      1,200 nothing near, 800 unsure",
        ], simulate_cache.readable(SUMMARY).splitlines()[:4])
        self.assertRegex(simulate_cache.readable(SUMMARY), r"(?m)^1 to 4,000 +50\.00 % +0\.10 % +0\.20 %$")
        self.assertRegex(simulate_cache.readable(SUMMARY), r"(?m)^4,001 to 4,001 +100\.00 % +- +-$")

    def test_wrong_hits_are_not_spoken_of_where_nobody_knows(self):
        known = ("wrongHits", "wrongHitRate", "wrongHitShare")
        self.assertNotIn("Wrong", simulate_cache.readable({**{key: value for key, value in SUMMARY.items() if key not in known}, "windows": []}))

    def test_what_the_service_refuses_is_one_sentence(self):
        with self.assertRaisesRegex(Trouble, "answered 400: .*no policy of that name"):
            list(simulate_cache.lines(self.trace, {"policy": "none"}))

    def test_an_answer_that_breaks_off_is_said(self):
        with self.assertRaisesRegex(Trouble, "broke off"):
            simulate_cache.summary(iter(['{"id": 1}']))

    def test_a_service_that_does_not_run_is_one_sentence(self):
        self.port(1)
        with self.assertRaisesRegex(Trouble, "'./gatehouse up cache' starts it"):
            list(simulate_cache.lines(self.trace, {}))

    def test_a_file_that_is_not_there_is_one_sentence(self):
        with self.assertRaisesRegex(Trouble, "cannot be read"):
            list(simulate_cache.lines(self.trace.with_name("none"), {}))
