import json
import re
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.request

from gatehouse_cli import build, chain, demo, ports, processes, up
from gatehouse_cli.places import LOCAL_POLICIES, ROOT
from gatehouse_cli.trouble import Trouble

GATE = f"http://127.0.0.1:{chain.ENVOY_PORT}/v1/chat/completions"
MODEL = f"http://127.0.0.1:{chain.DEMO_MODEL_PORT}"


def gatehouse(*arguments, text=None):
    return subprocess.run([str(ROOT / "gatehouse"), *arguments], input=text, capture_output=True, text=True, timeout=600)


def ask(text, stream=False, team=None, named="demo"):
    """Status and body of the answer to a chat completion."""
    body = {"model": named, "stream": stream, "messages": [{"role": "user", "content": text}]}
    request = urllib.request.Request(GATE, json.dumps(body).encode(), {"content-type": "application/json", **({"x-team": team} if team else {})})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def ask_cache(text):
    """What the cache says of a user's chat completion, and its body."""
    body = {"model": "demo", "messages": [{"role": "user", "content": text}]}
    request = urllib.request.Request(GATE, json.dumps(body).encode(), {"content-type": "application/json", "x-user": demo.USER})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.headers["x-gatehouse-cache"], answer.read().decode()


def model(path):
    with urllib.request.urlopen(MODEL + path, timeout=10) as answer:
        return json.load(answer)


def until(holds):
    """An answer is kept once it has gone to its client: who asks at once may come too early."""
    end = time.monotonic() + 20
    while not holds():
        if time.monotonic() > end:
            raise AssertionError("not within 20 seconds")


class RunsOnOneMachine(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        plan = up.Plan(chain.existing(), None, LOCAL_POLICIES)
        try:
            ports.require_free(plan.ports)
        except Trouble as reason:
            raise unittest.SkipTest(str(reason)) from reason
        cls.started = gatehouse("up", "--detach")
        cls.addClassCleanup(gatehouse, "down")

    def setUp(self):
        self.assertEqual(0, self.started.returncode, self.started.stdout + self.started.stderr)

    def test_it_says_what_runs_where_and_a_call_to_try_for_each_feature(self):
        self.assertIn("Gatehouse is ready.", self.started.stdout)
        self.assertEqual(7, len(re.findall(r"^\d\. ", self.started.stdout, re.MULTILINE)))
        services = [port for service in chain.existing() for port in service.ports]
        for port in (chain.ENVOY_PORT, chain.DEMO_MODEL_PORT, chain.CODE_MODEL_PORT, *services):
            self.assertIn(str(port), self.started.stdout)

    def test_a_harmless_prompt_streams_back(self):
        status, body = ask(demo.HARMLESS, stream=True)
        self.assertEqual(200, status)
        self.assertIn('"content":"You ', body)
        self.assertTrue(body.endswith("data: [DONE]\n\n"), body)

    def test_personal_data_never_reaches_the_model(self):
        status, body = ask(demo.PERSONAL)
        self.assertEqual(200, status, body)
        self.assertIn(demo.PERSONAL_AS_SEEN, model("/last")["body"])
        self.assertIn(f"You said: {demo.PERSONAL}", body)

    def test_an_injection_is_blocked_before_the_model_is_asked(self):
        asked = len(model("/log"))
        status, body = ask(demo.INJECTION)
        self.assertEqual((400, "prompt_blocked"), (status, json.loads(body)["error"]["code"]), body)
        self.assertEqual(asked, len(model("/log")))

    def test_a_leaky_answer_is_masked(self):
        status, body = ask(demo.LEAK)
        self.assertEqual(200, status, body)
        self.assertIn("[REDACTED_EMAIL]", body)
        self.assertNotIn("@", body)

    def test_a_team_that_has_used_up_its_tokens_is_refused(self):
        statuses = [ask(demo.HARMLESS, team="test")[0] for _ in range(12)]
        self.assertEqual(200, statuses[0])
        self.assertEqual(429, statuses[-1])
        self.assertRegex(gatehouse("limits").stdout, r"tokens-a-minute +test")

    def test_a_question_in_other_words_is_answered_from_the_cache_and_a_near_miss_is_not(self):
        self.assertIn("Paris", ask_cache(demo.QUESTION)[1])
        until(lambda: ask_cache(demo.QUESTION)[0] == "hit")
        asked = len(model("/log"))
        told, body = ask_cache(demo.PARAPHRASE)
        self.assertEqual("hit", told)
        self.assertIn("Paris", body)
        self.assertEqual(asked, len(model("/log")))
        told, body = ask_cache(demo.NEAR_MISS)
        self.assertEqual("miss", told)
        self.assertIn("Berlin", body)

    def test_a_trace_is_simulated(self):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as trace:
            trace.writelines(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate([demo.QUESTION, demo.QUESTION, demo.NEAR_MISS]))
            trace.flush()
            self.assertRegex(gatehouse("simulate", "cache", trace.name).stdout, r"Hits +1 \(33\.33 %\): 1 exact")

    def test_code_and_talk_reach_models_of_their_own(self):
        for text, name, port in ((demo.CODE, "demo-code", chain.CODE_MODEL_PORT), (demo.CHAT, "demo-chat", chain.DEMO_MODEL_PORT)):
            status, body = ask(text, named="auto")
            self.assertEqual((200, name), (status, json.loads(body).get("model")), body)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/last", timeout=10) as answer:
                self.assertIn(text, json.load(answer)["body"])

    def test_a_model_that_is_named_stays(self):
        self.assertEqual("demo", json.loads(ask(demo.CODE)[1])["model"])

    def test_inspect_says_what_the_guard_would_do(self):
        self.assertIn("Verdict: Block", gatehouse("inspect", demo.INJECTION).stdout)
        self.assertIn(demo.PERSONAL_AS_SEEN, gatehouse("inspect", text=demo.PERSONAL).stdout)

    def test_status_and_logs_show_what_runs(self):
        shown = gatehouse("status")
        self.assertEqual(0, shown.returncode, shown.stdout)
        for name in ("demo-model", *(service.name for service in chain.existing()), "envoy"):
            self.assertRegex(shown.stdout, rf"(?m)^{name} +ready")
        self.assertEqual(0, gatehouse("logs", "guard").returncode)

    def test_no_prompt_is_in_any_log(self):
        ask("Write to grace.hopper@example.org about zanzibar")
        self.assertNotRegex(gatehouse("logs", "-n", "10000").stdout, "grace.hopper|zanzibar")

    def test_a_second_up_is_refused(self):
        again = gatehouse("up")
        self.assertEqual(1, again.returncode)
        self.assertIn("already runs", again.stderr)

    def test_a_second_call_has_nothing_to_build(self):
        for service in chain.existing():
            self.assertFalse(build.is_stale(f"services/{service.name}", service.app / "quarkus-run.jar"))


class EndsWhatItStarted(unittest.TestCase):

    def test_down_leaves_nothing_running(self):
        gatehouse("down")
        self.assertEqual([], processes.running())
