"""Text that can be shown anywhere: on one line, in a terminal, in XML, in the log of a workflow.

Whatever comes from data, names of files, git, servers or the command line goes through here before people see it.
"""

import re

# Controls, line separators and what Unicode or XML 1.0 (production 2) has no character for. A record has none of them,
# since reading refuses them; the name of a file may have any. And what changes the direction of the text around it.
_UNFIT = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"

# What the runners of GitHub, Azure and TeamCity take for a command: `::` first on a line, and `##[`, `##vso[` anywhere.
_BEGIN = re.compile(r"\A(\s*):(?=:)")
_ANYWHERE = r"(?<=#)#(?=\w*\[)"

_NOT_SHOWN = re.compile(f"{_UNFIT}|{_ANYWHERE}")
_IN_JSON = re.compile(f"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]|{_ANYWHERE}")


def printable(text: str) -> str:
    r"""Return the text with U+FFFD for each character that cannot be shown, or would give a command to a runner.

    All other characters keep their places.

    >>> ascii(printable("one\ntwo")), ascii(printable("::error::x")), ascii(printable("a ##[group]"))
    ("'one\\ufffdtwo'", "'\\ufffd:error::x'", "'a #\\ufffd[group]'")
    """
    return _BEGIN.sub("\\1\ufffd", _NOT_SHOWN.sub("\ufffd", text))


def printable_json(document: str) -> str:
    r"""Return a JSON document that says the same, with escapes for what cannot be shown or would give a command.

    From the escape of a byte in a file's name that is not UTF-8, Python gets the same name back.

    >>> print(printable_json('"##[group]"'))
    "#\u0023[group]"
    """
    return _IN_JSON.sub(lambda found: f"\\u{ord(found.group()):04x}", document)
