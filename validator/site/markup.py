"""XML documents for machines, made with the standard library, which escapes what it writes."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree

# What XML 1.0 can hold in no form at all, not even escaped: https://www.w3.org/TR/xml/#charsets
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = ElementTree.Element


def element(name: str, content: str | Iterable[Element] = (), **attributes: str) -> Element:
    """Make an element with a text or with other elements in it."""
    made = Element(name, {key: clean(value) for key, value in attributes.items()})
    if isinstance(content, str):
        made.text = clean(content)
    else:
        made.extend(content)
    return made


def clean(text: str) -> str:
    r"""Put the replacement character where a text has one that XML cannot hold.

    >>> clean("a\x00b & <c>")
    'a\ufffdb & <c>'
    """
    return _IMPOSSIBLE.sub("\ufffd", text)


def written(root: Element) -> bytes:
    """Write a document with its declaration, in UTF-8, an element to a line."""
    ElementTree.indent(root, space="")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
