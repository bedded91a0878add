"""What addresses are made of."""

import re
from urllib.parse import unquote

AUTHORITY = re.compile(r"(?:(.*)@)?(\[[^\]]*\]|[^:]*)(?::(.*))?", re.DOTALL)
PORTS = {"http": "80", "https": "443"}
# An address that begins nearly as it should.
SLIP = re.compile(r"(?P<scheme>https?)(?::[/\\]*|[/\\]{2,})(?=[^:/\\])", re.IGNORECASE)
# What may not stand as it is behind a host: anything else than RFC 3986 lists, and a percent sign that begins nothing.
FOREIGN = re.compile(r"[^A-Za-z0-9._~:/?@!$&'()*+,;=%-]+|%(?![0-9A-Fa-f]{2})")


def named(host: str) -> str | None:
    """Return a host as the DNS knows it, with the labels beyond ASCII in Punycode; None if it cannot be one."""
    # Imported where it is needed: its tables take as long as reading a hundred claims, and most hosts are ASCII.
    import idna

    try:
        labels = idna.uts46_remap(unquote(host, errors="strict"), std3_rules=False).split(".")
        return ".".join(each if each.isascii() else f"xn--{each.encode('punycode').decode()}" for each in labels)
    except (UnicodeError, idna.IDNAError):
        return None


def apart(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """Return the parts of a text by a pattern that takes any text apart; what is absent is empty."""
    match = pattern.fullmatch(text)
    assert match  # noqa: S101
    return match.groups("")
