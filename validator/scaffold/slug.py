"""Names of files made of words."""

import re
import unicodedata

MOST = 60  # characters; a slug may have 80, and the words of a claim are only a hint


def slug(words: str, most: int = MOST) -> str:
    """Return lower-case words joined by hyphens, as many as fit; empty if there is no Latin letter and no digit.

    >>> slug("“Père Noël” took the 8.45 train", 18)
    'pere-noel-took-the'
    """
    plain = re.sub("['\u2018\u2019]", "", unicodedata.normalize("NFKD", words))
    parts = re.findall("[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    whole = "-".join(parts)
    return whole if len(whole) <= most else whole[: most + 1].rpartition("-")[0] or whole[:most]
