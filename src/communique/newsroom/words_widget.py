"""The form field of a message's words: a textarea of JSON that the words editor turns into turns or plain text.

    <words-editor data-given="id_words-given"><textarea name="words">…</textarea></words-editor>
    <script type="application/json" id="id_words-given">…</script>

What the editor needs to know besides the value is set on the widget before the form is rendered:

    form.fields["words"].widget.given = Given(language="ar", people=[…], day=date(2026, 3, 4), states={"t7": "stale"})

Nothing here runs in the page but files of ours: the second element is data, which a content security policy lets pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.forms import Media, Script, Textarea
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communique.edition.language import direction

FILES = "newsroom/words"


@dataclass(frozen=True)
class Beside:
    """A second value, for reading: the original beside its translation."""

    value: Mapping[str, Any]
    language: str


@dataclass(frozen=True)
class Given:
    """What the server knows of one message and its words."""

    language: str = ""
    form: str = "turns"
    """what an empty value becomes: turns or blocks"""
    people: Sequence[Mapping[str, Any]] = ()
    """known persons: {"id", "name", "roles": [{"name", "since", "until"}]}, days as ISO"""
    day: date | None = None
    """of the occasion: the role held on it is proposed"""
    states: Mapping[str, str] = field(default_factory=dict)
    """turn id -> stale, open, read or corrected, said in words at the turn; "speakers" likewise, at their list,
    "blocks" at a text without turns"""
    follows: Mapping[str, str] = field(default_factory=dict)
    """of what is stale the hash of the original as it stands beside it: what the form says when it follows again"""
    counts: Mapping[str, int] = field(default_factory=dict)
    """turn id -> its comments"""
    remarks: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    """turn id ("blocks" for a text without turns, "" for the whole) -> what clearers and people outside say of it"""
    public: Sequence[str] = ()
    """ids of turns that the record has: readers know them by their address"""
    beside: Beside | None = None

    def as_json(self) -> dict[str, Any]:
        """For the page."""
        return {
            "strings": strings(),
            "people": list(self.people),
            "day": self.day.isoformat() if self.day else None,
            "states": dict(self.states),
            "follows": dict(self.follows),
            "counts": dict(self.counts),
            "remarks": {turn: list(said) for turn, said in self.remarks.items()},
            "public": list(self.public),
            "beside": self.beside and {"value": dict(self.beside.value), **_language(self.beside.language)},
            "form": self.form,
            **_language(self.language),
        }


class WordsWidget(Textarea):
    """The textarea inside its editor. Without script it is the JSON itself, which can be read and mended."""

    def __init__(self, attrs: Mapping[str, Any] | None = None, given: Given | None = None) -> None:
        super().__init__({"spellcheck": "false", **(attrs or {})})
        self.given = given or Given()

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: a hidden field that the browser refuses cannot be mended."""
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The textarea, its editor and what the editor needs to know."""
        given = f"{(attrs or {}).get('id') or name}-given"
        textarea = super().render(name, value, attrs, renderer)
        data = json_script(self.given.as_json(), given)
        return format_html('<words-editor data-given="{}">{}</words-editor>{}', given, textarea, data)

    @property
    def media(self) -> Media:
        """The editor's style sheet and its one module, which names the others."""
        return Media(css={"all": [f"{FILES}/words.css"]}, js=[Script(f"{FILES}/editor.js", type="module")])


def _language(tag: str) -> dict[str, str]:
    if not tag:
        return {"lang": "", "dir": "auto"}
    return {"lang": tag, "dir": direction(tag)}


def strings() -> dict[str, str]:
    """Everything the editor says, in the reader's language. Slots in braces stay as they are."""
    return {**_turns(), **_people(), **_text(), **_keys(), **_sentences()}


