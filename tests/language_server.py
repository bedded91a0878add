"""A small client of the Language Server Protocol 3.17 over standard input and output, for the tests of editors.

Source of the form of messages: microsoft.github.io/language-server-protocol, "Base Protocol".
"""

import itertools
import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class LanguageServer:
    """A running server with one folder open and the settings of an editor, by section; leaving the block ends it."""

    def __init__(self, command: str, folder: Path, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._process = subprocess.Popen([command, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._numbers = itertools.count(1)
        self._published: dict[str, list[dict[str, Any]]] = {}
        root = {"uri": folder.as_uri(), "name": folder.name}
        can = {"workspace": {"configuration": True}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}
        begin = {"processId": None, "rootUri": root["uri"], "workspaceFolders": [root], "capabilities": can}
        self._ask("initialize", begin)
        self._tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._process:
            self._process.kill()

    def open(self, file: Path, text: str | None = None) -> None:
        """Open a file, or a text as its content."""
        content = file.read_text(encoding="utf-8") if text is None else text
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": content}
        self._tell("textDocument/didOpen", {"textDocument": document})

    def problems(self, file: Path) -> list[dict[str, Any]]:
        """Return what the server finds wrong in an open file, a fifth of a second after it was opened."""
        while file.as_uri() not in self._published:
            self._answer(self._receive())
        return self._published.pop(file.as_uri())

    def complete(self, file: Path, line: int, character: int) -> dict[str, dict[str, Any]]:
        """Return what the server offers at a place, counted from 0, by label."""
        offered = self._ask("textDocument/completion", _at(file, line, character))
        return {item["label"]: item for item in offered["items"]}

    def hover(self, file: Path, line: int, character: int) -> str:
        """Return what the server says of a place, counted from 0, as Markdown."""
        said = self._ask("textDocument/hover", _at(file, line, character))
        return str(said["contents"]["value"]) if said else ""

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == number and "method" not in message:
                return message["result"]
            self._answer(message)

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _answer(self, message: dict[str, Any]) -> None:
        """Keep what the server publishes, and answer what it asks: the settings, or nothing."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._published[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif message.get("method") == "workspace/configuration":
            sections = [self._settings.get(item["section"]) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": sections})
        elif "id" in message:
            self._send({"id": message["id"], "result": None})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while header := self._process.stdout.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server ended"
        return dict(json.loads(self._process.stdout.read(length)))


def _at(file: Path, line: int, character: int) -> dict[str, Any]:
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": character}}
