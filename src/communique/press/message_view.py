"""A message's edition as plain values for the templates: head, facts, notes, exchanges, editions, record.

The order of things is the order in the file, and the order of the page that the message may come from: section, kind
and day; title; that it is withdrawn or recalled; facts; other notes about its state; the table of questions; the turns,
each with its number, role, questioner and outlet *before* its mark, so that a mark is followed at once by the words it
stands for; files; editions; the entry in the record.
Style sheets place the facts in the margin. Recordings stand above the turns; a turn with a time leads into the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from communique.edition.media import lost_files
from communique.edition.occasion import named_in
from communique.press.blocks import blocks_html, plain
from communique.press.check_view import record_path
from communique.press.files_view import downloads, pictures
from communique.press.furniture_view import alternate_links, file_path
from communique.press.markup import Html, html, isolated, joined, left_to_right, link, tag
from communique.press.office_view import Office
from communique.press.pairs import leads_beside
from communique.press.passages import number_of
from communique.press.quoting import quoting
from communique.press.recording_view import heard, recordings, signed
from communique.press.shown import Content, EditionLine, Row, Version
from communique.press.wording import Wording, autonym, in_language, language_name

SHORT_TITLE, LONG_TITLE = 60, 120
"""titles below and above are set larger and smaller"""
FIRST_OF_HAN = "\u2e80"
"""from here on signs are as wide as two letters"""
LONG_INTERVIEW = 6
"""questions: an interview of so many has a table of them even where none says what it is about"""
LONGEST_TOPIC = 80
"""characters of a question in that table"""
LEAST_STEM, LONGEST_ENDING = 3, 3
"""characters: a word of more may change its last in the plural, and grow by so many"""
RED, INK = "red", "ink"
TAKEN_BACK = frozenset({"withdrawn", "recalled"})
CHANGES = frozenset({"correct", "update"})
"""acts after which the text is another"""


@dataclass(frozen=True)
class Shown:
    """A message's edition with what stands around it; `path` is the message's, without a leading slash."""

    office: Office
    version: Version
    path: str
    siblings: Sequence[Row] = ()
    editions: Sequence[EditionLine] = ()
    section_path: str | None = None

    @property
    def content(self) -> Content:
        return self.version.content

    @property
    def translations(self) -> list[Row]:
        """The other language versions."""
        return [row for row in self.siblings if row.id != self.version.id]

    @property
    def edition_path(self) -> str:
        return f"{self.path}editions/{self.version.seq}/"


def message_path(version: Version) -> str:
    """The site path of a message, from its frozen address; of one whose address is gone, its tombstone's."""
    address = version.content.get("address")
    return f"{address}/" if address else f"erased/{version.index}/"


def message_view(shown: Shown) -> dict[str, Any]:
    """All of a message's page between strip and foot."""
    office, content = shown.office, shown.content
    wording = office.wording
    erased = wording.label("passage_erased")
    return {
        "head": head(shown),
        "facts": facts(shown),
        "taken_back": taken_back(shown),
        "notes": notes(shown),
        "exchanges": exchanges(shown),
        "blocks": blocks_html(content.get("blocks", ()), erased),
        "questions": questions(shown),
        "pictures": pictures(content, wording, shown.version.sizes),
        "recordings": recordings(content, wording, shown.version.sizes),
        "files": downloads(content, wording, shown.version.sizes),
        "editions": edition_lines(shown),
        "record": record_lines(shown),
        "quoting": quoting(office, shown.version, title_of(shown), shown.edition_path),
        "words": {
            key: wording.label(key)
            for key in (
                "latest",
                "in_this_interview",
                "editions",
                "record",
                "downloads",
                "recording",
                "playing_now",
                "pictures",
            )
        },
        "latest": f"/{wording.language.lower()}/latest/",
    }


