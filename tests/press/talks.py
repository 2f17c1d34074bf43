"""An invented interview in two languages, a text and a notice, with everything that a later edition can change."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from offices import Draft, Office, id_of, message

DAY = "statements/2026/03/03"
TALK, TALK_AR, FERRY = f"en/{DAY}/talk/", f"ar/{DAY}/talk/", f"en/{DAY}/ferry/"
SPEAKER = {"name": "Oriel Tavenmark", "person": id_of("person"), "role": "Ambassador"}
PICTURE = {"file": b"\x89PNG harbour", "media": "image/png", "alternative": "A harbour", "caption": "At noon"}
TABLE = {"kind": "table", "header": True, "rows": [["Day", "Time"], ["Monday", "09:00"]]}
FERRY_BLOCKS: list[Any] = [
    {"kind": "heading", "text": "On the ferry", "level": 2},
    {"kind": "paragraph", "text": "It sails to Tessmark.", "marks": [[12, 20, "link", "https://ferry.example/"]]},
    {"kind": "item", "text": "Bring a lantern"},
    {"kind": "item", "text": "Come early"},
    TABLE,
    "A last paragraph.",
]


def turn(number: int, words: str | list[str], **more: Any) -> dict[str, Any]:
    """A question by its odd number, else an answer."""
    kind = {"kind": "question", "questioner": "Petra Halvane"} if number % 2 else {"kind": "answer", "speaker": 0}
    return {"id": f"t{number}", **kind, "blocks": [words] if isinstance(words, str) else words, **more}


TURNS = [
    turn(1, "You opened the lantern festival this morning. What does it mean to the town?", outlet="Harbour Hour"),
    turn(2, "It means a good deal. The lanterns are lit for everybody who is at sea."),
    turn(3, "Will the second round of talks change who may fish in the Sound, and when?"),
    turn(4, ["The talks open in Tessmark on 12 April. The vessels survey together and publish.", "That is all."]),
    turn(5, "And the ferry?"),
    turn(6, "It sails from the first Monday of May. Tickets are sold at the quay from Thursday on."),
    turn(7, "A last word before you leave us?"),
    turn(8, "Come and see the lanterns."),
]
ARABIC = [
    turn(1, "افتتحتم مهرجان الفوانيس هذا الصباح. ماذا يعني للمدينة؟"),
    turn(2, "يعني الكثير. تُضاء الفوانيس لكل من هو في البحر."),
    turn(3, "هل تغيّر الجولة الثانية من يحق له الصيد ومتى؟"),
    turn(4, ["تُفتتح المحادثات في تسمارك في 12 نيسان.", "هذا كل شيء."]),
]


def interview(turns: list[dict[str, Any]], language: str = "en", **more: Any) -> dict[str, Any]:
    """The interview in one language, as it may change."""
    titles = {"en": "Answers of the ambassador to Harbour Hour", "ar": "أجوبة السفير عن أسئلة ساعة الميناء"}
    content = message("talk", language=language, kind="interview", title=titles[language], **more)
    del content["blocks"]
    name = "أوريل تافنمارك" if language == "ar" else SPEAKER["name"]
    return {**content, "original": "en", "turns": deepcopy(turns), "speakers": [{**SPEAKER, "name": name}]}


def corrected() -> list[dict[str, Any]]:
    """The turns after a date was mended and a clause taken in."""
    turns = deepcopy(TURNS)
    turns[3]["blocks"][0] = (
        "The talks open in Tessmark on 2 April. The vessels survey together, publish, and add nothing."
    )
    return turns


def ordered_anew() -> list[dict[str, Any]]:
    """One turn moved to the head, one divided, one taken out, one added, and one joined to its neighbour."""
    turns = corrected()
    del turns[6]  # t7
    turns[5]["blocks"] = ["It sails from the first Monday of May."]
    turns.insert(
        6, {"id": "t9", "kind": "remark", "speaker": 0, "blocks": ["Tickets are sold at the quay from Thursday on."]}
    )
    turns.insert(0, turns.pop())  # t8
    turns.append({"id": "t10", "kind": "note", "blocks": ["(A bell rings.)"]})
    turns[1]["blocks"] = [*turns[1]["blocks"], *turns[2]["blocks"]]
    del turns[2]  # t2 stands in t1 now
    return turns


def publish_talks(office: Office) -> None:
    """Publish the interview with three editions, its translation with one, and a text with two."""
    talk, arabic = id_of("talk"), id_of("talk ar")
    office.publish(Draft(talk, "publish", interview(TURNS)))
    office.publish(Draft(arabic, "publish", interview(ARABIC, "ar", translation="unofficial")))
    office.publish(Draft(talk, "correct", interview(corrected(), note="It is 2 April.", corrects=["t4"])))
    title = "Answers of the ambassador"
    office.publish(Draft(talk, "update", {**interview(ordered_anew(), note="Ordered anew."), "title": title}))
    ferry = {**message("ferry"), "blocks": FERRY_BLOCKS, "pictures": [PICTURE]}
    office.publish(Draft(id_of("ferry"), "publish", ferry))
    changed = deepcopy(ferry)
    changed["blocks"][1]["marks"][0][3] = "https://other.example/"
    changed["blocks"][4]["rows"][1][1] = "10:00"
    changed["pictures"][0]["caption"] = "At night"
    changed["delivered"] = "2026-03-02"
    office.publish(Draft(id_of("ferry"), "correct", {**changed, "note": "The hour."}))
