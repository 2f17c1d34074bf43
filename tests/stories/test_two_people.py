"""The stories of two pairs of eyes: at a telephone, under embargo, taken back, and forced at night."""

from __future__ import annotations

from stories.conftest import Tell
from stories.desk_days import TEXT, begins, clears, moves, opens, publishes, schedules, soon, submits, titles
from stories.hand import Hand
from stories.telling import NARROW, Story

PHONE = {"viewport": NARROW, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def test_it_is_cleared_at_a_telephone(tell: Tell) -> None:
    title = "On the night train to the harbour"
    with tell("04-telephone", "written at a desk, cleared by a second person on a 390 px screen") as story:
        liv = story.colleague("Liv")
        begins(liv, "Statement")
        titles(liv, title)
        liv.clicks(liv.page.locator(TEXT))
        liv.writes("The night train stops at the harbour again from Monday.")
        submits(liv)
        story.counted("written")
        bram = story.colleague("Bram", **PHONE)
        clears(bram, title)
        wider = bram.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, f"the screen scrolls sideways by {wider} px"
        story.counted("and cleared")
        publishes(story.colleague("Hanna"), title)
        stranger = story.stranger("en/", **PHONE)
        stranger.clicks(stranger.page.get_by_role("link", name=title).first)
        stranger.sees("stops at the harbour again")
        stranger.looks("reads it at a telephone")


WORDS = {
    "English": (
        "The two harbours share one pilot",
        "From the first of March one pilot guides ships into both harbours.",
    ),
    "Français": ("Les deux ports partagent un pilote", "Dès le premier mars, un seul pilote guide les bateaux."),
    "العربية": ("الميناءان يتقاسمان مرشدًا واحدًا", "اعتبارًا من أول مارس يرشد السفنَ مرشدٌ واحد إلى الميناءين."),
}
SECTIONS = {"en": "releases", "fr": "communiques", "ar": "akhbar"}
RECIPIENTS = (("Petra Ombervane", "petra@tessmark.example"), ("Emile Castrevaux", "emile@tessmark.example"))


def writes_in_three_languages(liv: Hand) -> None:
    """A press release and its two translations, all submitted; each bears words of its own for its address."""
    begins(liv, "Press release")
    for number, (language, (title, words)) in enumerate(WORDS.items()):
        if number:
            liv.clicks(liv.page.locator("li", has_text=language).get_by_role("button", name="Begin"))
            liv.page.locator("words-editor[data-ready]").wait_for()
        titles(liv, title)
        liv.clicks(liv.page.locator(TEXT))
        liv.writes(words)
        liv.fills("Words of its address", "one-pilot")
        liv.looks(f"has written {number + 1}")
        submits(liv)


def gives_to(hanna: Hand, name: str, mail: str) -> str:
    """A link under embargo for one person; gives its address, as it is shown once."""
    hanna.fills("Name", name)
    hanna.fills("Mail address", mail)
    hanna.fills("Why it goes to this person (kept at the desk)", "for the evening news")
    hanna.clicks("Give the link")
    hanna.sees("The link, shown this once")
    return hanna.page.locator(".fresh-link input").input_value()


def opens_link(story: Story, name: str, address: str) -> None:
    """Somebody outside opens the link in a browser of his own and reads until when."""
    reader = story.hand(name.split()[0])
    reader.visit(address)
    reader.sees("under embargo")
    reader.sees(WORDS["English"][1])
    reader.looks("reads under embargo")


def test_a_release_in_three_languages_goes_out_after_its_embargo(tell: Tell) -> None:
    titles_written = [title for title, _words in WORDS.values()]
    with tell("06-embargo", "a release in three languages with two embargo recipients") as story:
        writes_in_three_languages(story.colleague("Liv"))
        bram = story.colleague("Bram")
        for title in titles_written:
            bram.clicks("Desk")
            clears(bram, title)
        hanna = story.colleague("Hanna")
        at = soon(900)
        schedules(hanna, at, titles_written[0])
        hanna.clicks("Move or cancel")
        hanna.clicks("Give it under embargo, log, lift, extend")
        links = [gives_to(hanna, name, mail) for name, mail in RECIPIENTS]
        hanna.looks("has given two links")
        for (name, _mail), link in zip(RECIPIENTS, links, strict=True):
            opens_link(story, name, link)
        at = soon(45)
        paths = [f"{tag}/{section}/{at:%Y/%m/%d}/one-pilot/" for tag, section in SECTIONS.items()]
        moves(hanna, at, "Release")
        while soon(0) < at:
            found = [story.status(path) for path in paths]
            assert found == [404] * 3 or soon(0) >= at, "nobody reads it before"
            hanna.page.wait_for_timeout(500)
        until_public(story, hanna, paths)
        stranger = story.stranger("en/")
        for language, (title, words) in WORDS.items():
            if language != "English":
                stranger.clicks(stranger.page.get_by_role("link", name=language, exact=True).first)
            else:
                stranger.clicks(stranger.page.get_by_role("link", name=title).first)
            stranger.sees(words)
            stranger.looks(f"reads it in {language}")


def until_public(story: Story, hanna: Hand, paths: list[str]) -> None:
    """Waits until the public host answers, for a minute at most."""
    for _ in range(60):
        if [story.status(path) for path in paths] == [200] * 3:
            return
        hanna.page.wait_for_timeout(1000)
    raise AssertionError([story.status(path) for path in paths])


def goes_through(bram: Hand, hanna: Hand, title: str) -> None:
    """Something submitted is cleared by one and made public by the other, at windows that are open already."""
    bram.clicks("Desk")
    clears(bram, title)
    hanna.clicks("Desk")
    publishes(hanna, title)


def test_a_message_is_withdrawn_and_returns(tell: Tell) -> None:
    title = "What a timetable is for: one year of the Averholm–Tessmark ferry"
    notice = "The speech named a ship that did not sail. We are looking into it."
    with tell("08-withdrawal", "a withdrawal, and the return from it") as story:
        dark = {"color_scheme": "dark"}
        liv = story.colleague("Liv", **dark)
        liv.clicks("The record")
        opens(liv, title)
        liv.clicks("Withdraw")
        liv.fills("Notice", notice)
        liv.looks("says why")
        liv.clicks("Submit the withdrawal")
        liv.sees("Submitted")
        bram, hanna = story.colleague("Bram", **dark), story.colleague("Hanna", **dark)
        goes_through(bram, hanna, title)
        stranger = story.stranger("en/", **dark)
        stranger.clicks(stranger.page.get_by_role("link", name=title).first)
        stranger.sees(notice)
        stranger.looks("reads that it is withdrawn")
        stranger.sees("A year ago today this ship left Averholm in the dark")
        liv.page.reload()
        liv.clicks("Return from withdrawal")
        liv.fills("Change note", "The ship did sail. The speech is as it was.")
        liv.looks("says why it returns")
        liv.clicks("Submit the return")
        goes_through(bram, hanna, title)
        stranger.page.reload()
        stranger.sees("The ship did sail.")
        assert not stranger.page.get_by_text(notice).count(), "it is current again"
        stranger.sees("A year ago today this ship left Averholm in the dark")
        stranger.looks("reads that it is current")


def test_what_was_forced_at_night_is_approved_in_the_morning(tell: Tell) -> None:
    title, reason = "On the storm over the Sound", "It is 23:40, the storm is here and nobody else answers."
    with tell("09-forced", "a force-publication at night, approved next morning") as story:
        hanna = story.colleague("Hanna", color_scheme="dark")
        begins(hanna, "Statement")
        titles(hanna, title)
        hanna.clicks(hanna.page.locator(TEXT))
        hanna.writes("No ferry sails before noon. Whoever waits on the quay finds soup and beds at the school.")
        hanna.clicks("More actions")
        hanna.clicks("To its screen")
        hanna.clicks("Publish without a second person")
        hanna.fills("Reason", reason)
        hanna.looks("says why")
        hanna.clicks("Go on without a second person")
        hanna.clicks("Publish now")
        hanna.sees("Live since")
        hanna.looks("sees the banner")
        story.counted("out")
        stranger = story.stranger("en/")
        stranger.clicks(stranger.page.get_by_role("link", name=title).first)
        stranger.sees("soup and beds")
        liv, bram = story.colleague("Liv"), story.colleague("Bram")
        for hand in (liv, bram, hanna):
            hand.clicks("Desk")
            hand.sees(reason, ".alarm")
            hand.looks("sees the banner")
        bram.clicks("Read it")
        bram.looks("reads it in the morning")
        bram.clicks("I have read it and approve")
        for hand in (bram, liv, hanna):
            hand.clicks("Desk")
            hand.sees("Nothing was published without a second person.")
            assert not hand.page.locator(".alarm").count()
        liv.looks("sees no banner any more")
        stranger.page.reload()
        stranger.sees("soup and beds")
        stranger.looks("reads it as before")
