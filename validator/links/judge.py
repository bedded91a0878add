"""What an answer, or the lack of one, means for an address."""

import ssl
from urllib.parse import urlsplit

import httpx

from validator.links.answer import Outcome


def judged(status: int, url: str, final_url: str) -> tuple[Outcome, str | None]:
    """Say what the last status means for an address.

    >>> judged(410, "https://harbour.example/fares", "https://harbour.example/fares")
    ('dead', None)
    """
    if 200 <= status < 300 or status == 416:  # 416: it is there, and has no bytes to give a range of
        lost = urlsplit(url).path.strip("/") and not urlsplit(final_url).path.strip("/")
        return "ok", "leads to the front page, so the document may be gone" if lost else None
    if status in (404, 410):
        return "dead", None
    if 300 <= status < 400:
        return "broken", "redirects without saying where to"
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
    return [error, *_causes(error.__cause__ or error.__context__)] if error else []