def head(shown: Shown) -> dict[str, Any]:
    """That it is withdrawn or recalled; section, kind, day and title."""
    office, content = shown.office, shown.content
    piece = office.setting.furniture.by_id(content.get("section") or "")
    kind = content.get("kind")
    section = in_language(piece.content["name"], office.wording.language) if piece else None
    kind_word = office.wording.label(f"kind_{kind}") if kind else None
    standing = kind == "standing_page"  # it has no day: it says when it was last changed
    return {
        "taken_back": office.wording.label(f"state_{content['state']}") if content["state"] in TAKEN_BACK else None,
        "section": section,
        "section_target": f"/{shown.section_path}" if shown.section_path else None,
        "kind": None if standing or is_said_by(section, kind_word) else kind_word,
        "dated": not standing,
        "day": office.wording.list_day(shown.version.place_day),
        "iso": shown.version.place_day,
        "title": office.wording.unbroken_dates(title_of(shown)),
        "size": title_size(title_of(shown)),
    }


def is_said_by(section: str | None, kind: str | None) -> bool:
    """Whether a section's name says the kind already, as its plural does, word by word: "Communiqués de presse"."""
    words, named = (kind or "").casefold().split(), (section or "").casefold().split()
    if not words or len(words) != len(named):
        return False
    return all(
        many.startswith(one[:-1] if len(one) > LEAST_STEM else one) and len(many) <= len(one) + LONGEST_ENDING
        for one, many in zip(words, named, strict=True)
    )


def title_of(shown: Shown) -> str:
    """The title as printed; of an erased one, words that say so."""
    found = shown.content.get("title")
    if found:
        return str(found)
    wording = shown.office.wording
    return wording.text("erased_title", day=wording.day(shown.version.place_day))


def title_size(title: str) -> str:
    """How large a title is set: the shorter the larger."""
    breadth = len(title) + sum(sign >= FIRST_OF_HAN for sign in title)
    if breadth < SHORT_TITLE:
        return "short"
    return "long" if breadth > LONG_TITLE else "plain"


def facts(shown: Shown) -> list[dict[str, Any]]:
    """The list under the title: whose words, delivered, occasion, first published, last changed, text, languages,
    authentic text."""
    rows = [
        ("whose_words", _whose_words(shown)),
        ("signed" if shown.content.get("kind") == "joint_communique" else "delivered", _delivered(shown)),
        ("occasion", _named_way(shown, "occasion") or (shown.content.get("occasion") or {}).get("event")),
        ("parties", _parties(shown.content)),
        _published(shown),
        ("last_changed", _changed(shown)),
        ("text", _text_status(shown)),
        ("languages", _language_list(shown)),
        ("sign_language", _signed(shown)),
        ("authentic", _authentic(shown)),
    ]
    return [{"label": shown.office.wording.label(key), "words": words} for key, words in rows if words]


def taken_back(shown: Shown) -> list[dict[str, Any]]:
    """That a text is withdrawn or recalled, which is said before its facts, so that it is on the first screen."""
    found = state_note(shown) if shown.content["state"] in TAKEN_BACK else None
    return [found] if found else []


def notes(shown: Shown) -> list[dict[str, Any]]:
    """What else must be known before reading: state, translation, source, erasure. Each names itself in the margin."""
    found = [
        None if shown.content["state"] in TAKEN_BACK else state_note(shown),
        _correction_note(shown),
        _translation_note(shown),
        _import_note(shown),
        _erasure_note(shown),
    ]
    return [note for note in found if note]


def note(colour: str, name: str, *sentences: str) -> dict[str, Any]:
    """A notice: its name beside the text, its sentences in it, the first of them strong."""
    first, *rest = [sentence for sentence in sentences if sentence]
    return {"colour": colour, "name": name, "words": joined([tag("strong", first), *rest], " ")}


def exchanges(shown: Shown) -> list[list[dict[str, Any]]]:
    """The turns, a question with what follows it taken together."""
    groups: list[list[dict[str, Any]]] = []
    before = None
    for turn in turns_of(shown):
        if not groups or (turn["kind"] == "question" and before != "question"):
            groups.append([])
        groups[-1].append(turn)
        before = turn["kind"]
    return groups


