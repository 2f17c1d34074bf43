"""Nothing typed into a message's form is lost in silence: it is saved by itself, or whoever leaves is asked first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from playwright.sync_api import Dialog, Page, Route, expect

from browser import chromium
from communique.newsroom.models import MessagePage
from newsroom.newsrooms import Desk
from newsroom.test_at_the_editor import ASKED, form_opened, writing
from newsroom.test_links_seen import served

NEVER_WATCHED = """
    window.watched = false;
    addEventListener("w-unsaved:watch-edits", () => { window.watched = true; });
    const later = window.setTimeout;
    window.setTimeout = (act, delay, ...rest) => later(act, delay === 2000 ? 600_000 : delay, ...rest);
"""
"""Wagtail begins to watch two seconds after the form is there; here it does not, however long a machine takes"""


@contextmanager
def just_opened(desk: Desk, page: MessagePage, watched: bool = True) -> Iterator[Page]:
    """The form in the moment in which it can be typed into."""
    cookie = desk.client("wenna").cookies[settings.SESSION_COOKIE_NAME].value
    with served() as root, chromium() as browser:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": root}])
        if not watched:
            context.add_init_script(NEVER_WATCHED)
        yield form_opened(context, f"{root}/pages/{page.pk}/edit/")


def asked_when_leaving(window: Page) -> bool:
    """Whether somebody who goes to the desk is asked; who is asked stays."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    window.once("dialog", stay)
    window.evaluate("setTimeout(() => { location.href = '/' })")
    window.wait_for_timeout(500)
    return asked == ["beforeunload"]


def kept(page: MessagePage) -> MessagePage:
    """The draft as the server has it."""
    found: MessagePage = MessagePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return found


def until_kept(window: Page, page: MessagePage, title: str) -> None:
    end = time.monotonic() + 60
    while kept(page).title != title:
        assert time.monotonic() < end, f"never saved by itself: {kept(page).title!r}"
        window.wait_for_timeout(100)


def test_who_leaves_before_the_form_is_watched_is_asked_once_something_was_typed(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    with just_opened(desk, page, watched=False) as window:
        assert not window.evaluate("window.watched")
        window.locator(".words-turn p").first.click()
        window.keyboard.type("!")
        assert asked_when_leaving(window)
        window.once("dialog", lambda dialog: dialog.accept())
        window.reload()
        window.locator("words-editor[data-ready]").wait_for()
        window.locator("#id_title").press_sequentially("!")
        assert asked_when_leaving(window)
        assert not window.evaluate("window.watched"), "else this shows nothing"


def test_what_was_typed_into_a_form_just_opened_is_saved_by_itself(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    with just_opened(desk, page) as window:
        window.locator("#id_title").fill("The ferry on Sunday")
        until_kept(window, page, "The ferry on Sunday")
        window.wait_for_timeout(1500)
        assert not asked_when_leaving(window)


def test_who_leaves_within_half_a_second_of_a_letter_is_asked_and_who_stays_has_it_saved(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    with writing(desk, page) as window:
        window.wait_for_timeout(2500)
        window.locator(".words-turn p").first.click()
        window.keyboard.press("End")
        window.keyboard.type("Now")
        assert asked_when_leaving(window)
        expect(window.locator(".words-turn p").first).to_contain_text("Now")
        end = time.monotonic() + 60
        while "Now" not in str(kept(page).words["turns"][0]["blocks"]):
            assert time.monotonic() < end, "never saved"
            window.wait_for_timeout(100)


def test_what_was_typed_while_a_save_was_on_its_way_is_saved_after_it(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    posted: list[Route] = []
    with writing(desk, page) as window:
        window.wait_for_timeout(2500)

        def hold(route: Route) -> None:
            if route.request.method != "POST" or posted:
                route.continue_()
            else:
                posted.append(route)

        window.route("**/edit/**", hold)
        title = window.locator("#id_title")
        title.fill("The ferry")
        for _ in range(200):
            if posted:
                break
            window.wait_for_timeout(50)
        # a letter so shortly before the answer that nothing has looked at the form since
        window.evaluate(
            """() => document.querySelector('[data-edit-form]').addEventListener('w-autosave:success', () => {
                const title = document.querySelector('#id_title');
                title.focus();
                title.setSelectionRange(title.value.length, title.value.length);
                document.execCommand('insertText', false, ' sails');
            }, { capture: true, once: true })"""
        )
        posted[0].continue_()
        until_kept(window, page, "The ferry sails")


def test_who_leaves_with_a_comment_half_typed_is_asked(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    with writing(desk, page) as window:
        window.wait_for_timeout(2500)
        window.locator(".words-turn").nth(1).get_by_role("button", name="comment").click()
        expect(window.locator(".comment__input")).to_be_focused()
        window.keyboard.type("In winter, too?")
        assert asked_when_leaving(window)


def test_who_was_signed_out_or_cut_off_keeps_what_was_typed_and_has_it_saved_afterwards(desk: Desk) -> None:
    page = desk.written("wenna", kind="interview", words=ASKED)
    with writing(desk, page) as window:
        session = [one for one in window.context.cookies() if one.get("name") == settings.SESSION_COOKIE_NAME]
        window.wait_for_timeout(2500)
        window.context.clear_cookies()  # what the next session has is another secret, too
        window.locator("#id_title").fill("Typed when signed out")
        window.get_by_role("button", name="Save draft").click()
        notice = window.locator(".not-reached")
        expect(notice).to_contain_text("You are signed out, and nothing is saved. What you typed stays here")
        assert notice.get_by_role("link").get_attribute("target") == "_blank"
        assert window.locator("#id_title").input_value() == "Typed when signed out"
        window.context.add_cookies([{key: one[key] for key in ("name", "value", "domain", "path")} for one in session])
        window.evaluate("dispatchEvent(new Event('focus'))")  # as coming back from the other window is
        expect(notice).to_have_count(0)
        until_kept(window, page, "Typed when signed out")

        window.context.set_offline(True)
        window.locator("#id_title").fill("Typed when cut off")
        window.get_by_role("button", name="Save draft").click()
        expect(notice).to_contain_text("The desk cannot be reached")
        window.context.set_offline(False)
        window.evaluate("dispatchEvent(new Event('focus'))")
        expect(notice).to_have_count(0)
        until_kept(window, page, "Typed when cut off")
        with window.expect_navigation():
            window.get_by_role("button", name="Save draft").click()
        assert window.locator("#id_title").input_value() == "Typed when cut off"
        said = window.locator(".messages li.success")
        assert said.evaluate("said => getComputedStyle(said).backgroundColor") == "rgb(18, 69, 89)", (
            "the office's colour"
        )
        assert not said.locator(".messages-icon").is_visible(), "no tick"
