"""Inquiries: taken down, answered privately or publicly, seen by whom they concern, and due in time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group

from communique.newsroom.inquiries.letters import remind_of_inquiries
from communique.newsroom.inquiries.lines import LinesRefused, decide, digest_of, lines_of
from communique.newsroom.inquiries.models import Inquiry
from communique.newsroom.inquiries.replying import proposed_title
from communique.newsroom.models import MessagePage
from communique.newsroom.post.models import Mail
from communique.newsroom.roles import CLEARER
from communique.record.release import Draft
from newsroom.newsrooms import SPEECHES, Desk

FACTS = {
    "who": "Jorun Maske",
    "outlet": "Harbour Herald",
    "mail": "jorun@herald.example",
    "telephone": "+33 1 00 00 00 00",
    "question": "When does the ferry run again? The quay is full.",
    "language": "en",
    "received_day": "2027-03-04",
    "received_time": "09:55",
    "day": "2027-03-04",
    "time": "12:18",
    "lines": "It runs from Monday.\n\nTickets stay valid.",
}
PERSON = "personferrand000"


def taken(desk: Desk, **facts: Any) -> Inquiry:
    """An inquiry as the desk takes it down."""
    answer = desk.client("wenna").post("/inquiries/new/", {**FACTS, **facts})
    assert answer.status_code == 302, answer.content.decode()
    return Inquiry.objects.order_by("-pk")[0]


def state(inquiry: Inquiry) -> str:
    return str(Inquiry.objects.with_state().get(pk=inquiry.pk).state)


def test_an_open_inquiry_stands_on_the_list_in_the_menu_and_on_the_desk_of_who_answers(desk: Desk) -> None:
    taken(desk, answers=desk.user("osk").pk)
    html = desk.client("osk").get("/").content.decode()
    assert "Inquiries (1)" in html
    assert "due in 2 h 18 min" in html
    assert "Inquiries for me" not in desk.client("wenna").get("/").content.decode()


def test_the_desk_counts_inquiries_that_are_mine_apart_from_those_that_are_nobodys(desk: Desk) -> None:
    taken(desk, answers=desk.user("osk").pk)
    for question in ("Which pier?", "Which day?"):
        taken(desk, question=question)
    (shown,) = re.findall(r"<h2>(Inquiries for me.*)", desk.client("osk").get("/").content.decode(), re.DOTALL)
    mine, nobodys, *_rest = shown.split("<h2>")
    assert ('<span class="count">1</span>' in mine, mine.count("<li>")) == (True, 1)
    assert ('answers yet <span class="count">2</span>' in nobodys, nobodys.count("<li>")) == (True, 2)


def test_the_list_is_in_the_order_of_deadlines_and_says_what_is_overdue(desk: Desk) -> None:
    taken(desk, question="Third?", day="", time="")
    taken(desk, question="Second?", time="18:00")
    taken(desk, question="First?", time="09:58")
    html = desk.client("wenna").get("/inquiries/").content.decode()
    assert html.index("First?") < html.index("Second?") < html.index("Third?")
    assert '<strong class="red">overdue by 2 min</strong>' in html


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"who": ""}, "Say who asks"),
        ({"question": " "}, "Write the question"),
        ({"mail": "jorun"}, "name@example.org"),
        ({"day": "2027-03-28", "time": "02:30"}, "The next time is 03:00"),
        ({"day": "2027-10-31", "time": "02:30"}, "comes twice on that day"),
        ({"day": "2027-10-31", "time": "02:30"}, "02:30:00 CET (01:30:00 UTC)"),
        ({"time": ""}, "Write the day as"),
        ({"received_day": "2027-03-05"}, "That is still to come"),
        ({"day": "2026-03-04"}, "That is before the question came"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_what_was_typed_stays(
    desk: Desk, facts: dict[str, str], says: str
) -> None:
    html = desk.client("wenna").post("/inquiries/new/", {**FACTS, **facts}).content.decode()
    assert says in html
    assert "Tickets stay valid." in html
    assert not Inquiry.objects.exists()


def test_what_was_answered_privately_is_kept_with_who_said_it_and_when(desk: Desk) -> None:
    inquiry = taken(desk)
    client = desk.client("osk")
    client.post(f"/inquiries/{inquiry.pk}/outcome/", {"state": "privately", "said": ""})
    assert state(inquiry) == "open"
    client.post(f"/inquiries/{inquiry.pk}/outcome/", {"state": "privately", "said": "From Monday, I told her."})
    assert state(inquiry) == "privately"
    client.post(f"/inquiries/{inquiry.pk}/outcome/", {"state": "open"})
    client.post(f"/inquiries/{inquiry.pk}/outcome/", {"state": "declined", "said": "It is a private matter."})
    assert state(inquiry) == "declined"
    html = client.get(f"/inquiries/{inquiry.pk}/").content.decode()
    assert "From Monday, I told her." in html
    assert "Osk Dalebrandt" in html
    assert [row.state for row in inquiry.outcomes.all()] == ["privately", "open", "declined"]


def read_lines(desk: Desk, name: str, inquiry: Inquiry) -> str:
    """The mark of what stands on the screen on which lines are cleared; "" where nobody is asked for a verdict."""
    html = desk.client(name).get(f"/inquiries/{inquiry.pk}/lines/").content.decode()
    return html.split('name="read" value="')[1].split('"')[0] if 'name="read"' in html else ""


def decided(desk: Desk, name: str, inquiry: Inquiry, **typed: str) -> str:
    """The screen after somebody's verdict on the lines."""
    form = {"read": read_lines(desk, name, inquiry) or digest_of(inquiry), "action": "clear", **typed}
    answer = desk.client(name).post(f"/inquiries/{inquiry.pk}/lines/", form, follow=True)
    return answer.content.decode()