def turns_of(shown: Shown) -> list[dict[str, Any]]:
    """All turns in order, a speaker's role where it is said first."""
    seen: set[int] = set()
    return [_turn(shown, turn, number, seen) for number, turn in enumerate(shown.content.get("turns", ()), 1)]


def questions(shown: Shown) -> dict[str, Any] | None:
    """The table of questions, where at least two say what they are about; of a long interview in which none does, by
    their first words."""
    wording, turns = shown.office.wording, shown.content.get("turns", ())
    items = [
        {"number": wording.figures(str(number_of(turn, place))), "target": f"#{turn['id']}", "topic": topic}
        for place, (turn, topic) in enumerate(zip(turns, topics(turns), strict=True), 1)
        if topic
    ]
    if len(items) < 2:
        return None
    return {"items": items, "summary": wording.counted("questions_here", len(items))}


def topics(turns: Sequence[Mapping[str, Any]]) -> list[str | None]:
    """What each turn is about, by its topic or, where no turn has one and questions are many, by a question's words."""
    said = [turn.get("topic") for turn in turns]
    asked = [turn["kind"] == "question" and _first_words(turn) for turn in turns]
    if any(said) or len([words for words in asked if words]) < LONG_INTERVIEW:
        return said
    return [words or None for words in asked]


def _first_words(turn: Mapping[str, Any]) -> str:
    """A question in one line, cut at a word."""
    words = " ".join(plain(turn["blocks"]).split())
    if len(words) <= LONGEST_TOPIC:
        return words
    return f"{words[:LONGEST_TOPIC].rsplit(' ', 1)[0]} …"


def edition_lines(shown: Shown) -> list[dict[str, Any]]:
    """All editions, newest first, where there are several."""
    wording = shown.office.wording
    if len(shown.editions) < 2:
        return []
    return [
        {
            "name": wording.text("edition", n=wording.number(line.seq)),
            "target": f"/{shown.path}editions/{line.seq}/",
            "chosen": line.seq == shown.version.seq,
            "what": wording.label(f"edition_{line.kind}"),
            "when": shown.office.instant(line.at)
            if _is_public(shown, line.seq)
            else wording.label("not_published_yet"),
            "note": line.note,
            "changes": f"/{shown.path}editions/{line.seq}/changes/" if line.seq > 1 else None,
            "what_changed": wording.label("what_changed"),
        }
        for line in sorted(shown.editions, key=lambda line: -line.seq)
    ]


def _is_public(shown: Shown, seq: int) -> bool:
    return seq < shown.version.seq or shown.version.published


def record_lines(shown: Shown) -> dict[str, Any]:
    """Entry, instant, address of the edition, first twelve signs of the leaf hash; of what is not public, that it is
    not."""
    office, version = shown.office, shown.version
    wording = office.wording
    leaf = version.leaf[:12]
    lines = {
        "none": None,
        "entry": wording.phrase("entry_line", n=wording.number(version.index), instant=office.instant(version.at)),
        "edition": wording.text("edition", n=wording.number(version.seq)),
        "edition_label": wording.label("this_edition"),
        "edition_target": f"/{shown.edition_path}",
        "address": left_to_right(f"{office.address.removeprefix('https://')}/{shown.edition_path}"),
        "check_label": wording.label("how_to_check"),
        "about": f"/{record_path(wording.language)}",
        "origin": office.setting.furniture.origin,
        "leaf": " ".join(leaf[start : start + 4] for start in range(0, len(leaf), 4)),
        "instant": office.instant(version.at),
        "entry_number": wording.text("entry", n=wording.number(version.index)),
    }
    return lines if version.published else {**lines, **_no_entry(wording)}


def _no_entry(wording: Wording) -> dict[str, str]:
    not_yet = wording.label("not_published_yet")
    return {"none": wording.label("no_entry_yet"), "instant": not_yet, "entry_number": not_yet, "leaf": ""}