def _turns() -> dict[str, str]:
    return {
        "question": _("Question"),
        "answer": _("Answer"),
        "remark": _("Remark"),
        "note": _("Note"),
        "text": _("Text"),
        "plain": _("Text"),
        "turn": _("turn {n}"),
        "turn_title": _("Turn {n}"),
        "turn_label": _("Turn {n}, {kind}: {who}"),
        "turns": _("{n} turns"),
        "turns_one": _("{n} turn"),
        "words": _("{n} words"),
        "words_one": _("{n} word"),
        "words_and_questions": _("{words}, {questions}"),
        "questions": _("{n} questions"),
        "questions_one": _("{n} question"),
        "to_mend": _("To mend"),
        "no_words": _("without words"),
        "says_nobody": _("nobody says it"),
        "mark_not_understood": _("mark not understood"),
        "printed": _("printed: {mark}"),
        "about": _("about: {topic}"),
        "state_stale": _("the original has changed"),
        "follows_again": _("It follows again"),
        "follows_again_label": _("{what}: it follows again"),
        "followed": _("Kept: it follows the original."),
        "state_open": _("open"),
        "state_read": _("read"),
        "state_corrected": _("corrected"),
        "comment": _("comment"),
        "comments": _("{n} comments"),
        "comment_one": _("{n} comment"),
        "comment_label": _("Turn {n}: {text}"),
        "state_order": _("in order"),
        "of_whole": _("Said of the whole"),
        "from_outside": _("from outside"),
        "reads_otherwise": _("reads otherwise now"),
        "look_again": _("to be looked at again"),
        "dealt_with": _("Dealt with"),
        "dealt_with_label": _("{what}: dealt with"),
        "dealt": _("Kept: it is dealt with."),
        "not_dealt": _("The desk did not answer. Nothing is lost: try it again."),
        "marked_mend": _("To be mended"),
        "beside_none": _("The original has no such turn."),
        "lacking": _("Turn {n} of the original is not here."),
        "begin": _("Begin it here"),
        "as_plain": _("As plain text"),
        "as_turns": _("As turns"),
        "make_turns": _("Make turns"),
        "leave_text": _("Leave it as text"),
        "marks_found": _("Speakers are marked in this text: it would be {n} turns."),
        "not_fitting": _(
            "The pasted text would be {n} turns, which do not follow one another as the {m} here: it stands where the "
            "cursor was. Undo takes it back; then paste it turn by turn."
        ),
    }


def _people() -> dict[str, str]:
    return {
        "palette": _("Speakers and counts"),
        "speakers": _("Speakers"),
        "silent": _("in the list, says nothing"),
        "whose_words": _("Whose words"),
        "speaker_add": _("Add a speaker"),
        "speaker_change": _("Change a speaker"),
        "speaker_remove": _("Take out of the list"),
        "speaker_move": _("Move in the list"),
        "speaker_first": _("change the first speaker"),
        "speaker_name": _("Name as printed"),
        "speaker_role": _("Role on the day"),
        "speaker_person": _("Registered person"),
        "speaker_unregistered": _("not registered"),
        "change": _("change"),
        "change_label": _("Change {name}"),
        "unknown": _("unknown questioner"),
        "nobody": _("nobody"),
        "fact_kind": _("Kind"),
        "fact_speaker": _("Speaker"),
        "fact_questioner": _("Questioner"),
        "fact_outlet": _("Outlet"),
        "fact_topic": _("What it is about"),
        "fact_mark": _("Mark as printed"),
        "facts": _("facts"),
        "marks_open": _("Who are these {n} marks?"),
        "marks_one": _("Who is this mark?"),
        "marks_title": _("Who are these {n} marks?"),
        "marks_help": _("Each mark of the text, as printed, with the one who speaks under it."),
        "mark_leave": _("leave as it is"),
        "mark_questioner": _("the questioner"),
        "mark_new": _("new speaker: {name}"),
        "times": _("× {n}"),
        "take": _("Take over"),
        "apply": _("Apply to all turns"),
        "cancel": _("Cancel"),
    }