def written(desk: Desk, name: str, inquiry: Inquiry, **typed: str) -> None:
    """Somebody changes the inquiry."""
    assert desk.client(name).post(f"/inquiries/{inquiry.pk}/change/", {**FACTS, **typed}).status_code == 302


def stands(inquiry: Inquiry) -> str:
    return str(lines_of(Inquiry.objects.get(pk=inquiry.pk)).standing.value)


def test_what_two_people_say_of_one_inquiry_is_kept_of_the_first_and_shown_to_the_second(desk: Desk) -> None:
    inquiry = taken(desk)
    address = f"/inquiries/{inquiry.pk}/outcome/"
    first = {"state": "privately", "said": "It sails on Monday."}
    for _press in range(2):
        assert desk.client("wenna").post(address, first).status_code == 302
    answer = desk.client("osk").post(address, {"state": "declined", "said": "We know nothing of it."})
    html = answer.content.decode()
    assert "Somebody else has closed it meanwhile" in html
    assert "We know nothing of it." in html
    assert [one.said for one in inquiry.outcomes.all()] == ["It sails on Monday."]
    assert state(inquiry) == "privately"


def test_lines_are_written_by_one_and_cleared_by_another_word_for_word(desk: Desk) -> None:
    inquiry = taken(desk)
    desk.user("wenna").groups.add(Group.objects.get(name=CLEARER))
    link = f'href="/inquiries/{inquiry.pk}/lines/"'
    assert link in desk.client("osk").get("/").content.decode()
    assert link not in desk.client("wenna").get("/").content.decode(), "she wrote them"
    assert "nobody may say them yet" in desk.client("pell").get(f"/inquiries/{inquiry.pk}/").content.decode()
    assert desk.client("pell").post(f"/inquiries/{inquiry.pk}/lines/", {"action": "clear"}).status_code == 404
    with pytest.raises(LinesRefused, match="a second person"):
        decide(inquiry.pk, digest_of(inquiry), True, "", desk.user("wenna"))
    assert "by Osk Dalebrandt, word for word" in decided(desk, "osk", inquiry)
    assert stands(inquiry) == "cleared"
    assert link not in desk.client("osk").get("/").content.decode()