def edition_notes(shown: Shown, newest: EditionLine) -> list[dict[str, Any]]:
    """The note at the head of an edition's own page: which it is, what followed, where the current text stands."""
    office, wording = shown.office, shown.office.wording
    number = wording.number(shown.version.seq)
    current = tag("a", wording.label("current_text"), href=f"/{shown.path}")
    first = wording.phrase("old_edition", n=number)
    if newest.seq > shown.version.seq:
        followed = wording.phrase("edition_followed", n=wording.number(newest.seq), instant=office.instant(newest.at))
        target = f"/{shown.path}editions/{newest.seq}/"
        following = tag("a", wording.text("edition", n=wording.number(newest.seq)), href=target)
        tail = joined([current, following], " · ")
        return [note(INK, wording.text("edition", n=number), first, followed, html(newest.note or ""), tail)]
    return [note(INK, wording.text("edition", n=number), first, wording.label("newest_edition"), current)]


def _whose_words(shown: Shown) -> Html | None:
    """Who speaks in a text without turns, in the role held on the day; the turns of a transcript say it themselves."""
    if "turns" in shown.content:
        return None
    speakers = [one for one in shown.content.get("speakers", ()) if one.get("name") or one.get("role")]
    return joined([_name_and_role(shown.office, one) for one in speakers], " · ") if speakers else None


def _name_and_role(office: Office, speaker: Mapping[str, Any]) -> Html:
    name, target = speaker.get("name"), office.setting.people_paths.get(speaker.get("person") or "")
    said = [tag("a", name, href=f"/{target}") if target and name else name, speaker.get("role")]
    return isolated(joined([words for words in said if words], office.wording.comma))


def _delivered(shown: Shown) -> Html | None:
    """When and where it was said."""
    wording, occasion = shown.office.wording, shown.content.get("occasion") or {}
    day = occasion.get("on") or shown.content.get("delivered")
    pieces: list[str] = []
    if day:
        pieces.append(wording.weekday_and_day(day))
    if occasion.get("time"):
        pieces.append(wording.hour(occasion["time"]))
    if occasion.get("place"):
        pieces.append(_named_way(shown, "place") or occasion["place"])
    return joined(pieces, wording.comma) if pieces else None


def _named_way(shown: Shown, sort: str) -> Html | None:
    """The words of a place or an occasion, which lead to all messages that have them."""
    found = named_in(shown.content, sort)
    if found is None:
        return None
    name, words = found
    return tag("a", words, href=f"/{shown.content['language'].lower()}/by/{sort}/{name}/")


def _parties(content: Content) -> Html | None:
    named = [isolated(name) for name in content.get("parties", ()) if name]
    return joined(named, " · ") if named else None


def _published(shown: Shown) -> tuple[str, Html | None]:
    """When it became public; of a standing page, when it was last changed; nothing of what was taken over."""
    standing = shown.content.get("kind") == "standing_page"
    key, at = ("last_changed", shown.version.at) if standing else ("first_published", shown.version.first_at)
    source = shown.content.get("source") or {}
    if source.get("on") and not standing:
        return key, joined([shown.office.wording.day(source["on"]), *_where(source)], shown.office.wording.comma)
    if shown.version.dated or shown.content.get("stub"):
        return key, None
    known = at != shown.version.at or shown.version.published
    return key, shown.office.instant(at) if known else html(shown.office.wording.label("not_published_yet"))


def _changed(shown: Shown) -> Html | None:
    """When the text was last corrected or updated; a standing page says so instead of when it became public."""
    changes = [one for one in shown.editions if one.kind in CHANGES and one.seq <= shown.version.seq]
    if not changes or shown.content.get("kind") == "standing_page":
        return None
    newest = max(changes, key=lambda line: line.seq)
    if not _is_public(shown, newest.seq):
        return html(shown.office.wording.label("not_published_yet"))
    return shown.office.instant(newest.at)


