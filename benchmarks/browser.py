"""A browser as far as a measurement needs one: cookies, CSRF token, forms; over no network or over a real one."""

from __future__ import annotations

import http.client
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
HOST = "localhost"
FORM = "application/x-www-form-urlencoded"
PATIENCE = 60.0
PLAIN = "/?&=%:+~,-._"  # signs of an address that stay as they are


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


# (method, path with query, headers, body)
Transport = Callable[[str, str, dict[str, str], bytes], Answer]


class InProcess:
    """The whole WSGI application in this process: what the server's part of a page costs, without a network."""

    def __init__(self, application):
        self.application = application

    def collect(self, parts: Iterable[bytes]) -> bytes:
        return b"".join(parts)

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        path, _, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": HOST,
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": HOST,
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": headers.get("Cookie", ""),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        started: list = []
        parts = self.application(environ, lambda status, headers, exc_info=None: started.append((status, headers)))
        try:
            answer = self.collect(parts)
        finally:
            parts.close()
        status, sent = started[0]
        return Answer(int(status[:3]), sent, answer)


class Wire:
    """One kept connection to a server on this machine. Like a browser it asks once more, on a new connection, when the
    server closed the kept one meanwhile."""

    def __init__(self, port: int):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        kept = self.connection.sock is not None
        try:
            return self._ask(method, path, headers, body)
        except ConnectionError:  # RemoteDisconnected is one
            self.connection.close()
            if not kept:
                raise
            return self._ask(method, path, headers, body)
        except (OSError, http.client.HTTPException):
            self.connection.close()
            raise

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        self.connection.request(method, path, body or None, headers | {"Host": HOST})
        answer = self.connection.getresponse()
        return Answer(answer.status, answer.getheaders(), answer.read())


class Browser:
    """One person at one screen. ``get`` and ``post`` answer the page itself: they follow no redirect."""

    def __init__(self, transport: Transport, cookies: dict[str, str] | None = None, token: str = ""):
        self.transport, self.cookies, self.token = transport, dict(cookies or {}), token

    def over(self, transport: Transport) -> Browser:
        """The same person, logged in, by another way."""
        return Browser(transport, self.cookies, self.token)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"", {})

    def post(self, path: str, data: dict) -> Answer:
        """The token of the last page that had a form is sent along."""
        body = urlencode(data | {"csrfmiddlewaretoken": self.token}).encode()
        return self._ask("POST", path, body, {"Content-Type": FORM})

    def log_in(self, username: str, password: str) -> Answer:
        self.get("/anmelden/")
        answer = self.post("/anmelden/", {"login": username, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{username} could not log in: {answer.status}")
        self.get("/konto/")  # the token changes with the log-in: the next form needs the new one
        return answer

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.transport(method, quote(path, safe=PLAIN), headers | ({"Cookie": cookie} if cookie else {}), body)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self._keep(value)
        if found := TOKEN.search(answer.body):
            self.token = found[1].decode()
        return answer

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


def expect(answer: Answer, *statuses: int) -> Answer:
    """The answer, when it has one of these statuses; RuntimeError with what the page says otherwise."""
    if answer.status not in statuses:
        said = " ".join(re.sub(r"<[^>]*>", " ", answer.body.decode(errors="replace")).split())
        raise RuntimeError(f"answered {answer.status}, not {statuses[0]}: {said[:2000]}")
    return answer
