"""Post the verdict diff of a pull request as one comment, or bring that comment up to date.

It runs on the default branch, with a token that may comment, after the run that made the diff for anybody's pull
request and without any right. Whatever that run left is text from a stranger: it is read in memory up to a limit, never
unpacked or executed, shown without mentions, links, images or HTML, and posted only where the event itself shows that
the run was for this pull request. Needs nothing but Python; the addresses are those of docs.github.com/rest.
"""

import io
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ARTIFACT = "verdict-diff"
LIMIT = 1_000_000  # bytes of the artifact, packed or not
MOST = 60_000  # characters; GitHub takes 65,536
PAGES = 20  # of a hundred comments each
MARK = "<!-- claimbook: verdict diff -->"
AUTHOR = "github-actions[bot]"

# What GitHub makes a mention, a reference, a link, an image or HTML of, or an entity that stands for one of these; a
# space of no width behind it prevents that. A backslash before a sign is gone when GitHub looks for references.
_LIVE = re.compile(
    r"""(
    [@<]
    | &(?=\w|\#)                      # an entity
    | \#(?=\d)                        # an issue, also that of another repository
    | (?<![^\W_])(?:GH|GHSA|CVE)(?=\\*-)  # an issue, an advisory; the line below may stand for emphasis
    | !(?=\[) | \](?=[(\[:])          # an image, a link, what a link or a footnote refers to
    | :(?=\\*/) | www(?=\\*\.)        # an address
    | :(?=[\w+-]+:)                   # an emoji
    | \[(?=[ x]\]|\\*!)               # a box to tick, a warning
    | (?:^|(?<=[\s>]))[`~](?=[`~]{2}) # code that goes on to the end, or a drawing
    )""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
# What may be the name of a commit, or how it begins: GitHub takes seven signs of it. Spaces in it make shorter pieces.
_COMMIT = re.compile(r"(?<![^\W_])(?=\d*[a-f])[0-9a-f]{7,}(?![^\W_])", re.IGNORECASE)
# What a formula begins with; nothing but a space behind it prevents that.
_FORMULA = re.compile(r"(?<!\\)((?:\\\\)*\$)(?=\S)")
_NO_WIDTH = "\u200b"
# What is no archive, lacks a text, or is packed in a way that is broken, encrypted or unknown.
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, KeyError),
    *(NotImplementedError, OSError, RuntimeError, ValueError),
)


def main() -> str:
    """Comment on the pull request that the event is about; return what was done or why nothing was."""
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    run = event["workflow_run"]
    files = _artifact(run["id"])
    if not files:
        return "The run left no verdict diff."
    number = files["number"].strip()
    if not re.fullmatch("[1-9][0-9]{0,9}", number):
        return "The number is not one of a pull request."
    if not _belongs(_json(f"pulls/{number}"), run):
        return f"The run was not for the latest commit of the open pull request {number}."
    body = (
        f"{MARK}\n{harmless(files['diff.md'])}\n\n_As of {run['head_sha'][:12]}, made by the pull request's own run._"
    )
    return _posted(number, body)


def harmless(text: str) -> str:
    r"""Return Markdown of a stranger as text that reaches nobody and loads nothing, cut at the end of a line.

    >>> harmless("@all ![y](https://x.example)\n<img>").replace(_NO_WIDTH, "|")
    '@|all !|[y]|(https:|//x.example)\n<|img>'
    """
    printable = "".join(sign for sign in text if sign == "\n" or sign.isprintable())
    parted = _COMMIT.sub(lambda found: _NO_WIDTH.join(re.findall(".{1,6}", found[0])), printable)
    whole = _FORMULA.sub(r"\1 ", _LIVE.sub(rf"\1{_NO_WIDTH}", parted))
    if len(whole) <= MOST:
        return whole
    return whole[:MOST].rpartition("\n")[0] + "\n\nThe rest is left out here; `claimbook diff` shows it all."


def _artifact(run: int) -> dict[str, str]:
    """Return the texts of the two files that the run left, or nothing if it left none."""
    found = _json(f"actions/runs/{run:d}/artifacts?name={ARTIFACT}")["artifacts"]
    if not found:
        return {}
    if found[0]["size_in_bytes"] > LIMIT:
        sys.exit("The verdict diff is too large.")
    with _open(f"actions/artifacts/{found[0]['id']:d}/zip") as answer:
        packed = _limited(answer)
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            return {name: _member(archive, name) for name in ("number", "diff.md")}
    except _UNREADABLE as error:
        sys.exit(f"The verdict diff cannot be unpacked ({type(error).__name__}).")


def _member(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as file:
        return _limited(file).decode(errors="replace")


def _belongs(pull: dict[str, Any], run: dict[str, Any]) -> bool:
    """Tell whether a pull request is open and its latest commit the one of the run, in the repository of the run."""
    head = pull["head"]
    same = head["sha"] == run["head_sha"] and (head["repo"] or {}).get("id") == run["head_repository"]["id"]
    return bool(pull["state"] == "open" and same)


def _posted(number: str, body: str) -> str:
    ours = next((each["id"] for each in _comments(number) if _is_ours(each)), None)
    if ours:
        _json(f"issues/comments/{ours:d}", "PATCH", {"body": body})
        return f"Brought the comment on pull request {number} up to date."
    _json(f"issues/{number}/comments", "POST", {"body": body})
    return f"Commented on pull request {number}."


def _comments(number: str) -> Iterator[dict[str, Any]]:
    for page in range(1, PAGES + 1):
        found = _json(f"issues/{number}/comments?per_page=100&page={page}")
        yield from found
        if len(found) < 100:
            return


def _is_ours(comment: dict[str, Any]) -> bool:
    return comment["user"]["login"] == AUTHOR and str(comment["body"]).startswith(MARK)


def _json(path: str, method: str = "GET", data: dict[str, str] | None = None) -> Any:
    with _open(path, method, data) as answer:
        return json.load(answer)


def _open(path: str, method: str = "GET", data: dict[str, str] | None = None) -> Any:
    address = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/{path}"
    content = None if data is None else json.dumps(data).encode()
    request = Request(address, content, {"Accept": "application/vnd.github+json"}, method=method)  # noqa: S310 - the runner's
    # An artifact lies with another host, to which the answer redirects; the token must not go there.
    request.add_unredirected_header("Authorization", f"Bearer {os.environ['GITHUB_TOKEN']}")
    return urlopen(request, timeout=60)  # noqa: S310 - the address of GitHub, from the runner


def _limited(file: Any) -> bytes:
    content = bytes(file.read(LIMIT + 1))
    if len(content) > LIMIT:
        sys.exit("The verdict diff is too large.")
    return content


if __name__ == "__main__":
    print(main())