@pytest.mark.parametrize("typed", [{"lines": "It runs from Tuesday."}, {"question": "Does it run at all?"}])
def test_lines_of_which_a_word_changes_are_cleared_no_more_whoever_changed_it(
    desk: Desk, typed: dict[str, str]
) -> None:
    inquiry = taken(desk)
    decided(desk, "osk", inquiry)
    desk.now.tick()
    written(desk, "osk", inquiry, **typed)
    assert stands(inquiry) == "stale"
    assert not read_lines(desk, "osk", inquiry), "who changed them is no second person"
    html = desk.client("pell").get(f"/inquiries/{inquiry.pk}/lines/").content.decode()
    assert "<del>Monday" in html or "its language, is another" in html
    written(desk, "osk", inquiry)
    assert stands(inquiry) == "cleared", "these very words were cleared"


def test_a_change_of_what_nobody_says_leaves_the_lines_cleared(desk: Desk) -> None:
    inquiry = taken(desk)
    decided(desk, "osk", inquiry)
    written(desk, "osk", inquiry, notes="She rings again at noon.", telephone="+33 1 11 11 11 11")
    assert stands(inquiry) == "cleared"


def test_lines_that_changed_while_somebody_read_them_are_not_cleared(desk: Desk) -> None:
    inquiry = taken(desk)
    read = read_lines(desk, "osk", inquiry)
    written(desk, "wenna", inquiry, lines="It never runs again.")
    assert "Read them again" in decided(desk, "osk", inquiry, read=read)
    assert stands(inquiry) == "waiting"


def test_lines_are_returned_with_a_remark_that_their_writer_finds_on_the_desk(desk: Desk) -> None:
    inquiry = taken(desk)
    assert "what to mend" in decided(desk, "osk", inquiry, action="return")
    decided(desk, "osk", inquiry, action="return", remark="Say which Monday.")
    html = desk.client("wenna").get("/").content.decode()
    assert "Lines returned to me" in html
    assert "Say which Monday." in html
    written(desk, "wenna", inquiry, lines="It runs from Monday, 8 March.")
    assert stands(inquiry) == "waiting"
    assert "Say which Monday." in desk.client("osk").get(f"/inquiries/{inquiry.pk}/").content.decode(), "it is history"


def test_who_clears_lines_has_just_proved_the_second_factor(desk: Desk) -> None:
    inquiry = taken(desk)
    client = desk.client("osk")
    desk.now.tick(minutes=40)
    answer = client.post(f"/inquiries/{inquiry.pk}/lines/", {"read": digest_of(inquiry), "action": "clear"})
    assert answer.url.startswith("/accounts/2fa/reauthenticate/?next=")
    assert stands(inquiry) == "waiting"


def test_a_private_answer_says_which_cleared_lines_were_said(desk: Desk) -> None:
    inquiry = taken(desk)
    path = f"/inquiries/{inquiry.pk}/"
    assert "are not cleared: what was said is kept without them" in desk.client("pell").get(path).content.decode()
    decided(desk, "osk", inquiry)
    verdict = inquiry.verdicts.get()
    assert f'name="used" value="{verdict.pk}" checked' in desk.client("pell").get(path).content.decode()
    other = taken(desk)
    desk.client("pell").post(f"/inquiries/{other.pk}/outcome/", {"state": "privately", "used": str(verdict.pk)})
    assert state(other) == "open", "these are another inquiry's lines"
    written(desk, "wenna", inquiry, lines="It runs from Tuesday.")
    desk.client("pell").post(f"{path}outcome/", {"state": "privately", "used": str(verdict.pk)})
    outcome = inquiry.outcomes.get()
    assert outcome.used == verdict
    html = desk.client("pell").get(path).content.decode()
    assert "With the lines that Osk Dalebrandt cleared:" in html
    assert html.count("It runs from Monday.") == 2, "as cleared, and as said"


def test_nobody_says_of_an_inquiry_that_it_was_answered_publicly(desk: Desk) -> None:
    inquiry = taken(desk)
    desk.client("osk").post(f"/inquiries/{inquiry.pk}/outcome/", {"state": "publicly", "said": "It was."})
    assert state(inquiry) == "open"