def _where(source: Mapping[str, Any]) -> list[Html]:
    """Where it was first public, if that was elsewhere: its name, which leads there, or its address."""
    name, address = source.get("name"), source.get("address")
    words = isolated(name) if name else left_to_right(_short_address(address)) if address else None
    return [link(words, address) if address else words] if words else []


def _text_status(shown: Shown) -> str | None:
    wording, content = shown.office.wording, shown.content
    status = content.get("status")
    where = "text_original" if content["language"] == content["original"] else "text_translation"
    if status is None:
        return None
    return f"{wording.label(f'status_{status}')}{wording.comma}{wording.label(where)}"


def _language_list(shown: Shown) -> Html | None:
    """This language and the others; the original is marked, but not where several are equally authentic."""
    wording, content = shown.office.wording, shown.content
    if not shown.translations:
        return None
    own = content["language"]
    original = content["original"] if len(content.get("authentic", ())) < 2 else None
    pieces = [_language_words(wording, autonym(own), own == original, content.get("translation"), chosen=True)]
    for row, found in zip(
        shown.translations,
        alternate_links(shown.office, {row.language: row.path for row in shown.translations}),
        strict=False,
    ):
        name = tag("a", found["name"], href=found["target"], hreflang=row.language, lang=row.language)
        words = _language_words(wording, name, row.language == original, row.translation)
        beside = leads_beside(shown.siblings, shown.version.id, row.id)
        pieces.append(joined([words, _beside(wording, beside)]) if beside else words)
    return joined([tag("span", piece, class_="language") for piece in pieces], " · ")


def _beside(wording: Wording, path: str) -> Html:
    """The way to both languages side by side, which paper does not show."""
    return tag("span", joined([wording.comma, tag("a", wording.label("beside"), href=f"/{path}")]), class_="screen")


def _signed(shown: Shown) -> Html | None:
    """The sign languages that are seen in its recordings."""
    names = [isolated(name) for name in signed(shown.content, shown.office.wording)]
    return joined(names, " · ") if names else None


def _authentic(shown: Shown) -> Html | None:
    """The languages whose text holds where two differ, where the message declares them."""
    wording = shown.office.wording
    names = [isolated(language_name(tag, wording.language)) for tag in shown.content.get("authentic", ())]
    return joined(names, " · ") if names else None


def _language_words(wording: Any, name: str, original: bool, translation: str | None, chosen: bool = False) -> Html:
    words = tag("strong", name) if chosen else isolated(name)
    if original:
        return joined([words, f"({wording.label('original')})"], " ")
    if translation == "unofficial":
        return joined([words, wording.label("unofficial")], " ")
    return words


def state_note(shown: Shown, links: bool = True) -> dict[str, Any] | None:
    """Withdrawn, recalled, corrected, updated, returned: what happened to this edition, in words.

    `links` lead to the edition before and to what changed.
    """
    office, version, content = shown.office, shown.version, shown.content
    wording = office.wording
    instant = office.instant(_taken_back_at(shown))
    notice = content.get("notice") or ""
    if content["state"] == "withdrawn":
        sentence = wording.phrase("withdrawn_at", instant=instant)
        return note(RED, wording.label("state_withdrawn"), sentence, notice, wording.label("text_stays"))
    if content["state"] == "recalled":
        sentence = wording.phrase("recalled_at", instant=instant)
        warning = wording.label("recalled_warning")
        return note(RED, wording.label("state_recalled"), sentence, warning, notice)
    kinds = {"correct": "corrected", "update": "updated", "return": "returned", "republish": "republished"}
    if version.kind not in kinds:
        return None
    word = kinds[version.kind]
    sentence = wording.phrase(f"{word}_at", instant=instant)
    if not version.published:
        sentence = html(wording.label("not_published_yet"))
    before = _edition_before(shown, version.seq) if links else ""
    name = wording.text("edition", n=wording.number(version.seq))
    colour = RED if version.kind == "correct" else INK
    return note(colour, name, sentence, content.get("note") or notice, before)


