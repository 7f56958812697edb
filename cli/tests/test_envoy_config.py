import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from gatehouse_cli import chain, envoy_binary, envoy_config
from gatehouse_cli.trouble import Trouble


def render(names, url=None):
    services = [chain.Service(name) for name in chain.ORDER if name in names]
    model = envoy_config.upstream(url) if url else envoy_config.DEMO_MODEL
    return envoy_config.bootstrap(services, model, Path("/tmp/access.log"))


def manager(document):
    return document["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]


def cluster(document, name):
    return next(each for each in document["static_resources"]["clusters"] if each["name"] == name)


def route_actions(document):
    routes = manager(document)["route_config"]["virtual_hosts"][0]["routes"]
    return {route["match"]["prefix"]: route["route"] for route in routes if "headers" not in route["match"]}


class RendersEnvoysBootstrap(unittest.TestCase):

    def test_filters_stand_in_the_chains_order_before_the_router(self):
        names = [each["name"] for each in manager(render({"response-risk", "guard", "ratelimit"}))["http_filters"]]
        self.assertEqual(["gatehouse.ratelimit", "gatehouse.guard", "gatehouse.response-risk", "router"], names)

    def test_a_dead_service_fails_closed(self):
        self.assertFalse(manager(render({"guard"}))["http_filters"][0]["typed_config"]["failure_mode_allow"])

    def test_each_service_is_reached_at_its_own_port(self):
        address = cluster(render({"guard"}), "guard")["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]["address"]
        self.assertEqual({"address": "127.0.0.1", "port_value": 9102}, address["socket_address"])

    def test_the_access_log_holds_no_query_and_no_prompt(self):
        line = manager(render({"guard"}))["access_log"][0]["typed_config"]["log_format"]["json_format"]
        self.assertEqual("%PATH(NQ)%", line["path"])
        self.assertFalse(any("REQ(:path)" in str(value) or "BODY" in str(value) for value in line.values()))

    def test_a_real_model_over_https_has_its_name_checked(self):
        tls = cluster(render(set(), "https://models.example.com/v1"), "model")["transport_socket"]["typed_config"]
        self.assertEqual("models.example.com", tls["sni"])
        self.assertTrue(tls["auto_sni_san_validation"])

    def test_the_base_url_takes_the_place_of_v1(self):
        actions = route_actions(render(set(), "https://models.example.com/openai/v1/"))
        self.assertEqual("/openai/v1/", actions["/v1/"]["prefix_rewrite"])
        self.assertNotIn("prefix_rewrite", actions["/"])

    def test_a_base_url_without_a_path_leaves_paths_alone(self):
        actions = route_actions(render(set(), "http://127.0.0.1:8000"))
        self.assertEqual({"/"}, set(actions))
        self.assertEqual("127.0.0.1:8000", actions["/"]["host_rewrite_literal"])

    def test_what_the_router_names_has_a_backend_of_its_own(self):
        document = render({"guard", "semantic-router"})
        first, second = manager(document)["route_config"]["virtual_hosts"][0]["routes"]
        self.assertEqual([{"name": "x-gateway-model-name", "string_match": {"exact": "demo-code"}}], first["match"]["headers"])
        self.assertEqual(("code-model", "model"), (first["route"]["cluster"], second["route"]["cluster"]))
        self.assertEqual("code-model", cluster(document, "code-model")["name"])

    def test_without_a_router_or_with_a_real_model_there_is_one_backend(self):
        for document in (render({"guard"}), render({"semantic-router"}, "https://models.example.com/v1")):
            self.assertNotIn("code-model", json.dumps(document))

    def test_a_usual_port_is_not_repeated_in_the_host(self):
        self.assertEqual("models.example.com", envoy_config.upstream("https://models.example.com:443/v1").authority)

    def test_a_url_that_is_none_is_refused(self):
        for url in ("models.example.com/v1", "ftp://models.example.com", "https://", "https://user:key@models.example.com",
                    "https://models.example.com/v1?key=1", "http://models.example.com:port"):
            with self.assertRaisesRegex(Trouble, "is not a base URL", msg=url):
                envoy_config.upstream(url)

    def test_a_refused_url_is_not_repeated_with_its_password(self):
        with self.assertRaises(Trouble) as refused:
            envoy_config.upstream("https://user:secretkey@models.example.com")
        self.assertNotIn("secretkey", str(refused.exception))

    def test_a_real_envoy_accepts_it(self):
        try:
            envoy = envoy_binary.find()
        except Trouble as reason:
            self.skipTest(str(reason))
        for url in (None, "https://models.example.com/openai/v1"):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                json.dump(render(set(chain.ORDER), url), file)
                file.flush()
                done = subprocess.run([str(envoy), "--mode", "validate", "--config-path", file.name], capture_output=True, text=True)
            self.assertEqual(0, done.returncode, done.stderr)
