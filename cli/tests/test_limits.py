import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from unittest import mock

from gatehouse_cli import chain, limits
from gatehouse_cli.trouble import Trouble

PAGES = {
    "/v1/limits": {"limits": [
        {"policy": "default/local", "limit": "tokens", "unit": "Tokens", "amount": 1000, "window": "1m", "algorithm": "TokenBucket",
         "mode": "Enforce", "keys": 2},
        {"policy": "ai/money", "limit": "month", "unit": "Cost", "amount": 250.5, "window": "Month", "algorithm": "FixedWindow", "mode": "Shadow",
         "keys": 0}]},
    "/v1/limits/default/local/tokens/keys": {"policy": "default/local", "limit": "tokens", "keys": [
        {"id": "1", "key": ["research", "#a1b2c3d4e5f6"], "limit": 1000, "used": 900, "reserved": 50, "remaining": 50, "fullInSeconds": 57},
        {"id": "2", "key": ["sales", "(none)"], "limit": 5000, "used": 1234, "reserved": 0, "remaining": 3766, "fullInSeconds": 90061}]},
    "/v1/limits/ai/money/month/keys": {"policy": "ai/money", "limit": "month", "keys": []},
}


class Pages(BaseHTTPRequestHandler):

    def do_GET(self):
        body = json.dumps(PAGES.get(self.path, {"error": {"message": "unknown"}})).encode()
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Limits(unittest.TestCase):

    def setUp(self):
        server = HTTPServer(("127.0.0.1", 0), Pages)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        patched = mock.patch.object(chain.Service, "management_port", new_callable=mock.PropertyMock, return_value=server.server_port)
        patched.start()
        self.addCleanup(patched.stop)

    def test_the_table_has_a_line_for_each_key_and_one_for_a_limit_nobody_used(self):
        self.assertEqual([
            "POLICY         LIMIT           KEY                      USED  RESERVED  REMAINING     OF  UNIT    WINDOW  FULL AGAIN IN",
            "default/local  tokens          research/#a1b2c3d4e5f6    900        50         50  1,000  Tokens  1m                57s",
            "default/local  tokens          sales/(none)            1,234         0      3,766  5,000  Tokens  1m           1d1h1m1s",
            "ai/money       month (shadow)  -                           0         0      250.5  250.5  Cost    Month              0s",
        ], limits.limits(None, None, False).splitlines())

    def test_one_policy_can_be_named_without_its_default_namespace(self):
        self.assertEqual(3, len(limits.limits("local", None, False).splitlines()))
        self.assertEqual(2, len(limits.limits("ai/money", "month", False).splitlines()))

    def test_a_limit_that_does_not_exist_is_one_sentence(self):
        with self.assertRaisesRegex(Trouble, "There is no limit local/minutes"):
            limits.limits("local", "minutes", False)

    def test_json_has_limits_and_their_keys(self):
        read = json.loads(limits.limits("local", "tokens", True))
        self.assertEqual(["research", "#a1b2c3d4e5f6"], read[0]["keys"][0]["key"])

    def test_a_service_that_does_not_run_is_one_sentence(self):
        with mock.patch.object(chain.Service, "management_port", new_callable=mock.PropertyMock, return_value=1):
            with self.assertRaisesRegex(Trouble, "'./gatehouse up ratelimit' starts it"):
                limits.limits(None, None, False)
