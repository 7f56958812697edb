"""`gatehouse charts`: values.yaml, values.schema.json and docs/helm-values.md of the Helm charts, from the fragments in helm/values.

A fragment is YAML of maps only, two spaces a level; lists and empty maps stand on one line, as JSON. The comment over a value says what
it is. A line `# @ {...}` adds to its JSON schema; its type is that of the default, and a map takes no other keys than those named.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

from .places import ROOT
from .trouble import Trouble

HELM = ROOT / "helm"
PAGE = ROOT / "docs" / "helm-values.md"

OF_A_SERVICE = {
    "guard": ("common", "redis", "guard"),
    "ratelimit": ("common", "redis", "ratelimit"),
    "semantic-router": ("common", "redis", "credentials", "semantic-router"),
    "cache": ("common", "redis", "credentials", "embedding", "cache"),
    "response-risk": ("common", "credentials"),
}
SHARED = ("image", "imagePullSecrets", "policies", "networkPolicy", "tls", "hashKey", "tracing", "logging", "monitoring", "security",
          "commonLabels", "commonAnnotations", "redis")
NOTE = "# Written by './gatehouse charts' from helm/values: change it there.\n\n"
LINE = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):(?: (.*))?")


@dataclass(frozen=True)
class Value:
    """One value of a chart: its comment, what its schema adds, and its default or the values in it."""

    name: str
    comment: str
    rules: dict
    default: object = None
    members: tuple[Value, ...] = field(default=())

    def yaml(self, indent: str = "") -> str:
        head = "".join(f"{indent}# {line}\n" for line in [self.comment] if line) + f"{indent}{self.name}:"
        if not self.members:
            return f"{head} {_plain(self.default)}\n"
        return head + "\n" + "".join(member.yaml(indent + "  ") for member in self.members)

    def schema(self) -> dict:
        described = {"description": self.comment} if self.comment else {}
        if self.members:
            closed = {"type": "object", "properties": {member.name: member.schema() for member in self.members}, "additionalProperties": False}
            return {**described, **closed, **self.rules}
        return {**described, "type": _type(self.default), **self.rules}

    def rows(self, prefix: str = "") -> list[str]:
        if not self.members:
            return [f"| `{prefix}{self.name}` | `{_plain(self.default)}` | {self.comment} |"]
        own = [f"| `{prefix}{self.name}` | | {self.comment} |"] if self.comment else []
        return own + [row for member in self.members for row in member.rows(f"{prefix}{self.name}.")]


def write() -> list[Path]:
    """Writes the files that are not what the fragments make of them, and returns them."""
    old = stale()
    for file in old:
        file.write_text(files()[file], encoding="utf-8")
    return old


def stale() -> list[Path]:
    """The files that are not what the fragments make of them."""
    return [file for file, text in files().items() if not file.exists() or file.read_text(encoding="utf-8") != text]


def files() -> dict[Path, str]:
    """Each file with its text."""
    made = {PAGE: page()}
    for service, values in services().items():
        made.update(_chart(HELM / f"gatehouse-{service}", values, _service_schema(values)))
    made.update(_chart(HELM / "gatehouse", umbrella(), _umbrella_schema(umbrella())))
    made.update(_chart(HELM / "gatehouse-crds", (), _document({"global": {"type": "object"}})))
    return made


def services() -> dict[str, tuple[Value, ...]]:
    """The values of each service's chart."""
    return {service: _joined(fragments) for service, fragments in OF_A_SERVICE.items()}


def umbrella() -> tuple[Value, ...]:
    """The values of the umbrella: its own, and under global what all services share."""
    shared = tuple(_without_names(value) for value in _joined(("common", "redis")) if value.name in SHARED)
    made = Value("umbrella", "The release makes what its services share: hash key, trial Redis. Leave it.", {"const": True}, True)
    globals_ = Value("gatehouse", "For all services; what a service sets itself wins.", {}, members=(made, *shared))
    return (*read(HELM / "values" / "umbrella.yaml"), Value("global", "", {"additionalProperties": True}, members=(globals_,)))


def _without_names(value: Value) -> Value:
    """Repository and digest are an image's own."""
    return replace(value, members=tuple(member for member in value.members if member.name not in ("repository", "digest")))