def replied(desk: Desk, inquiry: Inquiry) -> MessagePage:
    roles = [
        {"name": {"en": "Consul"}, "since": "2020-01-01", "until": "2025-12-31"},
        {"name": {"en": "Ambassador"}, "since": "2026-01-01"},
    ]
    person = {"v": 1, "type": "furniture", "state": "current", "piece": "person", "order": 0, "address": "ferrand"}
    desk.installation.publisher.publish(
        [Draft(PERSON, "furniture", {**person, "name": {"en": "Ada Ferrand"}, "roles": roles})]
    )
    answer = desk.client("wenna").post(f"/inquiries/{inquiry.pk}/reply/", {"person": PERSON})
    page = MessagePage.objects.get()
    assert answer.url == f"/pages/{page.pk}/edit/"
    return page.get_latest_revision_as_object()


def test_one_step_makes_a_reply_with_the_question_and_the_lines(desk: Desk) -> None:
    page = replied(desk, taken(desk))
    assert page.kind == "media_reply"
    assert page.title == "When does the ferry run again?"
    assert page.words == {
        "speakers": [{"name": "Ada Ferrand", "role": "Ambassador", "person": PERSON}],
        "turns": [
            {
                "id": "t1",
                "kind": "question",
                "outlet": "Harbour Herald",
                "blocks": ["When does the ferry run again? The quay is full."],
            },
            {"id": "t2", "kind": "answer", "speaker": 0, "blocks": ["It runs from Monday.", "Tickets stay valid."]},
        ],
        "next": 3,
    }


def test_a_second_press_of_the_button_makes_no_second_reply(desk: Desk) -> None:
    inquiry = taken(desk)
    client = desk.client("wenna")
    first = client.post(f"/inquiries/{inquiry.pk}/reply/")
    assert client.post(f"/inquiries/{inquiry.pk}/reply/").url == first.url
    assert MessagePage.objects.count() == 1


def test_an_inquiry_is_answered_publicly_by_itself_once_its_reply_is_on_the_record(desk: Desk) -> None:
    inquiry = taken(desk)
    page = replied(desk, inquiry)
    page.section = SPEECHES
    page.save_revision(user=desk.user("wenna"))
    desk.submit(page)
    desk.clear(page)
    assert state(inquiry) == "open"
    desk.publish(page)
    assert state(inquiry) == "publicly"
    assert "Harbour Herald" in desk.public(desk.address_of(page))
    assert "jorun@herald.example" not in desk.public(desk.address_of(page))


def test_a_limited_inquiry_is_not_there_for_others_nor_is_its_reply(desk: Desk) -> None:
    inquiry = taken(desk)
    desk.client("wenna").post(f"/inquiries/{inquiry.pk}/limit/", {f"user-{desk.user('osk').pk}": "on"})
    desk.client("osk").post(f"/inquiries/{inquiry.pk}/reply/")
    page = MessagePage.objects.get()
    other = desk.client("pell")
    for path in ("", "change/", "limit/"):
        assert other.get(f"/inquiries/{inquiry.pk}/{path}").status_code == 404
    for path in ("outcome/", "reply/"):
        assert other.post(f"/inquiries/{inquiry.pk}/{path}").status_code == 404
    assert other.get(f"/messages/{page.pk}/").status_code == 404
    assert "Harbour Herald" not in other.get("/inquiries/").content.decode()
    assert "Inquiries (" not in other.get("/").content.decode()
    assert desk.client("ada").get("/inquiries/").status_code == 404
    assert desk.client("osk").get(f"/inquiries/{inquiry.pk}/").status_code == 200


