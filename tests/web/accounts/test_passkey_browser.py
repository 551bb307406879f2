"""Passkeys in a real browser, with an authenticator that the browser itself plays (DevTools protocol).

No database in this process (stack T6): a server of its own on a clone of its own, arranged by the pages themselves.
"""

import os
import shutil
import socket
import subprocess
import sys
import time

import pytest

from tests import database
from tests.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site():
    name = database.clone(f"{os.environ.get('PYTEST_XDIST_WORKER', 'sole')}_passkey")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = {variable: database.address(variable, name) for variable in database.ADDRESSES}
    server = subprocess.Popen(
        [sys.executable, "-m", "ina.ops.serve", "--port", str(port)],
        cwd=database.ROOT,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, server)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(20)
        database.drop(name)


@pytest.fixture
def page():
    from playwright.sync_api import sync_playwright

    program = os.environ.get("INA_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        assert not os.environ.get("CI"), "no Chromium found"
        pytest.skip("no Chromium found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            page = browser.new_page()
            page.set_default_timeout(15_000)
            devtools = page.context.new_cdp_session(page)
            devtools.send("WebAuthn.enable")
            devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
            yield page
        finally:
            browser.close()


def test_passkey_is_added_logs_in_alone_and_serves_as_second_factor(site, page):
    _enter_password(site, page)
    page.wait_for_url(lambda url: "/anmelden/" not in url)
    page.goto(f"{site}/konto/faktoren/passkeys/neu/")
    page.get_by_label("Name für diesen Passkey").fill("Dienst-Notebook")
    page.get_by_role("button", name="Passkey einrichten").click()
    page.wait_for_url("**/konto/faktoren/codes/")  # the first factor brings codes to print by itself
    assert page.locator("ol code").count() == 20
    page.goto(f"{site}/konto/")
    assert page.get_by_text("Dienst-Notebook").count() == 1

    _log_out(site, page)
    page.get_by_role("button", name="Mit einem Passkey anmelden").click()
    page.wait_for_url(lambda url: "/anmelden/" not in url)
    page.goto(f"{site}/konto/")
    assert page.locator("h1").inner_text() == "Alma Ahorn"

    _log_out(site, page)
    _enter_password(site, page)
    page.wait_for_url("**/anmelden/zweiter-faktor/")
    page.get_by_role("button", name="Passkey benutzen").click()
    page.wait_for_url(lambda url: "/anmelden/" not in url)
    page.goto(f"{site}/konto/")
    assert page.locator("h1").inner_text() == "Alma Ahorn"


def _enter_password(site, page):
    page.goto(f"{site}/anmelden/")
    page.get_by_label("Benutzername").fill("alma")
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def _log_out(site, page):
    page.goto(f"{site}/abmelden/")
    page.get_by_role("main").get_by_role("button", name="Abmelden").click()
    page.wait_for_url("**/anmelden/")


def _wait_for(port: int, server: subprocess.Popen) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended by itself"
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not start")
