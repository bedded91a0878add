"""The digest of an anchor is that of the words at its place. Checked where the text is at hand.

It is what lets anybody who has the text see that the claim is made there, without the text being here.

Bad:
    sha256: the digest of other words, or of the words with another comma

Good:
    sha256: what `claimbook locate` prints
"""

from collections.abc import Iterator

from validator.article import fingerprint
from validator.dataset.shelf import Shelf
from validator.problem import Problem
from validator.record import Record

TEXT = True


def check(claim: Record, shelf: Shelf) -> Iterator[Problem]:
    """Compare each anchor with the text, exactly."""
    for index, anchor in claim.each("anchors"):
        words = shelf.words_at(anchor)
        if words is not None and anchor["sha256"] != (expected := fingerprint(words).sha256):
            place = f"paragraph {anchor['paragraph']} from {anchor['start']} to {anchor['end']}"
            message = f"found the digest of other words, expected {expected} for {place}, or another range"
            yield Problem(claim.at("anchors", index, "sha256"), message)