def _text() -> dict[str, str]:
    return {
        "hint_turns": _("Write, or paste a text: where speakers are marked in it, it becomes turns."),
        "hint_text": _("Write or paste the text."),
        "toolbar": _("Paragraphs and marks"),
        "paragraph": _("Paragraph"),
        "heading": _("Heading"),
        "list": _("List"),
        "numbers": _("Numbered list"),
        "quotation": _("Quotation"),
        "table": _("Table"),
        "strong": _("Strong"),
        "emphasis": _("Emphasis"),
        "superscript": _("Superscript"),
        "subscript": _("Subscript"),
        "link": _("Link"),
        "link_address": _("Address"),
        "lang": _("Other language"),
        "lang_of": _("The language of these words"),
        "lang_help": _(
            "Its name, or its tag such as fr. Programs that read aloud change their voice for it. Empty: none."
        ),
        "row_add": _("Add a row"),
        "column_add": _("Add a column"),
        "row_remove": _("Remove the row"),
        "column_remove": _("Remove the column"),
        "header": _("First row is a head"),
        "table_remove": _("Remove the table"),
    }


def _keys() -> dict[str, str]:
    return {
        "keys": _("Keys"),
        "mode_typing": _("Typing"),
        "mode_keys": _("Turn keys"),
        "turn_keys": _("turn keys"),
        "turn_keys_label": _("Turn keys: letters act on the turn, Enter goes back to typing"),
        "plain_keys_label": _("Keys: + adds a speaker, 1 to 9 change one, Enter goes back to typing"),
        "type": _("type"),
        "split": _("split here"),
        "merge_up": _("merge up"),
        "merge_up_start": _("merge up, at the beginning of a turn"),
        "merge_down": _("merge down"),
        "move": _("move the turn"),
        "move_up": _("move up"),
        "move_down": _("move down"),
        "go": _("go to another turn"),
        "go_word": _("go by words"),
        "before": _("turn before"),
        "after": _("turn after"),
        "palette_key": _("speaker of the palette"),
        "remove": _("remove"),
        "undo": _("undo"),
        "redo": _("redo"),
        "line": _("new line in a paragraph"),
        "deeper": _("next cell; list item deeper"),
        "all_keys": _("all keys"),
        "key_Ctrl": _("Ctrl"),
        "key_Alt": _("Alt"),
        "key_Shift": _("Shift"),
        "key_Esc": _("Esc"),
        "key_Enter": _("Enter"),
        "key_Del": _("Del"),
        "key_Tab": _("Tab"),
    }


def _sentences() -> dict[str, str]:
    return {
        "not_possible": _("That cannot be done here."),
        "not_split": _("Nothing stands before the cursor in this turn: put it where the second half begins."),
        "not_mergeUp": _("No turn stands before this one."),
        "not_mergeDown": _("No turn follows this one."),
        "merge_up_hint": _("Here a turn begins. Ctrl and Backspace merge it into the turn before."),
        "merge_down_hint": _("Here the turn ends. After Esc, Shift and M merge the next turn into it."),
        "is_plain": _("This is plain text. Choose “As turns” to use the turn keys."),
        "no_such_speaker": _("Nobody has this key yet: + adds a speaker."),
        "plain_many": _("There are several turns: as plain text their borders would be lost. Merge them first."),
        "plain_kind": _("The turn is a question, an answer or a note: make it a remark first."),
        "plain_public": _("Readers know this turn by its address, which a plain text does not have."),
        "plain_facts": _("Speaker, mark or topic would be lost: take them out first."),
        "link_select": _("Select the words that are to lead somewhere."),
        "lang_select": _("Select the words that are in another language."),
        "lang_fault": _("No language is called “{name}”. Write its tag, such as fr or zh-Hans."),
        "link_fault": _("A link begins with https://, mailto: or tel:, or is a path of this site as /en/press."),
    }
