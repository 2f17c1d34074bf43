"""Who comes in to the newsroom, by what, for how long, and what he has to prove before it counts."""

from __future__ import annotations

import re
import time as clock
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from communique.newsroom.models import Clearance, Release
from communique.newsroom.post.models import Mail
from communique.newsroom.roles import ABILITIES, ADMINISTRATOR
from communique.newsroom.second_factor import next_code
from communique.newsroom.users.people import NotDone, give_roles, shut_out
from newsroom.newsrooms import HOST, PASSWORD, SECRET, Desk

SIGN_IN = "/accounts/login/"
CODE = "/accounts/2fa/authenticate/"
ANEW = "/accounts/2fa/reauthenticate/"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The desk on the real clock, by which codes and proofs are counted."""
    desk.now.at = datetime.now(UTC)
    return desk


class Later:
    """Time for one module of allauth: ours to move."""

    def __init__(self) -> None:
        self.more_s = 0.0

    def time(self) -> float:
        return clock.time() + self.more_s

    monotonic = staticmethod(clock.monotonic)
    sleep = staticmethod(clock.sleep)


def stranger(address: str = "192.0.2.7") -> Client:
    return Client(headers={"host": HOST}, REMOTE_ADDR=address)


def tries(client: Client, name: str, password: str = PASSWORD) -> Any:
    return client.post(SIGN_IN, {"login": f"{name}@embassy.example", "password": password})


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def signed_in(desk: Desk, name: str, address: str = "192.0.2.7") -> Client:
    """Somebody who came in by the front door."""
    client = stranger(address)
    answer = tries(client, name)
    if answer.url == CODE:
        answer = client.post(CODE, {"code": next_code(desk.user(name), SECRET)})
    assert answer.url == "/"
    return client


def without_second_factor(desk: Desk, name: str) -> Client:
    """A session of somebody that has not proved the second factor, as a stolen cookie of before would be."""
    client = Client(headers={"host": HOST})
    client.force_login(desk.user(name))
    return client


def submitted(desk: Desk) -> Any:
    page = desk.written("wenna")
    desk.submit(page)
    return page


def read_mark(client: Client, page: Any) -> str:
    html = client.get(f"/messages/{page.pk}/clear/").content.decode()
    return html.split('name="read" value="')[1].split('"')[0]


def link_in(letter: Mail) -> str:
    found = re.search(r"https?://[^/]+(/\S+)", letter.text)
    assert found
    return found[1]


def invited(desk: Desk, **form: str) -> str:
    """The path of the link that an invitation brought."""
    typed = {"email": "nima@embassy.example", "name": "Nima Ostvale", "role-writer": "on", **form}
    desk.client("ada").post("/people/", typed)
    return link_in(Mail.objects.latest("pk"))


# Passwords and codes


def test_a_password_signs_in_a_writer_and_a_code_besides_whoever_has_one(desk: Desk) -> None:
    writer = stranger()
    assert tries(writer, "wenna").url == "/"
    assert is_in(writer)
    clearer = stranger()
    assert tries(clearer, "osk").url == CODE
    assert not is_in(clearer)
    assert clearer.post(CODE, {"code": next_code(desk.user("osk"), SECRET)}).url == "/"
    assert is_in(clearer)


def test_passwords_are_kept_by_scrypt_and_a_weak_one_is_not_taken(desk: Desk) -> None:
    assert desk.user("wenna").password.startswith("scrypt$")
    client = signed_in(desk, "wenna")
    typed = {"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}
    client.post("/accounts/password/change/", typed)
    assert desk.user("wenna").check_password(PASSWORD)


def test_a_code_is_good_once_and_the_one_before_and_after_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.time()  # a slow machine would have moved on to the next code meanwhile
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: now))
    step = int(now) // 30
    for shift, good in ((-1, True), (-1, False), (1, True), (-3, False), (3, False)):
        client = stranger()
        tries(client, "osk")
        client.post(CODE, {"code": format_hotp_value(hotp_value(SECRET, step + shift))})
        assert is_in(client) is good, shift


def test_the_secrets_of_codes_do_not_stand_in_the_database(desk: Desk) -> None:
    kept = Authenticator.objects.get(user=desk.user("osk"), type="totp").data["secret"]
    assert SECRET not in kept
    assert SECRET.encode() not in (desk.home / "communique.sqlite3").read_bytes()


def test_a_recovery_code_signs_in_once(desk: Desk) -> None:
    client = signed_in(desk, "osk")
    client.post(ANEW, {"code": next_code(desk.user("osk"), SECRET)})
    client.post("/accounts/2fa/recovery-codes/generate/")
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<li>(\d{8})</li>", page)[0]
    assert code not in client.get("/accounts/2fa/recovery-codes/").content.decode()  # shown once
    for good in (True, False):
        other = stranger()
        tries(other, "osk")
        other.post(CODE, {"code": code})
        assert is_in(other) is good


# Limits


def test_after_five_wrong_passwords_even_the_right_one_waits_five_minutes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Later()
    monkeypatch.setattr("allauth.core.internal.ratelimit.time", later)
    for number in range(5):
        assert tries(stranger(f"198.51.100.{number}"), "wenna", "no").status_code == 200
    said = tries(stranger("198.51.100.9"), "wenna")
    assert "wait five minutes" in said.content.decode()
    later.more_s = 5 * 60 + 1
    assert tries(stranger("198.51.100.9"), "wenna").url == "/"


def test_an_outsider_cannot_lock_a_colleague_out_of_a_browser_that_knows_him(desk: Desk) -> None:
    colleague = signed_in(desk, "wenna")
    colleague.post("/accounts/logout/")
    for number in range(6):
        tries(stranger(f"198.51.100.{number}"), "wenna", "no")
    assert "wait five minutes" in tries(stranger("198.51.100.9"), "wenna").content.decode()
    assert tries(colleague, "wenna").url == "/"


def test_what_a_known_browser_may_try_is_counted_too_and_a_made_up_one_is_none(desk: Desk) -> None:
    colleague = signed_in(desk, "wenna")
    colleague.post("/accounts/logout/")
    for _number in range(5):
        tries(colleague, "wenna", "no")
    assert "wait five minutes" in tries(colleague, "wenna").content.decode()
    forged = stranger("198.51.100.77")
    forged.cookies["communique_known"] = "eyJ4IjoieSJ9:1uXXXX:forged"
    for _number in range(5):
        tries(forged, "pell", "no")
    assert "wait five minutes" in tries(stranger("198.51.100.78"), "pell").content.decode()


def test_one_address_may_not_try_one_password_on_everybody(desk: Desk) -> None:
    one = stranger("203.0.113.5")
    for number in range(10):
        tries(one, f"somebody{number}", "no")
    assert "wait five minutes" in tries(one, "wenna").content.decode()
    assert tries(stranger("203.0.113.6"), "wenna").url == "/"


def test_codes_cannot_be_guessed(desk: Desk) -> None:
    client = stranger()
    tries(client, "osk")
    for number in range(5):
        client.post(CODE, {"code": f"00000{number}"})
    client.post(CODE, {"code": next_code(desk.user("osk"), SECRET)})
    assert not is_in(client)


def test_nobody_is_flooded_with_links_for_a_new_password(desk: Desk) -> None:
    asked = {"email": "wenna@embassy.example"}
    answers = [stranger(f"198.51.100.{number}").post("/accounts/password/reset/", asked) for number in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429, 429]
    assert 1 <= Mail.objects.filter(to="wenna@embassy.example").count() <= 3


# A forgotten password


def test_a_new_password_comes_by_mail_once_and_ends_the_sessions_of_the_old_one(desk: Desk) -> None:
    before = signed_in(desk, "wenna")
    client = stranger()
    client.post("/accounts/password/reset/", {"email": "wenna@embassy.example"})
    path = link_in(Mail.objects.latest("pk"))
    where = client.get(path).url
    new = "an oar against the tide"
    client.post(where, {"password1": new, "password2": new})
    assert desk.user("wenna").check_password(new)
    assert not is_in(before)
    assert "This link is over" in stranger().get(path, follow=True).content.decode()
    assert "Your password was set anew" in Mail.objects.latest("pk").text


def test_a_new_password_does_not_get_past_the_second_factor(desk: Desk) -> None:
    client = stranger()
    client.post("/accounts/password/reset/", {"email": "osk@embassy.example"})
    where = client.get(link_in(Mail.objects.latest("pk"))).url
    new = "an oar against the tide"
    assert client.post(where, {"password1": new, "password2": new}).url == CODE
    assert not is_in(client)


def test_nobody_learns_who_is_invited(desk: Desk) -> None:
    known = stranger().post("/accounts/password/reset/", {"email": "wenna@embassy.example"}, follow=True)
    unknown = stranger().post("/accounts/password/reset/", {"email": "nobody@embassy.example"}, follow=True)
    without_token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert without_token.sub("", known.content.decode()) == without_token.sub("", unknown.content.decode())
    assert [mail.to for mail in Mail.objects.all()] == ["wenna@embassy.example"]


@pytest.mark.parametrize("path", ["signup/", "social/signup/", "email/", "confirm-email/x/", "2fa/trust/"])
def test_nobody_signs_up_by_himself(desk: Desk, path: str) -> None:
    client = stranger()
    assert client.get(f"/accounts/{path}").status_code == 404
    client.post(f"/accounts/{path}", {"email": "new@embassy.example", "password1": "an oar against the tide"})
    assert not get_user_model().objects.filter(email="new@embassy.example").exists()


# The second factor, and the fresh proof


def counting(desk: Desk, page: Any) -> dict[str, tuple[str, str, dict[str, str]]]:
    """What counts: who, where, with what."""
    return {
        "clear": ("osk", f"/messages/{page.pk}/clear/", {"action": "approve", "comment": "Two words changed."}),
        "publish": ("pell", f"/messages/{page.pk}/release/", {"when": "then", "day": "2027-01-02", "time": "03:04:05"}),
        "force": ("pell", f"/messages/{page.pk}/force/", {"reason": "The port closes in ten minutes."}),
        "invite": ("ada", "/people/", {"email": "n@embassy.example", "name": "N", "role-writer": "on"}),
        "roles": ("ada", f"/people/{desk.user('wenna').pk}/", {"do": "roles", "role-publisher": "on"}),
    }


def ready(desk: Desk, deed: str) -> Any:
    """A message on which it could be done at once."""
    page = submitted(desk)
    if deed == "publish":
        desk.clear(page)
    return page


DEEDS = ("clear", "publish", "force", "invite", "roles")


def done(desk: Desk) -> set[str]:
    """Which of the deeds are done."""
    found = {
        "clear": Clearance.objects.filter(forced_because="").exists(),
        "publish": Release.objects.exists(),
        "force": Clearance.objects.exclude(forced_because="").exists(),
        "invite": get_user_model().objects.filter(email="n@embassy.example").exists(),
        "roles": desk.user("wenna").groups.filter(name="publisher").exists(),
    }
    return {deed for deed, is_done in found.items() if is_done}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_session_without_the_second_factor_does_nothing_that_counts(desk: Desk, deed: str) -> None:
    name, where, form = counting(desk, ready(desk, deed))[deed]
    answer = without_second_factor(desk, name).post(where, form)
    assert answer.url.startswith(ANEW)
    assert deed not in done(desk)


@pytest.mark.parametrize("deed", DEEDS)
def test_who_has_none_is_led_to_set_one_up_and_back_again(desk: Desk, deed: str) -> None:
    name, where, form = counting(desk, ready(desk, deed))[deed]
    Authenticator.objects.filter(user=desk.user(name)).delete()
    client = signed_in(desk, name)
    answer = client.post(where, form)
    assert answer.url.startswith("/accounts/second-factor/?next=")
    assert deed not in done(desk)
    assert "Set up codes" in client.get(answer.url).content.decode()
    secret = "".join(
        re.findall(r"<span>([A-Z2-7]{4})</span>", client.get("/accounts/2fa/totp/activate/").content.decode())
    )
    client.post("/accounts/2fa/totp/activate/", {"code": next_code(desk.user(name), secret)})
    assert f'href="{where}"' in client.get("/accounts/2fa/recovery-codes/").content.decode()
    assert client.get(where).status_code == 200  # setting it up was the proof


@pytest.mark.parametrize("deed", DEEDS)
def test_a_proof_older_than_half_an_hour_is_given_anew_and_what_was_typed_is_kept(desk: Desk, deed: str) -> None:
    name, where, form = counting(desk, ready(desk, deed))[deed]
    client = desk.client(name)
    if deed == "clear":
        form["read"] = read_mark(client, Page.objects.get(pk=int(where.split("/")[2])))
    desk.now.at += timedelta(minutes=31)
    answer = client.post(where, form)
    assert answer.url.startswith(ANEW)
    assert deed not in done(desk)
    desk.now.at -= timedelta(minutes=31)
    back = client.post(answer.url, {"code": next_code(desk.user(name), SECRET), "next": where})
    assert back.url == where
    html = client.get(where).content.decode()
    assert deed not in done(desk)  # only shown: he presses the button himself
    for word in ("Two words changed.", "2027-01-02", "03:04:05", "ten minutes", "n@embassy.example"):
        assert (word in html) == any(word in value for value in form.values()), word
    client.post(where, form)
    assert deed in done(desk)
    assert "Two words changed." not in client.get(where).content.decode()  # given back once


BROWSER = {"accept": "text/html,application/xhtml+xml"}


def test_what_was_typed_when_the_session_had_ended_is_there_after_signing_in_and_only_for_him(desk: Desk) -> None:
    page = submitted(desk)
    client, where = signed_in(desk, "osk"), f"/messages/{page.pk}/clear/"
    form = {"read": read_mark(client, page), "action": "reject", "comment": "Two words changed."}
    for who, kept in (("osk", True), ("pell", False)):
        desk.now.at += timedelta(hours=13)
        answer = client.post(where, form, headers=BROWSER)
        assert answer.url == f"/accounts/login/?next={where}"
        desk.now.at -= timedelta(hours=13)
        tries(client, who)
        client.post(CODE, {"code": next_code(desk.user(who), SECRET)})
        assert ("Two words changed." in client.get(where).content.decode()) == kept
        assert "Two words changed." not in client.get(where).content.decode(), "given back once"
    page.refresh_from_db()
    assert page.current_workflow_state.status == "in_progress", "nothing was done by it"


def test_nothing_is_kept_of_what_a_stranger_sends(desk: Desk) -> None:
    client = stranger("192.0.2.8")
    client.post(f"/messages/{submitted(desk).pk}/clear/", {"comment": "Two words changed."}, headers=BROWSER)
    assert "typed_before_proof" not in client.session


def test_within_half_an_hour_nobody_is_asked_again(desk: Desk) -> None:
    page = submitted(desk)
    client = desk.client("osk")
    desk.now.at += timedelta(minutes=29)
    client.post(f"/messages/{page.pk}/clear/", {"read": read_mark(client, page), "action": "approve"})
    assert Clearance.objects.count() == 1


def test_a_password_alone_is_no_fresh_proof_for_whoever_has_a_second_factor(desk: Desk) -> None:
    page = submitted(desk)
    client = desk.client("osk")
    desk.now.at += timedelta(minutes=31)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/"})
    answer = client.post(f"/messages/{page.pk}/clear/", {"action": "approve"})
    assert answer.url.startswith(ANEW)


def test_a_second_factor_that_was_taken_away_proves_nothing_any_more(desk: Desk) -> None:
    client = desk.client("ada")
    Authenticator.objects.filter(user=desk.user("ada")).delete()
    assert client.get("/people/").url.startswith("/accounts/second-factor/")


def test_the_editor_of_wagtail_is_no_way_round(desk: Desk) -> None:
    page = submitted(desk)
    client = without_second_factor(desk, "osk")
    edit = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    assert client.post(f"/pages/{page.pk}/edit/", edit).url.startswith(ANEW)
    task = Page.objects.get(pk=page.pk).current_workflow_task_state
    direct = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    assert client.post(direct).url.startswith(ANEW)
    assert not Clearance.objects.exists()


def test_keys_are_added_and_taken_away_only_after_a_fresh_proof(desk: Desk) -> None:
    client = desk.client("osk")
    desk.now.at += timedelta(minutes=31)
    for path in ("2fa/webauthn/add/", "2fa/totp/deactivate/", "2fa/recovery-codes/generate/"):
        assert client.post(f"/accounts/{path}").url.startswith(ANEW), path
    assert Authenticator.objects.filter(user=desk.user("osk")).count() == 1


def test_who_loses_his_second_factor_is_told_by_mail(desk: Desk) -> None:
    client = signed_in(desk, "osk")
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=desk.user("osk")).exists()
    assert "no longer your second factor" in Mail.objects.get(to="osk@embassy.example").text


# Sessions


def test_a_session_ends_after_twelve_hours_whatever_is_done_in_it(desk: Desk) -> None:
    client = desk.client("wenna")
    for _half_hour in range(23):
        desk.now.at += timedelta(minutes=30)
        assert is_in(client)
    desk.now.at += timedelta(minutes=31)
    assert client.get("/").url.startswith(SIGN_IN)
    desk.now.at -= timedelta(hours=12)
    assert not is_in(client)


def test_cookies_are_for_this_host_and_for_no_script(desk: Desk) -> None:
    client = signed_in(desk, "wenna")
    assert {"desk-session", "desk-form", "communique_known"} == set(client.cookies)
    for cookie in client.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key
        assert not cookie["domain"], cookie.key
    assert not client.cookies["desk-session"]["max-age"]  # gone with the browser


def test_sessions_are_listed_and_each_is_ended_from_another(desk: Desk) -> None:
    here, there = signed_in(desk, "wenna"), signed_in(desk, "wenna", "198.51.100.4")
    html = here.get("/accounts/sessions/").content.decode()
    instant = r"\d+ [A-Z][a-z]+ \d{4} [\d:]{8} CES?T \([\d:]{8} UTC\)"
    assert re.search(f"since {instant} · last seen {instant}<", html), "in the office's time, as everywhere at the desk"
    assert "198.51.100.4" in html
    ended = here.post(re.findall(r'action="(/accounts/sessions/\d+/end/)"', html)[0], follow=True)
    assert "Ended: " in ended.content.decode()
    assert not is_in(there)
    assert is_in(here)


def test_the_account_offers_no_zone_for_the_clock_is_the_offices(desk: Desk) -> None:
    html = signed_in(desk, "wenna").get("/account/").content.decode()
    assert "preferred_language" in html
    assert "current_time_zone" not in html, "it would choose nothing"


def test_nobody_ends_somebody_elses_session(desk: Desk) -> None:
    victim = signed_in(desk, "wenna")
    is_in(victim)
    listed = desk.user("wenna").usersession_set.get()
    assert desk.client("osk").post(f"/accounts/sessions/{listed.pk}/end/").status_code == 404
    assert is_in(victim)


def test_another_password_ends_the_other_sessions(desk: Desk) -> None:
    here, there = signed_in(desk, "wenna"), signed_in(desk, "wenna", "198.51.100.4")
    new = "an oar against the tide"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here)
    assert not is_in(there)


# People


def test_an_invited_person_sets_a_password_and_is_in(desk: Desk) -> None:
    path = invited(desk)
    assert Mail.objects.get().to == "nima@embassy.example"
    client = stranger()
    assert "Nima Ostvale" in client.get(path).content.decode()
    new = "an oar against the tide"
    assert client.post(path, {"new_password1": new, "new_password2": new}).url == "/"
    assert is_in(client)
    assert tries(stranger("198.51.100.8"), "nima", new).url == "/"


def test_the_link_of_an_invitation_works_once_and_opening_it_uses_nothing_up(desk: Desk) -> None:
    path = invited(desk)
    for _scanner in range(3):
        assert stranger().get(path).status_code == 200
    new = {"new_password1": "an oar against the tide", "new_password2": "an oar against the tide"}
    stranger().post(path, new)
    late = stranger()
    assert late.post(path, new).status_code == 404
    assert "This link is over" in late.get(path).content.decode()
    assert not is_in(late)


def test_the_link_of_an_invitation_dies_after_48_hours_and_when_a_newer_one_is_sent(desk: Desk) -> None:
    path = invited(desk)
    desk.now.at += timedelta(hours=47, minutes=59)
    assert stranger().get(path).status_code == 200
    desk.now.at += timedelta(minutes=2)
    assert stranger().get(path).status_code == 404
    new = get_user_model().objects.get(email="nima@embassy.example")
    desk.client("ada").post(f"/people/{new.pk}/", {"do": "link"})
    second = link_in(Mail.objects.latest("pk"))
    desk.client("ada").post(f"/people/{new.pk}/", {"do": "link"})
    third = link_in(Mail.objects.latest("pk"))
    assert [stranger().get(one).status_code for one in (path, second, third)] == [404, 404, 200]


def test_a_weak_password_is_not_taken_from_an_invited_person_either(desk: Desk) -> None:
    path = invited(desk)
    client = stranger()
    client.post(path, {"new_password1": "password", "new_password2": "password"})
    assert not is_in(client)
    assert client.get(path).status_code == 200  # the link is still good


def test_the_database_has_no_link_that_somebody_could_use(desk: Desk) -> None:
    path = invited(desk)
    token = path.strip("/").rpartition("/")[2]
    Mail.objects.all().delete()
    from_links = get_user_model().objects.get(email="nima@embassy.example").links.get()
    assert token not in (from_links.digest, str(from_links))


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"email": "nobody"}, "Write a mail address"),
        ({"email": "wenna@embassy.example"}, "invited already"),
        ({"email": "WENNA@embassy.example"}, "invited already"),
        ({"role-writer": ""}, "Choose a role"),
        ({"email": f"{'n' * 60}@{'e' * 60}.{'m' * 60}.example"}, "Write a mail address"),
    ],
)
def test_an_invitation_that_cannot_be_is_told_in_a_sentence(desk: Desk, form: dict[str, str], said: str) -> None:
    typed = {"email": "nima@embassy.example", "name": "Nima Ostvale", "role-writer": "on", **form}
    html = desk.client("ada").post("/people/", typed).content.decode()
    assert said in html
    assert 'value="Nima Ostvale"' in html
    assert not Mail.objects.exists()


def test_nobody_is_invited_without_a_name(desk: Desk) -> None:
    typed = {"email": "nima@embassy.example", "name": " ", "role-writer": "on"}
    assert "Write the name" in desk.client("ada").post("/people/", typed).content.decode()
    assert not Mail.objects.exists()


def test_who_is_shut_out_is_out_at_once_and_stays_out_when_let_in_again(desk: Desk) -> None:
    client = signed_in(desk, "wenna")
    assert is_in(client)
    administrator = desk.client("ada")
    administrator.post(f"/people/{desk.user('wenna').pk}/", {"do": "out"})
    assert not is_in(client)
    assert tries(stranger(), "wenna").url == "/accounts/inactive/"
    administrator.post(f"/people/{desk.user('wenna').pk}/", {"do": "in"})
    assert not is_in(client)
    assert tries(stranger(), "wenna").url == "/"


def test_roles_hold_from_the_next_click(desk: Desk) -> None:
    client = desk.client("osk")
    page = submitted(desk)
    desk.client("ada").post(f"/people/{desk.user('osk').pk}/", {"do": "roles", "role-writer": "on"})
    client.post(f"/messages/{page.pk}/clear/", {"action": "approve"})
    assert not Clearance.objects.exists()


def test_starting_anew_takes_password_factor_and_sessions_away(desk: Desk) -> None:
    client = signed_in(desk, "osk")
    assert is_in(client)
    desk.client("ada").post(f"/people/{desk.user('osk').pk}/", {"do": "anew"})
    assert not is_in(client)
    assert not tries(stranger(), "osk").has_header("location")
    assert not Authenticator.objects.filter(user=desk.user("osk")).exists()
    new = {"new_password1": "an oar against the tide", "new_password2": "an oar against the tide"}
    fresh = stranger()
    assert fresh.post(link_in(Mail.objects.latest("pk")), new).url == "/"
    assert is_in(fresh)


def test_an_administrator_ends_somebodys_sessions(desk: Desk) -> None:
    client = signed_in(desk, "wenna")
    assert is_in(client)
    person = f"/people/{desk.user('wenna').pk}/"
    assert "One session ended." in desk.client("ada").post(person, {"do": "sessions"}, follow=True).content.decode()
    assert not is_in(client)


def test_the_last_administrator_cannot_be_lost(desk: Desk) -> None:
    administrator = desk.client("ada")
    mine = f"/people/{desk.user('ada').pk}/"
    for form in ({"do": "roles", "role-writer": "on"}, {"do": "out"}, {"do": "anew"}):
        administrator.post(mine, form)
        assert ADMINISTRATOR in {group.name for group in desk.user("ada").groups.all()}
        assert desk.user("ada").is_active
        assert desk.user("ada").has_usable_password()
    give_roles(desk.user("pell"), ["publisher", "administrator"])  # has never signed in: does not count yet
    with pytest.raises(NotDone):
        shut_out(desk.user("ada"))
    desk.client("pell")
    administrator.post(mine, {"do": "out"})
    assert not desk.user("ada").is_active
    with pytest.raises(NotDone):
        give_roles(desk.user("pell"), ["publisher"])


def test_what_happened_to_somebodys_way_in_is_kept_with_who_and_from_where(desk: Desk) -> None:
    signed_in(desk, "wenna", "203.0.113.80")
    administrator = desk.client("ada")
    where = f"/people/{desk.user('wenna').pk}/"
    administrator.post(where, {"do": "roles", "role-writer": "on", "role-clearer": "on"})
    html = administrator.get(where).content.decode()
    assert re.search(r"203\.0\.113\.80</bdi></p><p>signed in<", html)
    assert re.search(r"<bdi>Ada Quillane</bdi> .*<p>roles given: <bdi>writer, clearer", html)


def test_the_screen_of_roles_says_what_the_doors_hold(desk: Desk) -> None:
    page = submitted(desk)
    doors = {
        "Write": ("wenna", "osk", "pell"),
        "Clear or": ("osk",),
        "Publish, schedule": ("pell",),
        "Publish without": ("pell",),
        "Invite": ("ada",),
    }
    asked = {
        "Write": "/new/",
        "Clear or": "/forced/0/",
        "Publish, schedule": f"/messages/{page.pk}/release/",
        "Publish without": f"/messages/{page.pk}/force/",
        "Invite": "/people/",
    }
    for begins, names in doors.items():
        roles = next(roles for ability, roles in ABILITIES if str(ability).startswith(begins))
        for name in ("wenna", "osk", "pell", "ada"):
            may = bool(roles & {group.name for group in desk.user(name).groups.all()})
            assert may == (name in names), (begins, name)
            if begins != "Clear or":
                assert (desk.client(name).get(asked[begins]).status_code == 200) == may, (begins, name)


def test_no_installation_but_the_demo_says_who_may_sign_in(desk: Desk) -> None:
    for path in (SIGN_IN, CODE):
        client = stranger()
        tries(client, "osk", "no")
        html = client.get(path, follow=True).content.decode()
        assert "showroom" not in html
        assert PASSWORD not in html


def test_sessions_lie_in_the_database_and_say_no_password(desk: Desk) -> None:
    signed_in(desk, "wenna")
    assert settings.SESSION_ENGINE.endswith(".db")
    assert all(PASSWORD not in str(session.get_decoded()) for session in Session.objects.all())


def test_only_who_was_invited_and_has_no_way_in_yet_is_said_not_to_have_come(desk: Desk) -> None:
    client = desk.client("ada")
    get_user_model().objects.update(last_login=None)
    assert "has not come in yet" not in client.get("/people/").content.decode()
    client.post("/people/", {"name": "Maren Ilvo", "email": "maren@embassy.example", "role-writer": "1"})
    assert client.get("/people/").content.decode().count("has not come in yet") == 1
