"""`gatehouse inspect`: asks the guard's dry run what it would do with a text."""

from __future__ import annotations

import json

from . import chain, web
from .trouble import Trouble


def inspect(text: str, policy: str | None, as_json: bool) -> str:
    """The guard's verdict on this text, for reading, or as the guard gave it."""
    question = {"text": text} if policy is None else {"policy": policy, "text": text}
    answer = _ask(json.dumps(question).encode())
    return json.dumps(answer, indent=2, ensure_ascii=False) if as_json else readable(answer)


def readable(answer: dict) -> str:
    """Verdict, one line for each finding, and the text as the model would get it."""
    lines = [f"Verdict: {answer['verdict']}"] + [_finding(finding) for finding in answer.get("findings", [])]
    if answer["verdict"] == "Mask" and "text" in answer:
        lines += ["The model would get:", *("  " + line for line in answer["text"].splitlines())]
    return "\n".join(lines)


def _finding(finding: dict) -> str:
    return (f"  {finding['action']:<7} {finding['detector']:<10} {finding['category']:<28} "
            f"characters {finding['start']} to {finding['end']}, score {finding['score']:.2f}, rule {finding['rule']}")


def _ask(question: bytes) -> dict:
    port = chain.Service("guard").management_port
    try:
        status, body = web.post(f"http://127.0.0.1:{port}/v1/inspect", question, "application/json")
    except TimeoutError as late:
        raise Trouble(f"The guard did not answer within {web.ANSWER_SECONDS} seconds; './gatehouse logs guard' may say why.") from late
    except OSError as refused:
        raise Trouble(f"The guard does not answer on port {port}; './gatehouse up guard' starts it.") from refused
    if status != 200:
        raise Trouble(f"The guard answered {status}: {body.decode(errors='replace').strip()}")
    return json.loads(body)
