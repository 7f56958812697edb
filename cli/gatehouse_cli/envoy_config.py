"""Renders Envoy's bootstrap for one machine: listener, the chain's ext_proc filters in order, one upstream."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from . import chain
from .trouble import Trouble

TYPE = "type.googleapis.com/envoy."
MESSAGE_TIMEOUT = "61s"  # above the longest timeout of a policy, so that its failureMode decides and not Envoy's

# What the policy resolver and the identity block read. Bodies, cookies and query strings stay out.
REQUEST_ATTRIBUTES = ("xds.route_name", "xds.route_metadata", "source.address", "request.host", "request.method",
                      "request.url_path", "request.scheme", "request.id", "connection.mtls",
                      "connection.uri_san_peer_certificate")

FORWARDED_NAMESPACES = ("gatehouse", "envoy.filters.http.jwt_authn", "envoy.filters.http.ext_authz",
                        "envoy.filters.http.ratelimit")

LOGGED_KEYS = ("path", "guard_verdict", "guard_categories", "cache", "route_model", "risk_verdict", "input_tokens",
               "output_tokens", "total_tokens", "replied_by")


@dataclass(frozen=True)
class Upstream:
    """The model behind the chain. `path` is the base path that takes the place of `/v1`; empty passes paths as they are."""

    host: str
    port: int
    tls: bool
    path: str

    @property
    def authority(self) -> str:
        return self.host if self.port == (443 if self.tls else 80) else f"{self.host}:{self.port}"


DEMO_MODEL = Upstream("127.0.0.1", chain.DEMO_MODEL_PORT, False, "")
CODE_MODEL = Upstream("127.0.0.1", chain.CODE_MODEL_PORT, False, "")

# What the semantic router sets, and the one value of it that has a backend of its own here: as in deploy/local/policies/routes.yaml.
MODEL_HEADER = "x-gateway-model-name"
CODE_MODEL_NAME = "demo-code"


def upstream(url: str) -> Upstream:
    """Reads an OpenAI base URL such as https://models.example.com/openai/v1."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.username:
        raise Trouble("What --model names is not a base URL such as https://models.example.com/v1 "
                      "(http or https, without user, query or key).")
    tls = parts.scheme == "https"
    return Upstream(parts.hostname, port or (443 if tls else 80), tls, parts.path.rstrip("/"))


def bootstrap(services: list[chain.Service], model: Upstream, access_log: Path) -> dict:
    """The whole document, for `envoy --config-path`."""
    return {
        "admin": {"address": _address("127.0.0.1", chain.ENVOY_ADMIN_PORT)},
        "static_resources": {
            "listeners": [_listener(services, model, access_log)],
            "clusters": [_service_cluster(service) for service in services] + _model_clusters(services, model),
        },
    }


def has_code_model(services: list[chain.Service], model: Upstream | None) -> bool:
    """Whether a second demo model stands behind the chain: where the semantic router has one to choose."""
    return model in (None, DEMO_MODEL) and any(service.name == "semantic-router" for service in services)


def _listener(services: list[chain.Service], model: Upstream, access_log: Path) -> dict:
    manager = {
        "@type": TYPE + "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "gatehouse",
        "use_remote_address": True,
        "skip_xff_append": True,  # a model outside need not know this machine's address
        "normalize_path": True,
        "merge_slashes": True,
        "path_with_escaped_slashes_action": "UNESCAPE_AND_REDIRECT",
        "route_config": {"name": "local", "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": _routes(services, model)}]},
        "http_filters": [_ext_proc(service) for service in services] + [
            {"name": "router", "typed_config": {"@type": TYPE + "extensions.filters.http.router.v3.Router"}}],
        "access_log": [_access_log(access_log)],
    }
    return {
        "name": "gatehouse",
        "address": _address("127.0.0.1", chain.ENVOY_PORT),
        "filter_chains": [{"filters": [{"name": "http", "typed_config": manager}]}],
    }


def _ext_proc(service: chain.Service) -> dict:
    return {
        "name": f"gatehouse.{service.name}",
        "typed_config": {
            "@type": TYPE + "extensions.filters.http.ext_proc.v3.ExternalProcessor",
            "stat_prefix": service.name,
            "grpc_service": {"envoy_grpc": {"cluster_name": service.name}},
            "processing_mode": {
                "request_header_mode": "SEND",
                "request_body_mode": "FULL_DUPLEX_STREAMED",
                "request_trailer_mode": "SEND",
                "response_header_mode": "SEND",
                "response_body_mode": "FULL_DUPLEX_STREAMED",
                "response_trailer_mode": "SEND",
            },
            "allow_mode_override": True,
            "failure_mode_allow": False,
            "message_timeout": MESSAGE_TIMEOUT,
            "request_attributes": list(REQUEST_ATTRIBUTES),
            "metadata_options": {
                "forwarding_namespaces": {"untyped": list(FORWARDED_NAMESPACES)},
                "receiving_namespaces": {"untyped": ["gatehouse"]},
            },
        },
    }


