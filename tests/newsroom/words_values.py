"""Words values of every sort, for hypothesis: some in order, most not."""

from __future__ import annotations

from hypothesis import strategies as st

KINDS = ("question", "answer", "remark", "note")
# Letters that compose, that are written from the right, that are two units in a browser, that may not stand.
LETTERS = st.sampled_from(
    [*"ab \n\té", "e\u0301", "ا", "ل", "🚢", "\u202e", "\u00a0", "\r\n", "각", "\u1100\u1161", "\x07"]
)
RAW = st.lists(LETTERS, max_size=14).map("".join)
MARK_KIND = st.sampled_from(
    [["emphasis"], ["strong"], ["superscript"], ["subscript"], ["link", "https://example.org/"]]
)
MARK = st.tuples(st.integers(0, 16), st.integers(0, 16), MARK_KIND).map(lambda m: [m[0], m[1], *m[2]])
MARKS = st.lists(MARK, max_size=4)
TEXT_BLOCK = st.fixed_dictionaries(
    {"kind": st.sampled_from(["paragraph", "heading", "item", "quotation"]), "text": RAW, "marks": MARKS},
    optional={"level": st.integers(1, 6), "ordered": st.just(True)},
)
TABLE = st.fixed_dictionaries(
    {"kind": st.just("table"), "rows": st.lists(st.lists(RAW, min_size=1, max_size=3), min_size=1, max_size=3)},
    optional={"header": st.just(True)},
)
BLOCKS = st.lists(st.one_of(RAW, TEXT_BLOCK, TABLE), max_size=4)
SPEAKERS = [{"name": "Oriel Tavenmark", "role": "Ambassador", "person": "a" * 16}, {"name": "Anselm"}]
TIME = st.integers(0, 9_000_000)
TURN = st.fixed_dictionaries(
    {"id": st.integers(1, 40).map("t{}".format), "kind": st.sampled_from(KINDS), "blocks": BLOCKS},
    optional={
        **dict.fromkeys(("mark", "questioner", "outlet", "topic"), RAW),
        "speaker": st.integers(0, 1),
        "from_ms": TIME,
        "to_ms": TIME,
    },
)
TURNS = st.lists(TURN, max_size=5, unique_by=lambda turn: turn["id"])
VALUES = st.one_of(
    st.fixed_dictionaries({"speakers": st.just(SPEAKERS), "turns": TURNS, "next": st.integers(1, 50)}),
    st.fixed_dictionaries({"blocks": BLOCKS, "next": st.integers(1, 50)}, optional={"speakers": st.just(SPEAKERS)}),
)
