"""Words of another language inside a text: marked by a button or a key, kept from a paste where they are foreign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from communique.newsroom.words import WordsError, checked
from communique.newsroom.words_widget import Given
from newsroom.words_page import Desk, Editor
from newsroom.words_page import desk as running_desk

TEXT = "It was a coup de grâce, he said."
RUN = [9, 22]


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with running_desk() as running:
        yield running


def plain(editor: Editor) -> Any:
    return editor.value["blocks"]


def chosen(editor: Editor) -> None:
    """The French words of the text are selected."""
    editor.page.locator(".words-text p").first.click()
    editor.keys("Home", *["ArrowRight"] * RUN[0], *["Shift+ArrowRight"] * (RUN[1] - RUN[0]))


def test_words_are_marked_by_the_name_of_their_language_or_its_tag_and_unmarked(desk: Desk) -> None:
    marked = [{"kind": "paragraph", "text": TEXT, "marks": [[*RUN, "lang", "fr"]]}]
    with desk.edited({"blocks": [TEXT], "next": 1}, Given(language="en", form="blocks")) as editor:
        chosen(editor)
        editor.page.get_by_role("button", name="Other language").click()
        editor.type("french")
        editor.keys("Enter")
        assert plain(editor) == marked
        words = editor.page.locator(".words-text span[lang]")
        assert (words.inner_text(), words.get_attribute("lang"), words.get_attribute("dir")) == (
            "coup de grâce",
            "fr",
            "ltr",
        )
        words.click()
        editor.keys("Control+Alt+l")
        field = editor.page.locator("dialog input")
        assert field.input_value() == "French", "the cursor in the words is enough"
        field.fill("Klingonish")
        editor.keys("Enter")
        assert "No language is called “Klingonish”" in editor.page.locator("dialog .words-fault").inner_text()
        assert field.input_value() == "Klingonish"
        field.fill("zh-hant")
        editor.keys("Enter")
        assert plain(editor)[0]["marks"] == [[*RUN, "lang", "zh-Hant"]]
        words.click()
        editor.keys("Control+Alt+l")
        field.fill("")
        editor.keys("Enter")
        assert plain(editor) == [TEXT]
        editor.keys("Control+z", "Control+z")
        assert plain(editor) == marked


def test_without_selected_words_the_editor_says_what_to_select(desk: Desk) -> None:
    with desk.edited({"blocks": [TEXT], "next": 1}, Given(language="en", form="blocks")) as editor:
        editor.page.locator(".words-text p").first.click()
        editor.keys("Control+Alt+l")
        assert "Select the words that are in another language" in editor.status


def test_other_marks_and_the_other_direction_stand_beside_it(desk: Desk) -> None:
    value = [
        {
            "kind": "paragraph",
            "text": "He said 🚢 شكرًا and left.",
            "marks": [[10, 16, "lang", "ar"], [10, 20, "strong"]],
        }
    ]
    with desk.edited({"blocks": value, "next": 1}, Given(language="en", form="blocks")) as editor:
        assert editor.page.locator(".words-text span[lang]").get_attribute("dir") == "rtl"
        editor.page.locator(".words-text p").first.click()
        editor.keys("End")
        editor.type("!")
        assert plain(editor)[0]["marks"] == value[0]["marks"]


@pytest.mark.parametrize(
    ("clipboard", "marks"),
    [
        ("<p>It was a <span lang='FR'>coup de grâce</span>, he said.</p>", [[*RUN, "lang", "fr"]]),
        (
            "<p>It was a <i lang='fr-CH'>coup</i> de grâce, he said.</p>",
            [[9, 13, "emphasis"], [9, 13, "lang", "fr-CH"]],
        ),
        ("<p lang=EN-GB>It was a <span lang=EN-US>coup de grâce</span>, he said.</p>", None),
        ("<p lang='fr'><span lang='fr'>It was a coup de grâce, he said.</span></p>", None),
        ("<p>It was a <span lang='x-none'>coup</span> de grâce, he said.</p>", None),
        ("<p>It was a <span lang='DE'>coup de grâce, he said.</span></p>", None),
    ],
    ids=["word", "web", "its own language", "a whole paragraph", "no language", "most of what is pasted"],
)
def test_a_paste_keeps_the_language_of_foreign_runs_and_of_nothing_else(
    desk: Desk, clipboard: str, marks: list[Any] | None
) -> None:
    with desk.edited({"blocks": [], "next": 1}, Given(language="en-GB", form="blocks")) as editor:
        editor.paste(clipboard)
        assert plain(editor) == [{"kind": "paragraph", "text": TEXT, "marks": marks} if marks else TEXT]


def test_what_was_copied_here_is_pasted_with_its_language(desk: Desk) -> None:
    value = [{"kind": "paragraph", "text": TEXT, "marks": [[*RUN, "lang", "fr"]]}]
    with desk.edited({"blocks": value, "next": 1}, Given(language="en", form="blocks")) as editor:
        html = editor.page.evaluate("document.querySelector('.words-text p').outerHTML")
        editor.page.locator(".words-text p").first.click()
        editor.keys("Control+a", "Delete")
        editor.paste(html)
        assert plain(editor) == value


def test_the_server_keeps_one_language_for_each_word_and_refuses_what_is_none() -> None:
    block = {
        "kind": "paragraph",
        "text": TEXT,
        "marks": [[9, 13, "lang", "fr"], [13, 22, "lang", "fr"], [11, 30, "lang", "de"]],
    }
    assert checked({"blocks": [block], "next": 1})["blocks"][0]["marks"] == [
        [*RUN, "lang", "fr"],
        [22, 30, "lang", "de"],
    ]
    for wrong in ("French!", "x-easy"):
        with pytest.raises(WordsError, match="is no language tag; write it as en, fr or zh-Hans"):
            checked({"blocks": [{**block, "marks": [[9, 13, "lang", wrong]]}], "next": 1})
    with pytest.raises(WordsError, match="of no known kind"):
        checked({"blocks": [{**block, "marks": [[9, 13, "lang"]]}], "next": 1})
