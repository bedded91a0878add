"""From bytes to text: what must be so before YAML is read at all."""

import re
from itertools import islice
from pathlib import Path

from validator.files import too_large
from validator.invisible import unwelcome
from validator.problem import Place, Problem, Span
from validator.record.content import MAX_BYTES

_MOST = 20  # invisible characters that are reported one by one; who has more has more than one can mend by hand

# Everything that YAML 1.2 calls printable (production 1), less the line separators of other standards, which readers
# count differently, a carriage return that stands alone, and the tab, which YAML forbids where it would matter.
_FORBIDDEN = re.compile(
    "[^\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r(?!\n)"
)


def decode(file: Path, content: bytes) -> tuple[str | None, list[Problem]]:
    """Decode the bytes of a file as UTF-8 text that is fit for YAML, or return the problems that keep it from that."""

    def fault(rule: str, message: str, span: Span) -> tuple[None, list[Problem]]:
        return None, [Problem(Place(file, span=span), message, rule)]

    start = Span(1, 1, 1, 1)
    if len(content) > MAX_BYTES:
        return fault("file-too-large", too_large(len(content), MAX_BYTES), start)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return fault("not-utf-8", "found UTF-16 text, expected UTF-8; save the file as UTF-8", start)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        found = f"found the byte 0x{content[error.start]:02x}, which is not UTF-8; save the file as UTF-8"
        return fault("not-utf-8", found, _span(content[: error.start].decode()))
    if text.startswith("\ufeff"):
        return fault("byte-order-mark", "found a byte order mark, expected none; save as UTF-8 without BOM", start)
    if bad := _FORBIDDEN.search(text):
        rule, message = _describe(bad.group())
        return fault(rule, message, _span(text[: bad.start()]))
    invisible = [
        Problem(Place(file, span=_span(text[:at])), f"found {message}", "invisible-character")
        for at, message in islice(unwelcome(text), _MOST)
    ]
    return (None, invisible) if invisible else (text, [])


def _span(before: str) -> Span:
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return Span(line, column, line, column + 1)


def _describe(character: str) -> tuple[str, str]:
    if character == "\t":
        return "tab", "found a tab, expected spaces"
    return "control-character", f"found the character U+{ord(character):04X}, expected printable text; delete it"
