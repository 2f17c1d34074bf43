"""A passkey, in a real browser with a device that it believes in, through everything that `communique serve` runs."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import BrowserContext, Page, expect

from browser import chromium
from communique.newsroom.second_factor import next_code
from newsroom.newsrooms import PASSWORD, SECRET, Desk
from public_folder import free_port

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Where the newsroom is served."""
    connections.close_all()
    port = free_port()
    command = [str(Path(sys.executable).with_name("communique")), "--home", str(desk.home), "serve"]
    with (desk.home / "log").open("wb") as out:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=out, stderr=subprocess.STDOUT)
    try:
        until_said(desk.home / "log", f"http://desk.localhost:{port}/")
        yield f"http://desk.localhost:{port}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def until_said(log: Path, words: str, within_s: float = 300.0) -> None:
    """Wait until the program says that the newsroom answers."""
    end = time.monotonic() + within_s
    while words not in log.read_text():
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.2)


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    with chromium() as running:
        yield running.new_context(viewport={"width": 390, "height": 844})


def with_device(context: BrowserContext) -> Page:
    """A page in a browser that has a device with a lock."""
    page = context.new_page()
    page.set_default_timeout(60_000)
    protocol = context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def test_a_passkey_is_set_up_and_signs_in_alone_with_the_rights_of_a_second_factor(
    desk: Desk, address: str, context: BrowserContext
) -> None:
    page = with_device(context)
    page.goto(f"{address}/", wait_until="networkidle", timeout=120_000)
    page.get_by_label("Mail address").fill("ada@embassy.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_be_visible()
    expect(page.get_by_role("button", name="passkey")).to_have_count(0)  # she has none
    page.get_by_label("Code").fill(next_code(desk.user("ada"), SECRET))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("link", name="My sign-in").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My telephone")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have them").click()
    expect(page.get_by_text("My telephone")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("button", name="Menu")).to_be_visible()
    page.goto(f"{address}/people/")
    expect(page.get_by_role("heading", name="People of the desk")).to_be_visible()
    page.get_by_label("Name").fill("Nima Ostvale")
    page.get_by_label("Mail address").fill("nima@embassy.example")
    page.get_by_role("checkbox", name="writer").check()
    page.get_by_role("button", name="Invite").click()
    expect(page.get_by_text("No mail server is set up, so the invitation waits.")).to_be_visible()


def test_who_has_a_passkey_and_no_app_is_asked_for_what_he_has(
    desk: Desk, address: str, context: BrowserContext
) -> None:
    page = with_device(context)

    def password_given() -> None:
        page.get_by_label("Mail address").fill("wenna@embassy.example")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")

    page.goto(f"{address}/accounts/2fa/webauthn/add/", wait_until="networkidle", timeout=120_000)
    password_given()
    page.get_by_label("Name").fill("My telephone")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    said = page.locator(".said").all_inner_texts()
    assert said == ["Passkey added."], "in the desk's word for it, and the codes are told of once"
    page.get_by_role("button", name="Sign out").click()
    password_given()
    expect(page.get_by_text("Your passkey, or one of your recovery codes.")).to_be_visible()
    page.get_by_role("button", name="Use the passkey").click()
    expect(page.get_by_role("button", name="Menu")).to_be_visible()
