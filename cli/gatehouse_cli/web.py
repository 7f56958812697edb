"""Small HTTP calls to what runs on this machine."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from typing import Iterator

# A proxy in the environment is for the outside, never for the loopback address.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))

ANSWER_SECONDS = 30


def is_ready(url: str) -> bool:
    """Whether a GET of this address is answered with 200 now."""
    try:
        with _OPENER.open(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def get(url: str) -> tuple[int, bytes]:
    """Status and body of the answer. Raises OSError when nobody listens, TimeoutError when the answer is late."""
    return _ask(urllib.request.Request(url))


def post(url: str, body: bytes, content_type: str) -> tuple[int, bytes]:
    """Posts a body; otherwise as `get`."""
    return _ask(urllib.request.Request(url, data=body, headers={"content-type": content_type}, method="POST"))


class Refused(Exception):
    """An answer with another status than 200."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


def post_lines(url: str, body: bytes, content_type: str) -> Iterator[str]:
    """Posts a body and yields the lines of the answer as they come. Raises Refused, OSError when nobody listens, TimeoutError on a long silence."""
    request = urllib.request.Request(url, data=body, headers={"content-type": content_type}, method="POST")
    try:
        with _OPENER.open(request, timeout=ANSWER_SECONDS) as answer:
            for line in answer:
                yield line.decode().rstrip("\n")
    except urllib.error.HTTPError as refused:
        raise Refused(refused.code, refused.read()) from refused
    except socket.timeout as late:
        raise TimeoutError(str(late)) from late


def _ask(request: urllib.request.Request) -> tuple[int, bytes]:
    try:
        with _OPENER.open(request, timeout=ANSWER_SECONDS) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
    except socket.timeout as late:  # an alias of TimeoutError from Python 3.10 on
        raise TimeoutError(str(late)) from late
