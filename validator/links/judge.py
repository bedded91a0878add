"""What an answer, or the lack of one, means for an address."""

import ssl

import httpx

from validator.links.answer import Outcome

# RFC 9110, 15: answers that have no page in them, whoever asks.
_EMPTY = dict.fromkeys((204, 205), "answers that there is nothing to show")
_UNUSABLE = {
    300: "offers several documents and does not say which it is",
    304: "answers that nothing has changed, to somebody who has never asked before",
}


def judged(status: int, doubt: str | None) -> tuple[Outcome, str | None]:
    """Say what the last status means for an address, and `doubt` where it was got from another one.

    >>> judged(410, None)
    ('dead', None)
    """
    if 200 <= status < 300 or status == 416:  # 416: it is there, and has no bytes to give a range of
        return "ok", doubt or _EMPTY.get(status)
    if status in (404, 410):
        return "dead", None
    if status < 400:
        return "broken", _UNUSABLE.get(status, "redirects without saying where to")
    return ("broken", "the server fails") if 500 <= status < 600 else ("refused", None)


def why(error: Exception, *, answered: bool) -> str:
    """Say in plain words what went wrong with a connection."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate does not hold: {cause.verify_message}"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "does not agree on TLS"
    if answered:
        return "the answer breaks off before its end"
    if isinstance(error, httpx.ConnectError):
        return "does not accept the connection"
    return "no name server answers" if isinstance(error, OSError) else "closes the connection or does not speak HTTP"


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
