"""`gatehouse simulate cache`: what the semantic cache would have done with a trace, as its own dry run tells it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Iterator
from urllib.parse import urlencode

from . import chain, web
from .trouble import Trouble

SERVICE = "cache"


def lines(trace: Path, parameters: dict[str, object]) -> Iterator[str]:
    """The service's answer lines, one for each row and the summary, as they come."""
    given = {name: value for name, value in parameters.items() if value is not None}
    port = chain.Service(SERVICE).management_port
    url = f"http://127.0.0.1:{port}/v1/simulate" + (f"?{urlencode(given)}" if given else "")
    try:
        yield from web.post_lines(url, _read(trace), "application/x-ndjson")
    except web.Refused as refused:
        raise Trouble(f"The cache answered {refused.status}: {refused.body.decode(errors='replace').strip()}") from refused
    except TimeoutError as late:
        raise Trouble(f"The cache sent nothing for {web.ANSWER_SECONDS} seconds; './gatehouse logs {SERVICE}' may say why.") from late
    except OSError as gone:
        raise Trouble(f"The cache does not answer on port {port}; './gatehouse up {SERVICE}' starts it.") from gone


def _read(trace: Path) -> bytes:
    try:
        return trace.read_bytes()
    except OSError as unreadable:
        raise Trouble(f"{trace} cannot be read: {unreadable.strerror}.") from unreadable


def summary(answers: Iterator[str]) -> dict:
    """The summary at the end of the answer lines."""
    last = None
    for last in answers:
        pass
    if last is None or "summary" not in json.loads(last):
        raise Trouble("The cache broke off before the end of the trace.")
    return json.loads(last)["summary"]


def readable(told: dict) -> str:
    """The summary for reading: hits, wrong hits where they are known, why there were misses, and window by window."""
    hits = ", ".join(f"{count['hits']:,} {tier}" for tier, count in told["tiers"].items())
    text = [f"Requests    {told['rows']:,}" + (f", and {told['malformed']:,} lines that are no request" if told["malformed"] else ""),
            f"Hits        {told['hits']:,} ({_percent(told['hitRate'])})" + (f": {hits}" if hits else "")]
    if "wrongHits" in told:
        text.append(f"Wrong hits  {told['wrongHits']:,}: {_percent(told['wrongHitRate'])} of requests, {_percent(told['wrongHitShare'])} of hits")
    if told["misses"]:
        reasons = sorted(told["misses"].items(), key=lambda each: -each[1])
        text.append("Misses      " + ", ".join(f"{count:,} {reason.replace('_', ' ')}" for reason, count in reasons))
    return "\n".join(text + _windows(told["windows"]))


def _windows(windows: list[dict]) -> list[str]:
    if len(windows) < 2:
        return []
    begins = [1 + sum(window["rows"] for window in windows[:i]) for i in range(len(windows))]
    rows = [("REQUESTS", "HITS", "WRONG OF REQUESTS", "WRONG OF HITS")]
    rows += [(f"{begin:,} to {begin + window['rows'] - 1:,}", _percent(window["hitRate"]), _percent(window.get("wrongHitRate")),
              _percent(window.get("wrongHitShare"))) for begin, window in zip(begins, windows)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return ["", *("  ".join([row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:]))]) for row in rows)]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f} %"
