"""The ways to show findings, one module each; the name of the module is the name of the format."""

import importlib
import pkgutil
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from validator.problem import Finding


class Format(Protocol):
    """What each module of this folder offers."""

    def render(self, findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:
        """Yield the lines to print."""


def formats() -> list[str]:
    """Return the names of the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))


def left_out(name: str, findings: Collection[Finding]) -> int:
    """Return how many findings the format of that name leaves out without saying so in what it shows."""
    if name != "sarif":
        return 0
    from validator.report import sarif  # with every law, which other formats have no use for

    return max(0, len(findings) - sarif.MOST)


def render(name: str, findings: Iterable[Finding], *, colour: bool) -> Iterator[str]:
    """Yield the lines that show the findings in the format of that name; colour only where the format has any."""
    module: Format = importlib.import_module(f"{__name__}.{name}")
    yield from module.render(findings, colour=colour)
