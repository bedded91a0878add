"""A real web server on this machine that behaves as servers do, and worse; what a path does is its method `answer_...`."""

import gzip
import math
import re
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
RAW = {
    "early-hints": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 3 + OK,
    "other-protocol": b"HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\nConnection: upgrade\r\n\r\n\x00\x00\x06",
    "giant-header": b"HTTP/1.1 200 OK\r\nX-Filler: " + b"x" * 200_000 + b"\r\n\r\n",
    "many-headers": b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(20_000)) + b"\r\n",
    "ssh": b"SSH-2.0-OpenSSH_9.6\r\n",
    "tls": b"\x15\x03\x01\x00\x02\x02\x46",
    "http2": b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x05\x00\x00\x40\x00",
    "page-alone": b"<html>hello</html>",
    "status-0": b"HTTP/1.1 000 Nothing\r\n\r\n",
    "status-5-digits": b"HTTP/1.1 20000 OK\r\n\r\n",
    "no-headers": b"HTTP/1.1 200 OK\r\n\r\n",
    "old": b"HTTP/1.0 200 OK\r\n\r\n",
    "length-of-words": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    "two-lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "negative-length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    "control-in-header": b"HTTP/1.1 200 OK\r\nX-A: \x00\x1b[31m\r\nContent-Length: 0\r\n\r\n",
    "no-gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nnotgzip",
    "gzip-bomb": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(2**20)),
    "bad-chunk": CHUNKED + b"zz\r\nhello\r\n",
    "giant-chunk": CHUNKED + b"f" * 30 + b"\r\nhello",
    "cut-chunk": CHUNKED + b"5\r\nhe",
    "unknown-coding": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
    "half-a-head": b"HTTP/1.1 200 OK\r\nContent-Le",
    "giant-location": b"HTTP/1.1 302 Found\r\nLocation: /" + b"x" * 9_000 + b"\r\nContent-Length: 0\r\n\r\n",
    "location-twice": b"HTTP/1.1 302 Found\r\nLocation: /ok\r\nLocation: /gone\r\nContent-Length: 0\r\n\r\n",
}
FOREVER = {
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
    "slow-continue": b"HTTP/1.1 100 Continue\r\n\r\n",
    "slow-header": b"x",
    "header": b"X-Filler: " + b"x" * 5_000 + b"\r\n",
}


@dataclass
class Asked:
    """One request as the server saw it, noted before it is answered; begin and end in seconds of a clock."""

    method: str
    path: str
    host: str
    headers: dict[str, str]
    begin: float
    end: float = math.inf


class Server(ThreadingHTTPServer):
    """A server that notes what it is asked, and how many bytes of its endless answer it got rid of."""

    daemon_threads = True
    request_queue_size = 100

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[Asked] = []
        self.sent = 0
        self.ended = threading.Event()
        self.count: Counter[str] = Counter()
        self.told: dict[str, str] = {}  # where paths lead for good; what leads nowhere is there

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
        path, host = self.path.lstrip("/"), self.headers["Host"].partition(":")[0]
        asked = Asked(self.command, path, host, dict(self.headers), time.monotonic())
        self.server.asked.append(asked)
        self.server.count[path] += 1
        try:
            name = re.split(r"[/?]", path)[0]
            own = getattr(self, f"answer_{name.replace('-', '_')}", self.answer_missing)
            (self.answer_as_told if self.path in self.server.told else own)()
        finally:
            asked.end = time.monotonic()

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

    def answer_as_told(self) -> None:
        target = self.server.told[self.path]
        self.say(301, Location=target) if target else self.say(200)

    def answer_ok(self) -> None:
        self.say(200, b"x" * 100)

    def answer_slow(self) -> None:
        time.sleep(0.3)
        self.say(200)

    def answer_told(self) -> None:
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

    def answer_busy_with(self) -> None:
        """Ask for a pause in the words that the path ends with."""
        self.say(429, Retry_After=unquote(self.path.partition("/busy-with/")[2]))

    def answer_status(self) -> None:
        self.say(int(self.path.split("/")[2].partition("?")[0]))

    def answer_to(self) -> None:
        """Redirect to what stands in the path, byte by byte: /to?301=%2Fok leads to /ok."""
        status, target = self.path.removeprefix("/to?").split("=", 1)
        head = f"HTTP/1.1 {status} Redirect\r\nContent-Length: 0\r\nLocation: ".encode()
        self.wfile.write(head + unquote_to_bytes(target) + b"\r\n\r\n")
        self.close_connection = True

    def answer_raw(self) -> None:
        """Answer what RAW has for the path, to HEAD and GET alike."""
        self.wfile.write(RAW[self.path.removeprefix("/raw?")])
        self.close_connection = True

    def answer_raw_to_get(self) -> None:
        if self.only_get():
            self.wfile.write(RAW[self.path.removeprefix("/raw-to-get?")])
            self.close_connection = True

    def answer_forever(self) -> None:
        """Send what FOREVER has for the path, again and again."""
        while not self.server.ended.wait(0.02 if "slow" in self.path else 0.001):
            self.wfile.write(FOREVER[self.path.removeprefix("/forever/")])

    def answer_head_hangs(self) -> None:
        self.answer_silent() if self.command == "HEAD" else self.say(200)

    def answer_head_loops(self) -> None:
        self.say(302, Location="/head-loops") if self.command == "HEAD" else self.say(200)

    def answer_head_leads(self) -> None:
        """Send HEAD where the path says, and answer GET."""
        if self.command == "HEAD":
            self.say(302, Location=self.path.removeprefix("/head-leads"))
        else:
            self.say(200)

    def answer_no_ranges(self) -> None:
        self.say(400 if self.command == "HEAD" or "Range" in self.headers else 200)

    def answer_languages(self) -> None:
        self.say(200 if "Accept-Language" in self.headers else 406)

    def answer_ever_new_cookie(self) -> None:
        cookie = f"count={self.server.count['ever-new-cookie']}"
        self.say(302, Location="/ever-new-cookie", Set_Cookie=cookie)

    def answer_odd_cookie(self) -> None:
        if "Cookie" in self.headers:
            self.say(200)
        else:
            self.say(302, Location="/odd-cookie", Set_Cookie="\xff=\xfe; expires=Fri, 99 Zzz 99999 99:99:99 GMT")

    def answer_slow_hop(self) -> None:
        time.sleep(0.1)
        self.say(302, Location=f"/slow-hop/{int(self.path.rpartition('/')[2]) + 1}")

    def answer_circle(self) -> None:
        """Redirect to the same page in other letters, and back."""
        self.say(301, Location={"/circle/caf%C3%A9": "/circle/caf%c3%a9"}.get(self.path, "/circle/caf%C3%A9"))

    def answer_escaped(self) -> None:
        if self.path == "/escaped/caf%C3%A9":
            self.say(200)
        else:
            self.say(301, Location="/escaped/caf%C3%A9")
