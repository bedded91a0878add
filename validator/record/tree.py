"""From text to a tree of values, each with the place where it stands.

ruamel.yaml's parser gives events one after the other; the tree is built from these rather than by its own loader, since
that would expand aliases, turn dates into objects, keep the last of two equal keys and recurse without bound.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.scanner import Scanner

from validator.invisible import unwelcome
from validator.problem import Key, Place, Problem, Span, brief
from validator.record.content import MAX_NODES
from validator.record.scalar import resolve

MAX_DEPTH = 16
_LONGEST_TAG = 1000  # characters

_CORE = "tag:yaml.org,2002:"

# Characters that an escape in double quotes may name and that no reader should get.
_UNWELCOME = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")

_DIRECTIVE = "found a directive, expected none; delete the line"
_NO_KEY = "found a key that is not text, expected a word and a colon"

_NOTICED_LATE = ("while scanning a simple key", "while scanning a quoted scalar")

# What ruamel.yaml says, in the words of somebody who writes a claim.
_PLAIN_WORDS = (
    ("mapping values are not allowed", "found a second colon; put the text in quotes if the colon belongs to it"),
    ("expected ',' or", "found no comma or closing bracket where one is needed"),
    ("could not find expected ':'", "found a key without its colon"),
    ("expected <block end>", "found text that does not line up with the lines above; mend the indentation"),
    ("while scanning a quoted scalar", "found quotes that are not closed"),
    ("cannot start any token", "found a character that text cannot begin with; put the text in quotes"),
    ("sequence entries are not allowed", "found a list item where none can stand; begin it on a line of its own"),
    ("unknown escape character", "found an unknown escape after \\; use single quotes if the \\ is meant"),
    ("found undefined", "found an unknown name"),
    ("expected the node content", "found no value where one is needed"),
    ("found unexpected end of stream", "found the end of the file inside a value; close the quotes or brackets"),
)


class Node(NamedTuple):
    """A value, where it stands, and for a mapping where its keys stand; `children` is empty for a scalar.

    `source` has the characters of a number, true, false or null as they stand in the file, since a value such as 1.1
    does not tell whether `1.10` was written; it is None for text and for what has children.
    """

    value: Any
    span: Span
    children: "dict[Key, Node]"
    keys: dict[Key, Span]
    source: str | None = None


class _Unreadable(Exception):  # noqa: N818 - it ends the reading of one file, and is never seen outside
    """Nothing that follows in this file can be understood."""

    def __init__(self, rule: str, message: str, span: Span) -> None:
        super().__init__(message)
        self.rule, self.message, self.span = rule, message, span


def parse(file: Path, text: str) -> tuple[Node | None, list[Problem]]:
    """Read one YAML 1.2 document and return its root, or None and the problems that keep it from being data."""
    reader = _Reader(file)
    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.Scanner = _Scanner
        root = reader.document(yaml.parse(text), text)
    except _Unreadable as fault:
        reader.report(fault.rule, fault.message, fault.span)
    except YAMLError as error:
        reader.report("yaml-syntax", _in_plain_words(error), _where(error))
    except AssertionError:
        # ruamel.yaml knows the versions 1.1 and 1.2 of YAML, and asserts that there is no other.
        reader.report("yaml-directive", _DIRECTIVE, _directive(text, len(text)) or Span(1, 1, 1, 2))
    except (ValueError, OverflowError):
        # An escape such as "\UFFFFFFFF" names no character; ruamel.yaml does not say where it stood.
        reader.report("yaml-syntax", "found an escape that names no character", Span(1, 1, 1, 1))
    return (None, reader.problems) if reader.problems else (root, [])


class _Scanner(Scanner):
    """The scanner of ruamel.yaml, which takes time for a tag that grows with the square of the length."""

    def scan_tag(self) -> Any:
        begin = self.reader.prefix(_LONGEST_TAG)
        if len(begin) == _LONGEST_TAG and not re.search(r"\s", begin):
            mark = self.reader.get_mark()
            span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
            raise _Unreadable("yaml-tag", f"found the tag {brief(begin)}, expected a plain value; delete it", span)
        return super().scan_tag()


class _Reader:
    """Builds the tree of one file from events and notes what claims may not use."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.nodes = 0

    def report(self, rule: str, message: str, span: Span) -> None:
        self.problems.append(Problem(Place(self.file, span=span), message, rule))

    def document(self, events: Iterator[Event], text: str) -> Node:
        root = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                self._start(event, text, second=root is not None)
            elif isinstance(event, NodeEvent):
                root = self._node(event, events, 0)
        if root is None:
            raise _Unreadable("empty-file", "found an empty file, expected a record", Span(1, 1, 1, 1))
        return root

    def _start(self, event: DocumentStartEvent, text: str, *, second: bool) -> None:
        if second:
            message = "found a second document, expected one record in a file; make it a file of its own"
            raise _Unreadable("second-document", message, _span(event))
        if span := _directive(text, event.start_mark.index):
            raise _Unreadable("yaml-directive", _DIRECTIVE, span)

    def _node(self, event: Event, events: Iterator[Event], depth: int) -> Node:
        if depth > MAX_DEPTH:
            message = f"found more than {MAX_DEPTH} levels of nesting, expected a record"
            raise _Unreadable("nested-too-deeply", message, _span(event))
        self.nodes += 1
        if self.nodes > MAX_NODES:
            message = f"found more than {MAX_NODES:,} keys and values, expected a record"
            raise _Unreadable("too-many-values", message, _span(event))
        self._refuse_features(event)
        if isinstance(event, MappingStartEvent):
            return self._mapping(event, events, depth)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(event, events, depth)
        return self._scalar(event)

    def _refuse_features(self, event: Event) -> None:
        if isinstance(event, AliasEvent):
            self.report(
                "yaml-anchor", f"found the alias *{brief(event.anchor)}, expected the value itself", _span(event)
            )
        elif anchor := getattr(event, "anchor", None):
            self.report("yaml-anchor", f"found the anchor &{brief(anchor)}, expected none; delete it", _span(event))
        if tag := getattr(event, "ctag", None):
            # Not str(tag), which decodes escapes, in time that grows with the square of the length.
            name = brief(f"{tag.handle or ''}{tag.suffix or ''}".replace(_CORE, "!!"))
            self.report("yaml-tag", f"found the tag {name}, expected a plain value; delete it", _span(event))

    def _mapping(self, start: MappingStartEvent, events: Iterator[Event], depth: int) -> Node:
        children: dict[Key, Node] = {}
        keys: dict[Key, Span] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            key, span = self._key(event, events, depth), _span(event)
            value = self._node(next(events), events, depth + 1)
            if key in keys:
                message = f'found the key "{brief(key)}" twice, first in line {keys[key].line}; delete one of them'
                self.report("duplicate-key", message, span)
            children[key], keys[key] = value, span
        data = {key: node.value for key, node in children.items()}
        return Node(data, _span(start), children, keys)

    def _key(self, event: Event, events: Iterator[Event], depth: int) -> str:
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            raise _Unreadable("key-not-text", _NO_KEY, _span(event))
        node = self._node(event, events, depth)
        if isinstance(event, AliasEvent):
            return str(event.anchor)
        if not isinstance(node.value, str):
            self.report("key-not-text", _NO_KEY, _span(event))
        elif node.value == "<<":
            self.report("yaml-anchor", "found the merge key <<, expected the keys themselves", _span(event))
        return str(node.value)

    def _sequence(self, start: SequenceStartEvent, events: Iterator[Event], depth: int) -> Node:
        children: dict[Key, Node] = {}
        while not isinstance(event := next(events), SequenceEndEvent):
            children[len(children)] = self._node(event, events, depth + 1)
        return Node([node.value for node in children.values()], _span(start), children, {})

    def _scalar(self, event: Event) -> Node:
        value: Any = None
        if isinstance(event, ScalarEvent):
            try:
                value = resolve(event.value) if event.implicit[0] and event.style is None else event.value
            except ValueError:
                message = f"found {_short(event.value)}, expected a number of ordinary size; quote it if text is meant"
                self.report("number-out-of-range", message, _span(event))
        if isinstance(value, str) and (bad := _UNWELCOME.search(value)):
            message = f"found an escape for U+{ord(bad.group()):04X}, expected printable text; delete it"
            self.report("control-character", message, _span(event))
        elif isinstance(value, str) and isinstance(event, ScalarEvent) and event.style == '"':
            # Reading the bytes has seen all but what an escape names.
            for _, message in islice(unwelcome(value), 1):
                self.report("invisible-character", f"found an escape for {message}", _span(event))
        return Node(value, _span(event), {}, {}, None if isinstance(value, str) else getattr(event, "value", None))


def _directive(text: str, end: int) -> Span | None:
    """Return where the first line that begins like a directive stands, before that index of the text, if any does."""
    found = re.compile("^%", re.MULTILINE).search(text, 0, end)
    line = text.count("\n", 0, found.start()) + 1 if found else 0
    return Span(line, 1, line, 2) if found else None


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:20]}… ({len(text)} digits)"


def _span(event: Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _where(error: YAMLError) -> Span:
    if not isinstance(error, MarkedYAMLError):
        return Span(1, 1, 1, 1)
    # What is not closed, or has no colon, is noticed only where the next thing begins; the fault is where it began.
    began_earlier = error.context in _NOTICED_LATE or "stream" in str(error.problem)
    mark = error.context_mark if began_earlier and error.context_mark else error.problem_mark
    if mark is None:
        return Span(1, 1, 1, 1)
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)


def _in_plain_words(error: YAMLError) -> str:
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    return next((words for phrase, words in _PLAIN_WORDS if phrase in said), f"found what is not YAML: {said.strip()}")