def page() -> str:
    """docs/helm-values.md."""
    common = {value.name: value for value in _joined(("common",))}
    parts = [PAGE_HEAD, _table("Values of every service", common.values())]
    parts += [_table("Redis: guard, ratelimit, semantic-router, cache", _joined(("redis",)))]
    for service, fragments in OF_A_SERVICE.items():
        own = _joined(tuple(name for name in fragments if name not in ("common", "redis")))
        parts.append(_table(f"Of `gatehouse-{service}` alone", own))
    parts.append(_table("The umbrella `gatehouse`", read(HELM / "values" / "umbrella.yaml")))
    return "\n".join(parts)


def read(file: Path) -> tuple[Value, ...]:
    """The values of a fragment. Fails naming the line that it cannot read."""
    lines = file.read_text(encoding="utf-8").split("\n")
    values, end = _block(file, lines, 0, "")
    if end < len(lines):
        raise Trouble(f"{file.relative_to(ROOT)}, line {end + 1}: not at the level of a value.")
    return values


def _block(file: Path, lines: list[str], at: int, indent: str) -> tuple[tuple[Value, ...], int]:
    """The values from a line on that are this deep, and the first line after them."""
    values, comment, rules = [], [], {}
    while at < len(lines) and (not lines[at].strip() or lines[at].startswith(indent)):
        text = lines[at][len(indent):]
        at += 1
        found = LINE.fullmatch(text)
        if text.startswith("# @ "):
            rules = json.loads(text[4:])
        elif text.startswith("# "):
            comment.append(text[2:])
        elif found:
            members, at = _block(file, lines, at, indent + "  ") if found.group(2) is None else ((), at)
            values.append(Value(found.group(1), " ".join(comment), rules, _parsed(found.group(2) or "null"), members))
            comment, rules = [], {}
        elif text.strip():
            raise Trouble(f"{file.relative_to(ROOT)}, line {at}: neither a comment nor a value.")
    return tuple(values), at


def _joined(fragments: tuple[str, ...]) -> tuple[Value, ...]:
    """The values of several fragments; a later one replaces one of the same name."""
    values: dict[str, Value] = {}
    for fragment in fragments:
        values.update({value.name: value for value in read(HELM / "values" / f"{fragment}.yaml")})
    return tuple(values.values())


def _chart(folder: Path, values: tuple[Value, ...], schema: dict) -> dict[Path, str]:
    return {
        folder / "values.yaml": NOTE + "\n".join(value.yaml() for value in values),
        folder / "values.schema.json": json.dumps(schema, indent=2) + "\n",
    }


def _service_schema(values: tuple[Value, ...]) -> dict:
    more = {
        "enabled": {"description": "Whether the umbrella installs it.", "type": "boolean"},
        "global": {"type": "object"},
        "gatehouse-lib": {"type": "object"},
    }
    return _document({**{value.name: value.schema() for value in values}, **more})


def _umbrella_schema(values: tuple[Value, ...]) -> dict:
    parts = {name: {"type": "object"} for name in ("gatehouse-lib", "gatehouse-crds")}
    return _document({**{value.name: value.schema() for value in values}, **parts})


def _document(properties: dict) -> dict:
    return {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "properties": properties, "additionalProperties": False}


def _table(title: str, values) -> str:
    rows = [row for value in values for row in value.rows()]
    return "\n".join([f"## {title}", "| value | default | |", "|---|---|---|", *rows, ""])


def _type(default: object) -> str:
    if isinstance(default, bool):
        return "boolean"
    names = {int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(default), "null")


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def _plain(default: object) -> str:
    if isinstance(default, str) and re.fullmatch(r"[A-Za-z/][A-Za-z0-9._/-]*|[0-9]+(m|Mi|Gi)", default):
        return default
    return json.dumps(default)


PAGE_HEAD = """# Values of the Helm charts

Written by `./gatehouse charts` from `helm/values`; a test compares. How to install: [install.md](install.md).

Every chart has a schema: a value that is not here, or not of its kind, is refused by `helm install` with its name. In the umbrella
`gatehouse` a service's values stand under its name (`guard.replicas`), and these may stand once for all services under
`global.gatehouse`: """ + ", ".join(f"`{name}`" for name in SHARED) + """. What a service sets itself wins.
"without" means: where the value is empty or null. The values of the attachment are on [its own page](../helm/gatehouse-attachment/README.md).
"""