def _routes(services: list[chain.Service], model: Upstream) -> list[dict]:
    base = _route("/", model, None)
    plain = [_route("/v1/", model, model.path + "/"), base] if model.path else [base]
    return [_code_route(), *plain] if has_code_model(services, model) else plain


def _code_route() -> dict:
    """Matched only once the router has set the header and cleared the route that was found first."""
    header = {"name": MODEL_HEADER, "string_match": {"exact": CODE_MODEL_NAME}}
    return {"match": {"prefix": "/", "headers": [header]},
            "route": {"cluster": "code-model", "timeout": "0s", "host_rewrite_literal": CODE_MODEL.authority}}


def _route(prefix: str, model: Upstream, rewritten: str | None) -> dict:
    action = {"cluster": "model", "timeout": "0s", "host_rewrite_literal": model.authority}
    if rewritten:
        action["prefix_rewrite"] = rewritten
    return {"match": {"prefix": prefix}, "route": action}


def _service_cluster(service: chain.Service) -> dict:
    return {
        "name": service.name,
        "type": "STATIC",
        "connect_timeout": "1s",
        "load_assignment": _endpoint(service.name, "127.0.0.1", service.grpc_port),
        "typed_extension_protocol_options": _protocol("http2_protocol_options"),
    }


def _model_clusters(services: list[chain.Service], model: Upstream) -> list[dict]:
    code = [_model_cluster("code-model", CODE_MODEL)] if has_code_model(services, model) else []
    return [_model_cluster("model", model), *code]


def _model_cluster(name: str, model: Upstream) -> dict:
    cluster = {
        "name": name,
        "type": "STRICT_DNS",
        "connect_timeout": "5s",
        "load_assignment": _endpoint(name, model.host, model.port),
        "typed_extension_protocol_options": _protocol("http_protocol_options"),
    }
    if model.tls:
        cluster["transport_socket"] = _tls(model.host)
    return cluster


def _tls(host: str) -> dict:
    return {"name": "tls", "typed_config": {
        "@type": TYPE + "extensions.transport_sockets.tls.v3.UpstreamTlsContext",
        "sni": host,
        "auto_sni_san_validation": True,
        "common_tls_context": {"validation_context": {"trusted_ca": {"filename": _trusted_certificates()}}},
    }}


def _trusted_certificates() -> str:
    usual = (ssl.get_default_verify_paths().cafile, "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
             "/etc/ssl/cert.pem")
    for file in usual:
        if file and Path(file).exists():
            return file
    raise Trouble("No file of trusted certificates found for https; install ca-certificates or set SSL_CERT_FILE.")


def _protocol(options: str) -> dict:
    return {TYPE.removeprefix("type.googleapis.com/") + "extensions.upstreams.http.v3.HttpProtocolOptions": {
        "@type": TYPE + "extensions.upstreams.http.v3.HttpProtocolOptions",
        "explicit_http_config": {options: {}},
    }}


def _access_log(file: Path) -> dict:
    line = {
        "time": "%START_TIME%",
        "id": "%REQ(x-request-id)%",
        "method": "%REQ(:method)%",
        "path": "%PATH(NQ)%",
        "status": "%RESPONSE_CODE%",
        "flags": "%RESPONSE_FLAGS%",
        "details": "%RESPONSE_CODE_DETAILS%",
        "bytes_received": "%BYTES_RECEIVED%",
        "bytes_sent": "%BYTES_SENT%",
        "duration_ms": "%DURATION%",
        "gatehouse": {key: f"%DYNAMIC_METADATA(gatehouse:{key})%" for key in LOGGED_KEYS},
    }
    return {"name": "file", "typed_config": {
        "@type": TYPE + "extensions.access_loggers.file.v3.FileAccessLog",
        "path": str(file),
        "log_format": {"json_format": line},
    }}


def _endpoint(cluster: str, host: str, port: int) -> dict:
    return {"cluster_name": cluster, "endpoints": [{"lb_endpoints": [{"endpoint": {"address": _address(host, port)}}]}]}


def _address(host: str, port: int) -> dict:
    return {"socket_address": {"address": host, "port_value": port}}