def _taken_back_at(shown: Shown) -> str:
    """When an edition came to be as it says: an erasure leaves a withdrawal or a recall what it was, and of its day."""
    version, done_by = shown.version, {"withdrawn": "withdraw", "recalled": "recall"}.get(shown.content["state"])
    if version.kind != "erase" or done_by is None:
        return version.at
    return max(
        (line.at for line in shown.editions if line.kind == done_by and line.seq < version.seq), default=version.at
    )


def _correction_note(shown: Shown) -> dict[str, Any] | None:
    """The newest correction before this edition, so that a later update does not hide it."""
    office, wording = shown.office, shown.office.wording
    before = [line for line in shown.editions if line.kind == "correct" and line.seq < shown.version.seq]
    if shown.version.kind == "correct" or not before:
        return None
    newest = max(before, key=lambda line: line.seq)
    name = wording.text("edition", n=wording.number(newest.seq))
    sentence = wording.phrase("corrected_at", instant=office.instant(newest.at))
    return note(RED, name, sentence, html(newest.note or ""), _edition_before(shown, newest.seq))


def _edition_before(shown: Shown, seq: int) -> str:
    """Links to the edition before an edition, the text as it stood until then, and to what the edition changed; on
    paper, where nobody follows them, they are not there."""
    wording = shown.office.wording
    if seq < 2:
        return ""
    words = wording.text("edition", n=wording.number(seq - 1))
    changes = tag("a", wording.label("what_changed"), href=f"/{shown.path}editions/{seq}/changes/")
    links = joined([tag("a", words, href=f"/{shown.path}editions/{seq - 1}/"), changes], " · ")
    return tag("span", links, class_="screen")


def _translation_note(shown: Shown) -> dict[str, Any] | None:
    """A translation that is unofficial, or older than what was corrected in its original or added to it, says so and
    points to the original."""
    wording, content = shown.office.wording, shown.content
    if content["language"] == content["original"]:
        return None
    original = next((row for row in shown.translations if row.language == content["original"]), None)
    changes = (
        {"translation_behind": original.corrected_at, "translation_older": original.updated_at} if original else {}
    )
    since = [(key, at) for key, at in changes.items() if at and at > shown.version.at]
    behind = wording.phrase(since[0][0], instant=shown.office.instant(since[0][1])) if since else ""
    target = tag("a", wording.label("the_original"), href=f"/{original.path}") if original else ""
    if content.get("translation") != "unofficial":
        return note(INK, wording.label("state_translation"), behind, target) if behind else None
    authentic = [tag for tag in content.get("authentic", (content["original"],)) if tag != content["language"]]
    names = [isolated(language_name(language, wording.language)) for language in authentic]
    sentence = wording.phrase("translation_authentic", language=joined(names, " · ")) if names else ""
    name, unofficial = wording.label("state_translation"), wording.label("translation_unofficial")
    return note(INK, name, unofficial, sentence, behind, target)


def _import_note(shown: Shown) -> dict[str, Any] | None:
    """A message taken over from another site names its source, when it was captured, and what the entry shows; one
    that was public before says since when it is here, and who says so of the day."""
    office, version, content = shown.office, shown.version, shown.content
    wording = office.wording
    source = content.get("source")
    if source is None and version.dated is None:
        return None
    if source and source.get("on"):
        name = wording.label("first_elsewhere" if _where(source) else "first_earlier")
        since = wording.phrase("on_record_since", instant=office.instant(version.first_at))
        return note(INK, name, since, wording.label("stated_day"))
    sentences = [
        _captured(shown, source or {}),
        _original(wording, source or {}),
        wording.label("stub_note") if content.get("stub") else "",
        wording.phrase("imported_proof", n=wording.number(version.index)) if version.dated else "",
    ]
    return note(INK, wording.label("state_imported"), wording.label("imported_head"), *sentences)


