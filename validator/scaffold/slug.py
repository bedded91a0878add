"""Names of files made of words, in Latin letters whatever the script."""

import re
import unicodedata

from anyascii import anyascii

MOST = 60  # characters; a slug may have 80, and the words of a claim are only a hint


def slug(words: str, most: int = MOST) -> str:
    """Return lower-case Latin words joined by hyphens, as many as fit; empty if there is no letter and no digit.

    >>> slug("“Père Noël” took the 8.45 train", 18), slug("Łukasz Weiß-Sørensen"), slug("北港 2024")
    ('pere-noel-took-the', 'lukasz-weiss-sorensen', 'beigang-2024')
    """
    plain = re.sub("['\u2018\u2019\u02bc]", "", unicodedata.normalize("NFC", words))
    parts = re.findall("[a-z0-9]+", anyascii(plain).lower())
    whole = "-".join(parts)
    return whole if len(whole) <= most else whole[: most + 1].rpartition("-")[0] or whole[:most]
