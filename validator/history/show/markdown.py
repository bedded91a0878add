"""For a comment on a pull request or the summary of a job, in the Markdown of GitHub (GFM).

What stands in claims comes from strangers: nothing in it becomes markup, an image, a mention or a link. A comment holds
65,536 characters, so a long diff is cut between two entries, and says so.
"""

import re
from collections.abc import Iterator

from validator.history.diff import Diff
from validator.history.told import Entry, sections, summary, title
from validator.printable import printable

_MOST = 60_000

# What means something inside a line of Markdown or HTML; what it means at the start of a line cannot happen here.
_MARKUP = re.compile(r"([\\`*_\[\]<>~&$])")

# What GitHub makes a mention, a reference or a link of even in plain text; a space of no width behind it prevents that.
_LINKED = re.compile(
    r"(@|#(?=\d)|(?<![^\W_])(?:GH|GHSA|CVE)(?=-)|(?<![^\W_])[0-9a-f](?=[0-9a-f]{39}(?![^\W_]))"
    r"|:(?=//|[\w+-]+:)|www(?=\.))",
    re.IGNORECASE,
)
_NO_WIDTH = "\u200b"


def render(diff: Diff, *, colour: bool) -> Iterator[str]:  # noqa: ARG001 - every format takes it
    """Yield the lines of the comment."""
    yield f"### Verdict diff: {escaped(title(diff))}"
    yield ""
    yield escaped(summary(diff))
    length, left_out = 0, 0
    for section in sections(diff):
        head = ["", f"#### {escaped(section.title)}", ""]
        for entry in section.entries:
            block = [*head, *_entry(entry)]
            length += sum(len(line) + 1 for line in block)
            if length > _MOST:
                left_out += 1
                continue
            yield from block
            head = []
    if left_out:
        yield ""
        yield f"{left_out:,} more entries are left out here; `claimbook diff` shows them all."


def _entry(entry: Entry) -> Iterator[str]:
    yield f"- **{escaped(entry.name)}** {escaped(entry.statement)}".rstrip()
    for line in entry.lines:
        said = f"{line.label}: {escaped(line.text)}"
        yield f"  - **{said}**" if line.loud else f"  - {said}"


def escaped(text: str) -> str:
    r"""Return plain text as Markdown that shows just that.

    >>> escaped("<b> @reader 1*2")
    '\\<b\\> @\u200breader 1\\*2'
    """
    parted = _LINKED.sub(rf"\1{_NO_WIDTH}", " ".join(printable(text).split()))
    return _MARKUP.sub(r"\\\1", parted)
