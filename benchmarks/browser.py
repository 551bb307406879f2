"""A client without network: the whole WSGI application in this process, with cookies and CSRF token."""

from __future__ import annotations

import io
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
HOST = "localhost"


class Answer:
    def __init__(self, status: int, headers: list[tuple[str, str]], body: bytes):
        self.status, self.headers, self.body = status, dict(headers), body


class Browser:
    """One person at one screen. ``get`` and ``post`` answer the last page of no redirect: they do not follow any."""

    def __init__(self, application):
        self.application, self.cookies, self.token = application, {}, ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, b"")

    def post(self, path: str, data: dict) -> Answer:
        """The token of the last page that had a form is sent along."""
        return self._ask("POST", path, urlencode(data | {"csrfmiddlewaretoken": self.token}).encode())

    def log_in(self, username: str, password: str) -> Answer:
        self.get("/anmelden/")
        answer = self.post("/anmelden/", {"login": username, "password": password})
        if answer.status != 302:
            raise RuntimeError(f"{username} could not log in: {answer.status}")
        return answer

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
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
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
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
        answer_body = b"".join(parts)
        parts.close()
        status, headers = started[0]
        for name, value in headers:
            if name == "Set-Cookie":
                self._keep(value)
        if found := TOKEN.search(answer_body):
            self.token = found[1].decode()
        return Answer(int(status[:3]), headers, answer_body)

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
