"""Random histories of an invented office: messages published, corrected, withdrawn, returned, removed and erased.

The same seed gives the same history. Each step is a release for `Office.publish`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from communique.edition import Edition, parse_edition
from communique.record.reader_folder import FolderReader
from communique.record.release import Draft
from offices import Office, id_of, message, piece

LANGUAGES = ("en", "fr", "ar")
WORDS = ["ferry", "harbour", "library", "timetable", "lantern", "archive", "pilot", "island", "quay", "tide"]


@dataclass
class History:
    """What stands so far: id -> its newest content, and which editions have which words."""

    office: Office
    seed: int
    standing: dict[str, dict[str, Any]] = field(default_factory=dict)
    bodies: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def resume(self) -> None:
        """Take up what an earlier process left on the record."""
        reader = FolderReader(self.office.record)
        for entry in reader.entries(0, reader.size()):
            edition = reader.edition(entry)
            if edition.manifest["type"] == "message":
                self.bodies.setdefault(entry.id, []).append(entry.body)
                self.standing[entry.id] = edition.content

    def play(self, messages: int) -> Iterator[str]:
        """Publish this many messages with everything that happens to them in between; yields each step's name."""
        number = 0
        while number < messages:
            chosen = self.random.random()
            if chosen < 0.5 or not any(content.get("address") for content in self.standing.values()):
                number += 1
                yield self._publish(number)
            elif chosen < 0.64:
                yield self._change("correct", note="A word was wrong.")
            elif chosen < 0.74:
                yield self._change("withdraw", state="withdrawn", notice="No longer current.")
            elif chosen < 0.80:
                yield self._change("return", state="current")
            elif chosen < 0.85:
                yield self._change("remove", state="removed", notice="Sent by mistake.")
            elif chosen < 0.92:
                yield self._erase()
            elif chosen < 0.94:
                yield self._import_again()
            else:
                yield self._furnish()
            self.office.at += timedelta(hours=self.random.randrange(0, 400))

    def _publish(self, number: int) -> str:
        drafts = []
        languages = self.random.sample(LANGUAGES, self.random.choice((1, 1, 2, 3)))
        for language in languages:
            key = f"{self.seed}-{number}"
            day = self.office.at.date().isoformat()
            content = message(key, self._sentence(), language, original=languages[0])
            content["address"] = f"{language}/statements/{day.replace('-', '/')}/{key}"
            content["kind"] = self.random.choice(("statement", "speech", "interview", "notice"))
            if content["kind"] == "interview":
                self._as_interview(content)
            if self.random.random() < 0.3:
                picture = {"file": self.random.randbytes(64), "media": "image/png", "alternative": "A harbour"}
                content["pictures"] = [picture]
            if self.random.random() < 0.6:
                content["occasion"] = self._occasion()
            if self.random.random() < 0.2:
                content["was"] = [f"old/{key}/{language}"]
            drafts.append(self._draft(f"{key} {language}", "publish", content))
        self._publish_all(drafts)
        return f"publish {number}"

    def _occasion(self) -> dict[str, Any]:
        """Where and at what it was: few places, in several spellings, and many occasions."""
        found: dict[str, Any] = {"on": "2026-03-03"}
        if self.random.random() < 0.8:
            found["place"] = self.random.choice(("Tessmark", "TESSMARK", "Averholm", "تيسمارك"))
        if self.random.random() < 0.5:
            found["event"] = f"Talks on the {self.random.choice(WORDS)}"
            found |= {"event_word": "talks"} if self.random.random() < 0.3 else {}
        return found

    def _as_interview(self, content: dict[str, Any]) -> None:
        content["turns"] = [
            {"id": f"t{n}", "kind": ("question", "answer")[n % 2 == 0], "blocks": [self._sentence()]}
            for n in range(1, self.random.randrange(3, 9))
        ]
        content["speakers"] = [{"name": "Oriel Tavenmark", "person": id_of("person"), "role": "Ambassador"}]
        for turn in content["turns"][1::2]:
            turn["speaker"] = 0
        del content["blocks"]

    def _draft(self, key: str, kind: str, content: dict[str, Any], **more: Any) -> Draft:
        dated = None
        if kind == "publish" and self.random.random() < 0.25:
            kind, dated = "import", self._old_day()
            head, _, slug = content["address"].rpartition("/")
            content["address"] = "/".join([*head.split("/")[:2], *dated.split("-"), slug])
            content["source"] = {"address": "https://old.example/1", "captured": "2025-01-01"}
        return Draft(id_of(key), kind, content, dated=dated, **more)

    def _publish_all(self, drafts: list[Draft]) -> None:
        published = self.office.publish(*drafts)
        for draft, one in zip(drafts, published, strict=True):
            self.bodies.setdefault(draft.id, []).append(one.body)
            self.standing.pop(draft.id, None)  # the last changed stands last
            edition = parse_edition((self.office.record / "editions" / one.body).read_bytes())
            self.standing[draft.id] = edition.content

    def _choose(self) -> str:
        """A message that has its address; every second time one of the last few, so that some get many editions."""
        with_address = [id_ for id_, content in self.standing.items() if content.get("address")]
        return self.random.choice(with_address[-4:] if self.random.random() < 0.5 else sorted(with_address))

    def _change(self, kind: str, **changes: Any) -> str:
        id_ = self._choose()
        content = _whole({**self.standing[id_], **changes})
        if kind == "correct" and "blocks" in content:
            content["blocks"] = [*content["blocks"], self._sentence()]
            if self.random.random() < 0.2:
                content.pop("section", None)
            if self.random.random() < 0.3:
                content["occasion"] = self._occasion()
        if kind == "correct" and "turns" in content:
            content["turns"] = [{**turn, "blocks": [self._sentence()]} for turn in content["turns"]]
            content["corrects"] = [content["turns"][0]["id"]]
        self._publish_all([Draft(id_, kind, content)])
        return f"{kind} {id_}"

    def _erase(self) -> str:
        """Erase a paragraph, a picture, a change note, a speaker's name, or everything with the address."""
        id_ = self._choose()
        content = _whole({**self.standing[id_], "ground": "Request of a person."})
        before = [parse_edition((self.office.record / "editions" / body).read_bytes()) for body in self.bodies[id_]]
        notes = [edition.manifest["note"] for edition in before if edition.content.get("note")]
        gone: set[str] = set()
        chosen = self.random.random()
        if chosen < 0.25:
            gone = set(before[-1].texts) | set(before[-1].files)
            content = {k: content[k] for k in ("v", "type", "state", "message", "language", "original", "ground")}
            content |= {"kind": "statement", "blocks": []}
        elif chosen < 0.5 and notes:
            gone = {self.random.choice(notes)}
            content.pop("note", None)
        elif chosen < 0.75 and any(edition.content.get("occasion") for edition in before):
            for edition in before:
                gone |= {part for part in edition.manifest.get("occasion", {}).values() if part in edition.texts}
            content.pop("occasion", None)
        elif "pictures" in content:
            gone = {content.pop("pictures")[0]["file"]}
        elif "speakers" in content:
            gone = _parts_of(before[-1], content["speakers"][0]["name"])
            content["speakers"] = [{**content["speakers"][0], "name": "A speaker"}]
        elif content.get("blocks"):
            gone = _parts_of(before[-1], content["blocks"].pop(0))
        if not gone:
            return self._change("update", note="Longer.")
        self._publish_all([Draft(id_, "erase", content, erase=frozenset(gone))])
        return f"erase {id_}"

    def _import_again(self) -> str:
        """A message's day turns out to be another one; or a message is only listed, and is imported whole later."""
        if self.random.random() < 0.5:
            id_ = self._choose()
            self._publish_all([Draft(id_, "import", _whole(self.standing[id_]), dated=self._old_day())])
            return f"redate {id_}"
        key, day = f"{self.seed}-stub-{len(self.standing)}", self._old_day()
        stub = message(key, address=f"en/statements/{day.replace('-', '/')}/{key}", stub=True)
        stub = {name: stub[name] for name in stub if name not in ("kind", "blocks")}
        self._publish_all([Draft(id_of(key), "import", stub, dated=day)])
        if self.random.random() < 0.5:
            whole = {
                **{name: stub[name] for name in stub if name != "stub"},
                "kind": "notice",
                "blocks": ["The words."],
            }
            self._publish_all([Draft(id_of(key), "import", whole, dated=day)])
        return f"stub {key}"

    def _old_day(self) -> str:
        return f"20{self.random.randrange(18, 25)}-0{self.random.randrange(1, 10)}-15"

    def _furnish(self) -> str:
        """Change furniture: some shows on every page, some on one."""
        sort = self.random.choice(
            (
                "counter",
                "notice",
                "event",
                "featured",
                "redirect",
                "advisory",
                "crisis",
                "latest",
                "person",
                "new person",
            )
        )
        if sort == "person":  # she gets another name; her words in addresses stay
            name = dict.fromkeys(LANGUAGES, f"Oriel {self._sentence()}")
            self.office.publish(
                Draft(id_of("person"), "furniture", piece("person", name=name, address="oriel-tavenmark"))
            )
            return "furniture person"
        fields: dict[str, Any] = {
            "counter": {"since": "2025-01-21", "sentence": {"en": {"one": "# day", "other": "# days"}}},
            "notice": {"text": {"en": self._sentence()}},
            "event": {"title": {"en": self._sentence()}, "on": "2027-01-01"},
            "featured": {"messages": [self.random.choice(list(self.standing.values()))["message"]]},
            "redirect": {"from": f"go/{self.random.randrange(5)}", "to": "en/all/"},
            "advisory": {"text": {"en": self._sentence()}},
            "crisis": {"title": {"en": "Storm"}, "blocks": {"en": [self._sentence()]}},
            "latest": {"count": self.random.randrange(2, 6), "separator": "-", "teasers": True},
            "new person": {"name": {"en": f"Person {len(self.bodies)}"}, "address": f"person-{len(self.bodies)}"},
        }[sort]
        if sort == "new person":
            self.office.publish(Draft(id_of(f"person {len(self.bodies)}"), "furniture", piece("person", **fields)))
            return "furniture new person"
        key = f"{sort} {self.random.randrange(2)}"
        self.office.publish(Draft(id_of(key), "furniture", piece(sort, **fields)))
        return f"furniture {key}"

    def _sentence(self) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.randrange(4, 20))).capitalize() + "."


def _parts_of(edition: Edition, words: str) -> set[str]:
    return {part for part, salted in edition.texts.items() if salted.text == words}


def _whole(content: dict[str, Any]) -> dict[str, Any]:
    """Content ready to be sealed again: without what erasures left behind."""
    kept = {key: value for key, value in content.items() if value is not None and key not in ("erased", "corrects")}
    if kept.get("occasion"):
        kept["occasion"] = {key: value for key, value in kept["occasion"].items() if value is not None}
    for key in ("blocks", "was"):
        if key in kept:
            kept[key] = [value for value in kept[key] if value is not None]
    if not kept.get("was", True):
        del kept["was"]
    if kept.get("pictures"):
        kept["pictures"] = [{k: v for k, v in picture.items() if v is not None} for picture in kept["pictures"]]
    return kept
