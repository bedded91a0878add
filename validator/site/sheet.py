"""CSV (RFC 4180) in which no value is a formula to a spreadsheet, ours and that of Datasette's tables."""

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence

from validator.site.book import Row

# What begins a formula, the full-width signs included, which spreadsheets in East Asian languages take for the others;
# a number with its sign is none. See https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"(?![+-]?[0-9]+(?:\.[0-9]+)?$)[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")


def table(rows: Sequence[Row], columns: Iterable[str] = ()) -> str:
    """Write rows as CSV: the columns given, and after them all others that any row has."""
    out = io.StringIO()
    names = list(dict.fromkeys([*columns, *(name for row in rows for name in row)]))
    writer = csv.DictWriter(out, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def cell(value: object) -> object:
    """Write a value for a cell; what is itself a list or a mapping stands there as JSON."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return safe(value) if isinstance(value, str) else value


def safe(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    >>> safe("=1+1"), safe("-1.5"), safe("a=1")
    ("'=1+1", '-1.5', 'a=1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def rewritten(lines: bytes) -> bytes:
    r"""Make the values of whole lines of CSV safe.

    >>> rewritten(b'1,"=A1,B1"\r\n')
    b'1,"\'=A1,B1"\r\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe(value) for value in row] for row in csv.reader(io.StringIO(lines.decode(), newline="")))
    return out.getvalue().encode()