def _original(wording: Wording, source: Mapping[str, Any]) -> str:
    """The bytes of which it was made, where the office has them public and the law has left them."""
    if not source.get("file"):
        return ""
    return link(wording.label("imported_original"), file_path(source["file"], source["media"]))


def _captured(shown: Shown, source: Mapping[str, Any]) -> str:
    wording = shown.office.wording
    address, captured = source.get("address"), source.get("captured")
    place = link(left_to_right(_short_address(address)), address) if address else None
    when = _capture_time(shown, captured) if captured else None
    if when and place:
        return wording.phrase("imported_from", captured=when, source=place)
    if when:
        return wording.phrase("imported_captured", captured=when)
    return wording.phrase("imported_only_from", source=place) if place else ""


def _capture_time(shown: Shown, captured: str) -> str:
    """The instant in UTC, or the day, or the words as they are."""
    wording = shown.office.wording
    try:
        if len(captured) == 10:
            return wording.day(captured)
        return wording.instant(captured, "Etc/UTC", "UTC")
    except ValueError:
        return captured


def _short_address(address: str) -> str:
    return address.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def _erasure_note(shown: Shown) -> dict[str, Any] | None:
    """What this edition erased; what a later one took of its files, for words say it where they stood."""
    content, wording = shown.content, shown.office.wording
    lost, said = lost_files(content), list[str]()
    if content.get("erased"):
        said += [wording.phrase("erased_partly", instant=shown.office.instant(shown.version.at))]
        said += [content.get("ground") or ""]
    if lost:
        said.append(wording.text("erased_files", n=wording.number(lost)))
    return note(INK, wording.label("state_erased"), *said) if said else None


def _turn(shown: Shown, turn: Mapping[str, Any], place: int, seen: set[int]) -> dict[str, Any]:
    """One turn. `seen` holds the speakers whose role has been printed."""
    wording, content = shown.office.wording, shown.content
    speaker = speaker_of(content, turn)
    name, person = (speaker.get("name"), speaker.get("person")) if speaker else (None, None)
    mark, kind = turn.get("mark"), turn["kind"]
    held = speaker.get("role") if speaker else None
    role = None
    if speaker is not None and turn["speaker"] not in seen:
        seen.add(turn["speaker"])
        role = held
    number = number_of(turn, place)
    heading = mark or (wording.label(kind) if kind == "question" else name) or ""
    if not heading and kind == "note":
        heading = wording.label("note")
    corrected = shown.version.kind == "correct" and turn["id"] in content.get("corrects", ())
    target = shown.office.setting.people_paths.get(person or "")
    known = name or turn.get("questioner") or (heading if kind != "note" else None)
    return {
        "id": turn["id"],
        "kind": kind,
        "digits": str(number),
        "number": wording.figures(str(number)),
        "number_label": wording.text("turn_number", n=wording.figures(str(number))),
        "heading": heading,
        "target": f"/{target}" if target and heading == name else None,
        "who": _who(turn, name, heading, wording.comma),
        "role": role,
        "speaker": known,
        "held": held or (turn.get("outlet") if turn.get("outlet") != known else None),
        "corrected": (wording.text("corrected_in", n=wording.number(shown.version.seq)) if corrected else None),
        "heard": heard(content, turn, wording),
        "words": blocks_html(turn["blocks"], wording.label("passage_erased")),
    }


def _who(turn: Mapping[str, Any], name: str | None, heading: str, comma: str) -> str | None:
    """Questioner and outlet, or the speaker whose name the mark does not say."""
    known = [turn.get("questioner"), turn.get("outlet")]
    words = [word for word in known if word and word != heading]
    if not words and name and name != heading:
        words = [name]
    return comma.join(words) or None


def speaker_of(content: Content, turn: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who speaks in a turn, as the edition has it."""
    speakers = content.get("speakers", ())
    index = turn.get("speaker")
    return speakers[index] if index is not None and index < len(speakers) else None
