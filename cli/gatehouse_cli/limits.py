"""`gatehouse limits`: how full the limits are, as the rate limit service tells it."""

from __future__ import annotations

import json
from urllib.parse import quote

from . import chain, web
from .trouble import Trouble

_COLUMNS = ("POLICY", "LIMIT", "KEY", "USED", "RESERVED", "REMAINING", "OF", "UNIT", "WINDOW", "FULL AGAIN IN")
_NUMBERS = frozenset(("USED", "RESERVED", "REMAINING", "OF", "FULL AGAIN IN"))


def limits(policy: str | None, limit: str | None, as_json: bool) -> str:
    """All limits with the keys seen of each, those of one policy, or one limit; for reading, or as JSON."""
    chosen = [each for each in _get("/v1/limits")["limits"]
              if policy in (None, each["policy"], each["policy"].removeprefix("default/")) and limit in (None, each["limit"])]
    if not chosen:
        raise Trouble("No policy limits anything." if policy is None else f"There is no limit {'/'.join(filter(None, (policy, limit)))}.")
    filled = [{**each, "keys": _keys(each)} for each in chosen]
    return json.dumps(filled, indent=2, ensure_ascii=False) if as_json else table(filled)


def table(filled: list[dict]) -> str:
    """One line for each key, one for a limit that nobody has used."""
    rows = [row for each in filled for row in _rows(each)]
    widths = [max(len(row[i]) for row in [_COLUMNS, *rows]) for i in range(len(_COLUMNS))]
    return "\n".join(_line(row, widths) for row in [_COLUMNS, *rows])


def _rows(limit: dict) -> list[tuple[str, ...]]:
    name = (limit["policy"], limit["limit"] + ("" if limit["mode"] == "Enforce" else " (shadow)"))
    unit = (limit["unit"], limit.get("window", ""))
    if not limit["keys"]:
        return [(*name, "-", "0", "0", _number(limit["amount"]), _number(limit["amount"]), *unit, "0s")]
    return [(*name, "/".join(key["key"]) or "(all)", _number(key["used"]), _number(key["reserved"]), _number(key["remaining"]),
             _number(key["limit"]), *unit, _seconds(key["fullInSeconds"])) for key in limit["keys"]]


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    cells = [cell.rjust(width) if column in _NUMBERS else cell.ljust(width) for cell, width, column in zip(row, widths, _COLUMNS)]
    return "  ".join(cells).rstrip()


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.9f}".rstrip("0").rstrip(".")


def _seconds(seconds: int) -> str:
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    parts = [(days, "d"), (hours, "h"), (minutes, "m"), (rest, "s")]
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0s"


def _keys(limit: dict) -> list[dict]:
    return _get("/v1/limits/" + limit["policy"] + "/" + quote(limit["limit"], safe="") + "/keys")["keys"]


def _get(path: str) -> dict:
    port = chain.Service("ratelimit").management_port
    try:
        status, body = web.get(f"http://127.0.0.1:{port}{path}")
    except TimeoutError as late:
        raise Trouble(f"The rate limit did not answer within {web.ANSWER_SECONDS} seconds; './gatehouse logs ratelimit' may say why.") from late
    except OSError as refused:
        raise Trouble(f"The rate limit does not answer on port {port}; './gatehouse up ratelimit' starts it.") from refused
    if status != 200:
        raise Trouble(f"The rate limit answered {status}: {body.decode(errors='replace').strip()}")
    return json.loads(body)