def test_who_answers_is_told_once_and_reminded_once_with_no_word_of_it(desk: Desk) -> None:
    inquiry = taken(desk, answers=desk.user("osk").pk, time="15:00", lines="")
    remind_of_inquiries()
    assert [mail.subject for mail in Mail.objects.all()] == ["An inquiry for you"]
    desk.now.at += timedelta(hours=3, minutes=30)
    remind_of_inquiries()
    remind_of_inquiries()
    mails = list(Mail.objects.order_by("pk"))
    assert [mail.to for mail in mails] == ["osk@embassy.example"] * 2
    assert "4 March 2027 15:00:00 CET (14:00:00 UTC)" in mails[1].text
    for mail in mails:
        assert not any(word in mail.text + mail.subject for word in ("ferry", "Maske", "Herald"))
    desk.client("osk").post(f"/inquiries/{inquiry.pk}/outcome/", {"state": "declined", "said": "No."})


def test_who_was_told_an_hour_before_the_deadline_is_reminded_half_way_and_not_at_once(desk: Desk) -> None:
    taken(desk, answers=desk.user("osk").pk, time="11:00", lines="")
    remind_of_inquiries()
    desk.now.at += timedelta(minutes=29)
    remind_of_inquiries()
    assert [mail.subject for mail in Mail.objects.all()] == ["An inquiry for you"]
    desk.now.at += timedelta(minutes=2)
    remind_of_inquiries()
    assert Mail.objects.count() == 2


def asked_to_clear() -> list[str]:
    """Who was told that lines wait, oldest first."""
    return list(Mail.objects.filter(key__startswith="lines/").order_by("pk").values_list("to", flat=True))


def test_clearers_are_told_once_that_lines_wait_and_again_after_a_verdict_with_no_word_of_them(desk: Desk) -> None:
    inquiry = taken(desk, lines="", answers=desk.user("osk").pk)
    assert asked_to_clear() == []
    desk.user("wenna").groups.add(Group.objects.get(name=CLEARER))
    for lines in ("It runs from Monday.", "It runs from Tuesday."):
        written(desk, "wenna", inquiry, lines=lines)
    assert asked_to_clear() == ["osk@embassy.example"], "she wrote them; and it is one letter until they are read"
    mail = Mail.objects.get(key__startswith="lines/")
    assert f"/inquiries/{inquiry.pk}/lines/" in mail.text
    assert "4 March 2027 12:18:00 CET (11:18:00 UTC)" in mail.text
    assert not any(word in mail.text + mail.subject for word in ("ferry", "Maske", "Herald", "Tuesday"))
    decided(desk, "osk", inquiry, action="return", remark="Which Tuesday?")
    desk.now.tick()
    written(desk, "wenna", inquiry, lines="It runs from Tuesday, 9 March.")
    assert asked_to_clear() == ["osk@embassy.example"] * 2


def test_who_may_not_know_of_an_inquiry_is_not_told_that_its_lines_wait(desk: Desk) -> None:
    inquiry = taken(desk, lines="")
    inquiry.limited_to.add(desk.user("wenna"))
    written(desk, "wenna", inquiry)
    assert asked_to_clear() == []
    inquiry.limited_to.add(desk.user("osk"))
    desk.client("wenna").post(f"/inquiries/{inquiry.pk}/outcome/", {"state": "declined", "said": "No."})
    written(desk, "wenna", inquiry, lines="It runs.")
    assert asked_to_clear() == [], "nobody says them any more"


def test_an_answered_inquiry_reminds_nobody(desk: Desk) -> None:
    inquiry = taken(desk, answers=desk.user("wenna").pk, lines="")
    desk.client("wenna").post(f"/inquiries/{inquiry.pk}/outcome/", {"state": "privately", "said": "From Monday."})
    desk.now.at += timedelta(hours=1)
    remind_of_inquiries()
    assert not Mail.objects.exists()


def test_a_long_question_is_a_title_cut_between_words() -> None:
    title = proposed_title("What does the office " + "say of the ferry " * 20 + "?")
    assert len(title) <= 121
    assert (
        title.removesuffix("…").split()
        == ("What does the office " + "say of the ferry " * 20).split()[: len(title.split())]
    )
    assert proposed_title("متى تعود العبارة؟ الرصيف مزدحم.") == "متى تعود العبارة؟"
