"""A real web server on this machine that behaves as servers do, and worse; what a path does is its method `answer_...`."""

import re
import socket
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """One request as the server saw it; begin and end in seconds of a clock."""

    method: str
    path: str
    host: str
    headers: dict[str, str]
    begin: float
    end: float


class Server(ThreadingHTTPServer):
    """A server that notes what it is asked, and how many bytes of its endless answer it got rid of."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.sent = 0
        self.ended = threading.Event()
        self.count: Counter[str] = Counter()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/{path}"

    def handle_error(self, *_: Any) -> None:
        """Clients that hang up are what these tests are about."""

    def paths(self) -> list[str]:
        return [f"{each.method} {each.path}" for each in self.asked]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_HEAD(self) -> None:
        self.noted()

    def do_GET(self) -> None:
        self.noted()

    def log_message(self, *_: Any) -> None:
        """The tests look for themselves."""

    def noted(self) -> None:
        begin, path = time.monotonic(), self.path.lstrip("/")
        self.server.count[path] += 1
        try:
            name = re.split(r"[/?]", path)[0]
            getattr(self, f"answer_{name.replace('-', '_')}", self.answer_missing)()
        finally:
            host = self.headers["Host"].partition(":")[0]
            asked = Asked(self.command, path, host, dict(self.headers), begin, time.monotonic())
            self.server.asked.append(asked)

    def say(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def only_get(self, status: int = 405) -> bool:
        if self.command == "HEAD":
            self.say(status)
        return self.command == "GET"

    def answer_ok(self) -> None:
        self.say(200, b"x" * 100)

    def answer_slow(self) -> None:
        time.sleep(0.3)
        self.say(200)

    def answer_missing(self) -> None:
        self.say(404)

    def answer_gone(self) -> None:
        self.say(410)

    def answer_forbidden(self) -> None:
        self.say(403)

    def answer_failing(self) -> None:
        self.say(500)

    def answer_permanent(self) -> None:
        self.say(301, Location="/ok")

    def answer_temporary(self) -> None:
        self.say(302, Location="/ok")

    def answer_permanent_then_temporary(self) -> None:
        self.say(308, Location="/temporary")

    def answer_temporary_then_permanent(self) -> None:
        self.say(307, Location="/permanent")

    def answer_permanent_to_missing(self) -> None:
        self.say(301, Location="/missing")

    def answer_loop(self) -> None:
        self.say(302, Location="/loop/2" if self.path == "/loop" else "/loop")

    def answer_many(self) -> None:
        self.say(302, Location=f"/many/{int(self.path.rpartition('/')[2]) + 1}")

    def answer_cookie(self) -> None:
        if "seen=1" in self.headers.get("Cookie", ""):
            self.say(200)
        else:
            self.say(302, Location="/cookie", Set_Cookie="seen=1")

    def answer_to_file(self) -> None:
        self.say(302, Location="file:///etc/passwd")

    def answer_to_nonsense(self) -> None:
        self.say(302, Location="mailto:nobody")

    def answer_to_no_host(self) -> None:
        self.say(302, Location=f"http://{'x' * 70}.example/")

    def answer_to_nowhere(self) -> None:
        self.say(302)

    def answer_front(self) -> None:
        self.say(200 if self.path == "/front/" else 302, Location="/")

    def answer_(self) -> None:
        self.say(200)

    def answer_no_head(self) -> None:
        if self.only_get(int(self.path.rpartition("/")[2])):
            self.say(206, b"x", Content_Range="bytes 0-0/1")

    def answer_empty(self) -> None:
        if self.only_get():
            self.say(416)

    def answer_lies(self) -> None:
        if self.only_get():
            self.say(200, b"too little", Content_Length="1000")
            self.close_connection = True

    def answer_closes(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def answer_closes_on_head(self) -> None:
        if self.command == "HEAD":
            self.answer_closes()
        else:
            self.say(200)

    def answer_silent(self) -> None:
        self.server.ended.wait(5)

    def answer_drips(self) -> None:
        if self.only_get():
            self.send_response(200)
            self.end_headers()
            while not self.server.ended.wait(0.05):
                self.wfile.write(b"x")

    def answer_endless(self) -> None:
        if self.only_get(501):
            self.send_response(200)
            self.end_headers()
            while not self.server.ended.is_set():
                self.server.sent += self.connection.send(b"x" * 10_000)

    def answer_busy(self) -> None:
        first = self.server.count["busy"] == 1
        self.say(429 if first else 200, **({"Retry_After": "1"} if first else {}))

    def answer_always_busy(self) -> None:
        self.say(503, Retry_After="0")

    def answer_leave_alone(self) -> None:
        self.say(429, Retry_After="3600")
