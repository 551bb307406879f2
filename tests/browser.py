"""Tests in a real browser (marker ``browser``): a server process per worker on a clone of its own, no ORM in the test.

Playwright's loop forbids Django's ORM in the same thread while it runs, so the browser lives per module and what a test
needs in the database is arranged by a process of its own (``site.arrange``).

    @pytest.mark.browser
    def test_x(site, page, log_in, assert_accessible):
        log_in("alma")
        page.get_by_role("link", name="Fälle").click()
        assert_accessible(page)
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import database
from tests.people import PASSWORD

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
READY_SECONDS = 60
# The browser itself reports an answer that is an error; which ones were meant is the test's business.
EXPECTED_NOISE = re.compile(r"status of (403|404|409|422|429)")


@dataclass
class Site:
    """The running application: ``address`` of its begin, its own ``database``, and how to put something into it."""

    address: str
    database: str
    environment: dict[str, str]

    def arrange(self, function: str, **arguments):
        """Run ``module:function(people, **arguments)`` in one committed transaction; answers what it answers (JSON)."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.arrange", function, json.dumps(arguments)],
            cwd=database.ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def _server(tmp_path_factory):
    name = database.clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'sole')}_site")
    port = _free_port()
    environment = os.environ | {variable: database.address(variable, name) for variable in database.ADDRESSES}
    environment |= {"DJANGO_SETTINGS_MODULE": "ina.config.settings.test", "INA_ADDRESS": f"http://localhost:{port}"}
    log = tmp_path_factory.mktemp("site") / "web.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "ina.ops.serve", "--port", str(port)],
            cwd=database.ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    site = Site(f"http://localhost:{port}", name, environment)
    try:
        _wait(site, process, log)
        yield site
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        database.drop(name)


def _wait(site: Site, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{site.address}/anmelden/", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"The web server for the browser tests does not answer:\n{log.read_text()[-3000:]}")


@pytest.fixture
def site(_server):
    """The application with nothing but the cast in it, fresh for this test."""
    database.drop(_server.database)
    database.make_clone(database.template(), _server.database)
    return _server


@pytest.fixture(scope="module")
def _browser():
    from playwright.sync_api import sync_playwright

    program = os.environ.get("INA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        message = "no Chromium: set INA_CHROMIUM or leave the browser tests out with -m 'not browser'"
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(_browser, site):
    """``new_page()`` — one more person at one more computer. What the browser complains of fails the test."""
    contexts, complaints = [], []

    def make(**options):
        context = _browser.new_context(
            base_url=site.address,
            locale="de-DE",
            viewport=options.pop("viewport", {"width": 1366, "height": 768}),
            **options,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda message: note(message.type, message.text))
        page.on("request", lambda request: leaves(request.url))
        return page

    def note(kind: str, text: str) -> None:
        if kind == "error" and not EXPECTED_NOISE.search(text):
            complaints.append(f"console: {text}")

    def leaves(url: str) -> None:
        if not url.startswith((site.address, "data:", "blob:", "about:")):
            complaints.append(f"another host: {url}")

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page):
    """A desk with 1366 × 768, the smallest that the pages are made for."""
    return new_page()


@pytest.fixture
def log_in(page):
    """``log_in("alma")`` — by the form, as anybody does; another page may be given."""

    def enter(username: str, password: str = PASSWORD, at=None) -> None:
        desk = at or page
        desk.goto("/anmelden/")
        desk.get_by_label("Benutzername").fill(username)
        desk.get_by_label("Passwort", exact=True).fill(password)
        desk.get_by_role("button", name="Anmelden", exact=True).click()
        desk.wait_for_url(lambda url: "/anmelden/" not in url)

    return enter


@pytest.fixture(scope="session")
def _axe() -> str:
    path = os.environ.get("INA_AXE")
    assert path and Path(path).exists(), "INA_AXE fehlt: script/test holt axe-core"
    return Path(path).read_text()


@pytest.fixture
def assert_accessible(_axe):
    """``assert_accessible(page)`` — no violation of WCAG 2.2 AA that axe can find."""

    def check(page) -> None:
        page.evaluate(_axe)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags})", AXE_TAGS)
        wrong = [
            f"{one['id']}: {one['help']} — {', '.join(node['target'][0] for node in one['nodes'][:3])}"
            for one in found["violations"]
        ]
        assert wrong == [], f"{page.url}: {wrong}"

    return check
