"""`gatehouse route`: asks the dry run of the semantic router where a prompt would go, and why."""

from __future__ import annotations

import json

from . import chain, web
from .trouble import Trouble

SERVICE = chain.Service("semantic-router")


def route(text: str, policy: str | None, as_json: bool) -> str:
    """The decision on this prompt, for reading, or as the service gave it."""
    question = {"text": text} if policy is None else {"policy": policy, "text": text}
    answer = _ask(json.dumps(question).encode())
    return json.dumps(answer, indent=2, ensure_ascii=False) if as_json else readable(answer)


def readable(answer: dict) -> str:
    """Route, model and reason; the best candidates and the nearest examples."""
    lines = [f"Route: {answer.get('route') or 'none'}", f"Model: {answer.get('model') or 'as requested'}", f"Why: {_why(answer)}"]
    lines += [f"  {each['score']:.2f}  {each['route']}" for each in answer["candidates"][:5]]
    if answer["nearest"]:
        lines += ["Nearest examples:"] + [f"  {each['score']:.2f}  {each['text']}" for each in answer["nearest"]]
    lines += [f"Skipped: {model} ({why})" for model, why in answer["signals"]["skipped"].items()]
    return "\n".join(lines)


def _why(answer: dict) -> str:
    if answer["score"] is None:
        return answer["reason"]
    return f"{answer['reason']}, score {answer['score']:.2f}, sure from {answer['signals']['threshold']:.2f} on"


def _ask(question: bytes) -> dict:
    port = SERVICE.management_port
    try:
        status, body = web.post(f"http://127.0.0.1:{port}/v1/route", question, "application/json")
    except TimeoutError as late:
        raise Trouble(f"{SERVICE.name} did not answer within {web.ANSWER_SECONDS} seconds; './gatehouse logs {SERVICE.name}' may say why.") from late
    except OSError as refused:
        raise Trouble(f"{SERVICE.name} does not answer on port {port}; './gatehouse up {SERVICE.name}' starts it.") from refused
    if status != 200:
        raise Trouble(f"{SERVICE.name} answered {status}: {body.decode(errors='replace').strip()}")
    return json.loads(body)
