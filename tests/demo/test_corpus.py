"""`communique corpus`: as many messages as one asks for, of the shapes that benchmarks promise, the same for a seed."""

from __future__ import annotations

import json
from pathlib import Path

from communique.cli.main import run
from communique.demo.corpus import Corpus
from communique.edition import seal
from communique.record.reader_folder import FolderReader


def test_six_of_ten_messages_are_prose_and_each_has_about_as_many_bytes_as_promised() -> None:
    versions = list(Corpus(600, 3).messages())
    firsts = [v for v in versions if v.content["language"] == v.content["original"]]
    spoken = [v for v in firsts if "turns" in v.content]
    assert len(firsts) == 600
    assert len(versions) == 800
    assert 0.35 < len(spoken) / 600 < 0.45
    assert all(4 <= len(v.content["turns"]) <= 20 for v in spoken)
    assert all(5 <= len(v.content["blocks"]) <= 12 for v in firsts if "blocks" in v.content)
    sizes = [len(json.dumps(v.content, ensure_ascii=False).encode()) for v in versions]
    assert 7_000 < sum(sizes) / len(sizes) < 8_200


def test_every_message_is_a_whole_edition_without_a_place_left_to_fill() -> None:
    corpus = Corpus(60, 5)
    for one in corpus.messages():
        seal(one.content, lambda: bytes(32))
        paragraphs = [*one.content.get("blocks", ()), *(b for t in one.content.get("turns", ()) for b in t["blocks"])]
        assert not any("{" in text for text in [one.content["title"], *paragraphs])


def test_the_same_seed_gives_the_same_record_to_the_byte_and_a_second_run_adds_nothing(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(["--home", str(tmp_path / name), "corpus", "--messages", "6", "--seed", "9"]) == 0
    one, two = (FolderReader(tmp_path / name / "public" / "record") for name in ("one", "two"))
    assert one.size() == two.size() > 6
    before = one.checkpoint.data
    assert before == two.checkpoint.data
    assert run(["--home", str(tmp_path / "one"), "corpus", "--messages", "6", "--seed", "9"]) == 0
    assert one.checkpoint.data == before


def test_another_corpus_does_not_go_into_the_same_folder(tmp_path: Path) -> None:
    assert run(["--home", str(tmp_path / "one"), "corpus", "--messages", "2", "--seed", "9"]) == 0
    assert run(["--home", str(tmp_path / "one"), "corpus", "--messages", "3", "--seed", "9"]) == 2
