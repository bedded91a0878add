"""The ways to show a diff, one module each; the name of the module is the name of the format."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol

from validator.history.diff import Diff


class Format(Protocol):
    """What each module of this folder offers."""

    def render(self, diff: Diff, *, colour: bool) -> Iterator[str]:
        """Yield the lines to print."""


def formats() -> list[str]:
    """Return the names of the formats."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def render(name: str, diff: Diff, *, colour: bool) -> Iterator[str]:
    """Yield the lines that show a diff in the format of that name; colour only where the format has any."""
    module: Format = importlib.import_module(f"{__name__}.{name}")
    yield from module.render(diff, colour=colour)
