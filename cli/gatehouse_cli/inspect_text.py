"""`gatehouse inspect`: asks the dry run of the guard, or of response-risk, what it would do with a text."""

from __future__ import annotations

import json

from . import chain, web
from .trouble import Trouble


GUARD = "guard"
RESPONSE_RISK = "response-risk"
_READER = {GUARD: "model", RESPONSE_RISK: "client"}


def inspect(text: str, policy: str | None, as_json: bool, service: str = GUARD) -> str:
    """The service's verdict on this text, for reading, or as the service gave it."""
    question = {"text": text} if policy is None else {"policy": policy, "text": text}
    answer = _ask(service, json.dumps(question).encode())
    return json.dumps(answer, indent=2, ensure_ascii=False) if as_json else readable(answer, _READER[service])


def readable(answer: dict, reader: str = "model") -> str:
    """Verdict, one line for each finding, and the text as its reader would get it."""
    lines = [f"Verdict: {answer['verdict']}"] + [_finding(finding) for finding in answer.get("findings", [])]
    if answer["verdict"] == "Mask" and "text" in answer:
        lines += [f"The {reader} would get:", *("  " + line for line in answer["text"].splitlines())]
    return "\n".join(lines)


def _finding(finding: dict) -> str:
    return (f"  {finding['action']:<7} {finding['detector']:<10} {finding['category']:<28} "
            f"characters {finding['start']} to {finding['end']}, score {finding['score']:.2f}, rule {finding['rule']}")


def _ask(service: str, question: bytes) -> dict:
    port = chain.Service(service).management_port
    try:
        status, body = web.post(f"http://127.0.0.1:{port}/v1/inspect", question, "application/json")
    except TimeoutError as late:
        raise Trouble(f"{service} did not answer within {web.ANSWER_SECONDS} seconds; './gatehouse logs {service}' may say why.") from late
    except OSError as refused:
        raise Trouble(f"{service} does not answer on port {port}; './gatehouse up {service}' starts it.") from refused
    if status != 200:
        raise Trouble(f"{service} answered {status}: {body.decode(errors='replace').strip()}")
    return json.loads(body)
