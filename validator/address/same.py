"""What two addresses of one page have in common."""

import re
from urllib.parse import quote, unquote, unquote_to_bytes

from validator.address.parts import AUTHORITY, PORTS, SLIP, apart, named

# RFC 3986, appendix B: scheme, authority, path, query and fragment of any text.
_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
# Parameters that say where a reader came from and nothing of the page, as ClearURLs and browsers take them away.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|hsa)_\w+|at_(?:medium|campaign|link|ptr|custom)\w*|ns_(?:campaign|mchannel|source|fee)"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_(?:source|campaignid)|srsltid|msclkid|yclid|ysclid|_openstat|twclid"
    r"|ttclid|li_fat_id|igshid|igsh|epik|rdt_cid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|__hs\w+|vero_id|oly_(?:anon|enc)_id"
    r"|_ga|_gl|s_cid|cmpid|ncid|xtor|wt[._]mc\w*|ref_src|ref_url|guccounter|guce_referr\w+|__twitter_impression",
    re.IGNORECASE,
)
# Archives in whose addresses that of the page stands, behind a time or a word for one.
_ARCHIVES = re.compile(
    r"(?:www\.)?(?:web\.archive\.org|wayback\.archive-it\.org|arquivo\.pt|timetravel\.mementoweb\.org"
    r"|webarchive\.(?:loc\.gov|org\.uk|nationalarchives\.gov\.uk)|archive\.(?:today|ph|is|vn|li|fo|md))",
    re.IGNORECASE,
)
_ARCHIVED = re.compile(
    r"https?://(?P<host>[^/?#]+)/(?:[\w-]+/){0,3}?(?:[0-9][0-9.-]{3,17}(?:[a-z]{2}_|\*)?|\*|newest|oldest)/(?P<page>.*[^/].*)",
    re.DOTALL | re.IGNORECASE,
)
_ENCODED = re.compile("https?%3A", re.IGNORECASE)


def page(url: str) -> str:
    """Return what all addresses of a page have in common; any text may be asked about."""
    while inner := _archived(url):
        url = inner
    scheme, authority, path, query, fragment = apart(_PARTS, url)
    own = f"#{_escaped_alike(fragment.partition(':~:')[0])}" if fragment.startswith(("/", "!")) else ""
    return _site(scheme.lower(), authority) + _undotted(path) + _parameters(query) + own


def _archived(url: str) -> str | None:
    """Return the address of the page of which an address shows a copy in an archive, or None."""
    match = _ARCHIVED.fullmatch(url)
    if not match or not _ARCHIVES.fullmatch(match["host"]):
        return None
    inner = match["page"]
    inner = unquote(inner) if _ENCODED.match(inner) else inner
    begun = SLIP.match(inner)
    return f"{begun['scheme']}://{inner[begun.end() :]}" if begun else f"http://{inner}"


def _site(scheme: str, authority: str) -> str:
    _, host, port = apart(AUTHORITY, authority)
    known = (host if host.isascii() and "%" not in host else named(host) or host).lower().removesuffix(".")
    bare = known.removeprefix("www.")
    usual = not port or (port.lstrip("0") == PORTS.get(scheme))
    return (bare if "." in bare else known) + ("" if usual else f":{port}")


def _escaped_alike(part: str) -> str:
    """Return a part of an address with every character escaped that can be, whichever of them were before.

    RFC 3986 does so for unreserved characters alone; but `(` and `%28` lead to one page, if no server minds its own.
    """
    return quote(unquote_to_bytes(part.encode("utf-8", "surrogatepass")), safe="")


def _undotted(path: str) -> str:
    """Return a path without its dot segments (RFC 3986, section 5.2.4) and slashes at the end."""
    kept: list[str] = []
    for segment in map(_escaped_alike, path.split("/")):
        if segment == "..":
            kept = kept[:-1] or kept
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept).rstrip("/")


def _parameters(query: str) -> str:
    pairs = (each.replace("+", " ").partition("=")[::2] for each in query.split("&") if each)
    kept = sorted(
        f"{_escaped_alike(name)}={_escaped_alike(value)}" for name, value in pairs if not _TRACKING.fullmatch(name)
    )
    return f"?{'&'.join(kept)}" if kept else ""
