"""Where readers find the file of a record, and where they suggest a correction, on the web site of the repository."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit


class File(NamedTuple):
    """The addresses at which a file is read and edited."""

    page: str
    edit: str


def file_in(config: Mapping[str, Any], path: str) -> File | None:
    """Give the addresses of a file by its path in the configured repository; None where no repository is configured.

    GitLab puts a hyphen before what is not a project's name; of a GitLab whose host is not called so, the configured
    address may end in `/-`. All others are addressed as GitHub is.

    >>> file_in({"repository": "https://github.com/gazette/claims", "branch": "next"}, "claims/a b.yaml").edit
    'https://github.com/gazette/claims/edit/next/claims/a%20b.yaml'
    >>> file_in({"repository": "https://gitlab.com/gazette/claims"}, "claims/1.yaml").page
    'https://gitlab.com/gazette/claims/-/blob/main/claims/1.yaml'
    """
    root = str(config.get("repository") or "").rstrip("/").removesuffix(".git")
    address = urlsplit(root)
    if address.scheme not in ("http", "https"):
        return None
    infix = "/-" if "gitlab" in address.netloc and not root.endswith("/-") else ""
    place = f"{quote(str(config.get('branch') or 'main'))}/{quote(path)}"
    return File(f"{root}{infix}/blob/{place}", f"{root}{infix}/edit/{place}")
