import unittest

from gatehouse_cli import route_text

ANSWER = {"route": "code", "model": "demo-code", "score": 0.757, "outOfScope": False, "reason": "classified",
          "candidates": [{"route": "code", "score": 0.757}, {"route": "chat", "score": 0.1}],
          "nearest": [{"text": "Explain this stack trace", "score": 0.66}],
          "signals": {"threshold": 0.6, "skipped": {"dear": "limit a/b: 0 of 10 left"}}}


class ShowsDecisions(unittest.TestCase):

    def test_route_model_reason_and_what_was_nearest(self):
        shown = route_text.readable(ANSWER)
        for part in ("Route: code", "Model: demo-code", "Why: classified, score 0.76, sure from 0.60 on", "0.66  Explain this stack trace",
                     "Skipped: dear (limit a/b: 0 of 10 left)"):
            self.assertIn(part, shown)

    def test_a_request_that_is_left_alone(self):
        self.assertEqual("Route: none\nModel: as requested\nWhy: not_asked", route_text.readable(
            {"route": None, "model": None, "score": None, "outOfScope": None, "reason": "not_asked", "candidates": [], "nearest": [], "signals": {"skipped": {}}}))
