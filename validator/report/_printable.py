"""Text that can be shown anywhere: on one line, in a terminal, in XML."""

import re

# Controls, line separators and what Unicode or XML 1.0 (production 2) has no character for. A record has none of them,
# since reading refuses them; the name of a file may have any. And what changes the direction of the text around it.
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# What a runner of GitHub takes for a command, whoever wrote it: `::` where a line begins, `##[` anywhere.
_COMMAND = re.compile(r"^\s*:(?=:)|##(?=\[)")


def inert(text: str) -> str:
    r"""Return a line that can be shown anywhere and is no command to anybody: U+FFFD parts what would be one.

    >>> ascii(inert(" ::error ::a ##[b]"))
    "' :\\ufffd:error ::a ##\\ufffd[b]'"
    """
    return _COMMAND.sub("\\g<0>\ufffd", printable(text))


def printable(text: str) -> str:
    r"""Return the text with U+FFFD for each character that cannot be shown.

    >>> ascii(printable("one\ntwo"))
    "'one\\ufffdtwo'"
    """
    return _UNFIT.sub("\ufffd", text)
