"""One layout for every record: its keys in the order of the schema, its lines always broken in the same way.

Laying out changes no value and loses no comment: what was written is read again and compared, and a file for which that
does not hold is left alone.
"""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from validator.find import Misuse, below, find, located, root_of, shown
from validator.layout.block import Sheet
from validator.layout.comments import Comments, comments
from validator.layout.mend import mended
from validator.problem import Problem, internal_error
from validator.record import Kind, kind_of, read
from validator.record.content import content_of
from validator.record.tree import Node
from validator.schema import looks_like

_SCHEMA = re.compile(r"\$schema=(\S+)")


class LaidOut(NamedTuple):
    """A file as it is and as it should be, which is the same if `problems` or `refused` say why it is left alone.

    `broken` tells that the reason is a bug of ours.
    """

    file: Path
    before: bytes
    after: bytes
    problems: list[Problem] = []  # noqa: RUF012 - never changed
    refused: str = ""
    broken: bool = False

    @property
    def changed(self) -> bool:
        """Tell whether the file is to be written."""
        return self.after != self.before


def lay_out(paths: Iterable[Path], *, mend: bool = False) -> Iterator[LaidOut]:
    """Yield every record file at or below the paths as it should be; nothing is written.

    `mend` also mends values where that needs no judgement. Raises Misuse if there is no file, or if the paths do not
    belong to one data set.
    """
    chosen = [located(path) for path in paths]
    root = root_of(chosen)
    files = sorted(file for file in find(root) if below(file, chosen))
    if not files:
        raise Misuse(f"found no YAML file in {', '.join(map(shown, chosen))}")
    return (_one(file, root, mend) for file in files)


def _one(file: Path, root: Path, mend: bool) -> LaidOut:
    found = content_of(file)
    if isinstance(found, Problem):
        return LaidOut(file, b"", b"", [found])
    try:
        return laid_out(file, root, found, mend=mend)
    except Exception as error:  # noqa: BLE001 - whatever happens to one file is said of it, and the others go on
        return LaidOut(file, found, found, refused=internal_error(file, error).message, broken=True)


def laid_out(file: Path, root: Path, content: bytes, *, mend: bool = False) -> LaidOut:
    """Return the bytes of a file of the data set at a root as they should be."""
    tree, problems = read(file, content)
    if tree is None:
        return LaidOut(file, content, content, problems)
    if not isinstance(tree.value, dict):
        return LaidOut(file, content, content, refused="it is no record, since it holds no keys")
    kind = _kind(file, root, tree)
    text = content.decode().replace("\r\n", "\n")
    wanted = mended(kind, tree) if mend and kind else tree
    found = comments(text, tree)
    laid = _written(file, root, kind, found, wanted)
    after = laid.replace("\n", _line_end(content)).encode()
    if after != content and not _says_the_same(file, laid, found, wanted):
        return LaidOut(file, content, content, refused="in another layout it would be read otherwise")
    return LaidOut(file, content, after)


def _line_end(content: bytes) -> str:
    """Return CR LF if every line of a file ends so, as git makes them on Windows; else LF."""
    ends = content.count(b"\n")
    return "\r\n" if ends and content.count(b"\r\n") == ends else "\n"


def _kind(file: Path, root: Path, tree: Node) -> Kind | None:
    """Return the kind of record that a file is by its place, if it is not clearly of another one."""
    kind, like = kind_of(file, root), looks_like(tree.value)
    return kind if not like or kind in like else None


def _written(file: Path, root: Path, kind: Kind | None, found: Comments, wanted: Node) -> str:
    first = _modeline(file, root, kind, found.modeline)
    return "".join(f"{line}\n" for line in (*first, *Sheet(kind, found).lines(wanted)))


def _modeline(file: Path, root: Path, kind: Kind | None, present: list[str]) -> list[str]:
    """Return the line that tells editors the schema: the one that is there if it leads to a schema of this kind."""
    if kind is None:
        return present
    name = f"{kind}.schema.json"
    for schema in _SCHEMA.findall("".join(present)):
        if "://" in schema or (Path(schema).name == name and os.path.isfile(file.parent / schema)):  # noqa: PTH113 - is_file fails at names too long
            return present
    target = Path(os.path.relpath(root.parent / "schema" / name, file.parent)).as_posix()
    return [f"# yaml-language-server: $schema={target}"]


def _says_the_same(file: Path, laid: str, found: Comments, wanted: Node) -> bool:
    again, _ = read(file, laid.encode())
    if again is None or _said(again) != _said(wanted):
        return False
    return comments(laid, again).every() == found.every()


def _said(node: Node) -> Any:
    """Return what a node says to the character, so that 1.1, 1.10 and "1.1" differ; the order of keys says nothing."""
    if isinstance(node.value, dict):
        return {key: _said(child) for key, child in node.children.items()}
    if isinstance(node.value, list):
        return [_said(child) for child in node.children.values()]
    return node.value if node.source is None else (node.source,)
