"""Signed notes: who signed what, and nothing that only looks like it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import (
    COSIGNATURE,
    SIGNATURES_LIMIT,
    Note,
    Signature,
    VerifierKey,
    cosign_text,
    parse_note,
    parse_signer_key,
    parse_verifier_key,
    sign_text,
    signer_key,
    verify_note,
)
from signed_record import LOG, WITNESS

TEXT = "embassy.example/record\n1\nvBDQ6ozkgtOjOqFnIWQiOWpWphAC8k2tPwnGQSXADaE=\n"
OTHER = signer_key("other.example/record", bytes(32))
DEMAND = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
"""The example of C2SP signed-note."""


def signed(text: str = TEXT) -> Note:
    return Note(text, (sign_text(text, LOG), cosign_text(text, WITNESS, 1772700001)))


def test_the_specifications_own_example_verifies() -> None:
    key = parse_verifier_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    note = parse_note(DEMAND.encode())
    assert note.text == "This is an example message.\n"
    assert [one.key for one in verify_note(note, [key])] == [key]
    with pytest.raises(NotVerified, match="is false"):
        verify_note(parse_note(DEMAND.replace("message.", "message!").encode()), [key])


def test_a_note_reads_back_to_its_bytes() -> None:
    assert parse_note(signed().data) == signed()


def test_log_and_witness_are_both_verified_and_the_time_is_read() -> None:
    found = verify_note(signed(), [WITNESS.verifier, LOG.verifier])
    assert [(one.key, one.time_s) for one in found] == [(LOG.verifier, None), (WITNESS.verifier, 1772700001)]


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    note = signed().with_signatures([sign_text("something else\n", OTHER)])
    assert len(verify_note(note, [LOG.verifier])) == 1


def test_a_note_that_none_of_the_keys_signed_is_refused() -> None:
    with pytest.raises(NotVerified, match=r"is not signed by other\.example/record"):
        verify_note(signed(), [OTHER.verifier])
    with pytest.raises(NotVerified, match="no key at all"):
        verify_note(signed(), [])


def test_one_false_signature_of_a_known_key_spoils_the_note() -> None:
    forged = sign_text("something else\n", LOG)
    with pytest.raises(NotVerified, match=r"signature of embassy.example/record: is false"):
        verify_note(Note(TEXT, (forged, cosign_text(TEXT, WITNESS, 1))), [LOG.verifier, WITNESS.verifier])


def test_a_key_of_the_same_name_and_another_id_is_another_key() -> None:
    twin = signer_key(LOG.name, bytes(range(1, 33)))
    assert len(verify_note(signed().with_signatures([sign_text("x\n", twin)]), [LOG.verifier])) == 1


def test_a_cosignature_with_another_time_is_false() -> None:
    line = cosign_text(TEXT, WITNESS, 1772700001)
    moved = Signature(line.name, line.key_id, (1772700002).to_bytes(8, "big") + line.data[8:])
    with pytest.raises(NotVerified, match="is false"):
        verify_note(Note(TEXT, (moved,)), [WITNESS.verifier])


@pytest.mark.parametrize("time_s", [0, 2**63, 2**64 - 1])
def test_a_cosignature_with_a_time_that_none_may_have_is_refused(time_s: int) -> None:
    line = cosign_text(TEXT, WITNESS, 1)
    moved = Signature(line.name, line.key_id, time_s.to_bytes(8, "big") + line.data[8:])
    with pytest.raises(NotVerified, match="has the time"):
        verify_note(Note(TEXT, (moved,)), [WITNESS.verifier])
    with pytest.raises(NotVerified, match=r"has the time|long"):
        verify_note(Note(TEXT, (Signature(line.name, line.key_id, b"\x00"),)), [WITNESS.verifier])


def test_the_log_cannot_be_taken_for_a_witness_nor_a_witness_for_the_log() -> None:
    same_seed = signer_key(LOG.name, LOG.seed, COSIGNATURE)
    assert same_seed.verifier.id != LOG.verifier.id
    with pytest.raises(NotVerified):
        verify_note(Note(TEXT, (sign_text(TEXT, LOG),)), [same_seed.verifier])
    with pytest.raises(ValueError, match="cosigns"):
        sign_text(TEXT, WITNESS)
    with pytest.raises(ValueError, match="0x04"):
        cosign_text(TEXT, LOG, 1)


def test_a_key_of_an_unknown_type_is_read_and_verifies_nothing() -> None:
    key = VerifierKey(WITNESS.name, WITNESS.verifier.id, 0x06, bytes(1312))
    assert parse_verifier_key(key.text) == key
    with pytest.raises(NotVerified):
        verify_note(signed(), [key])


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (TEXT.encode(), "no empty line"),
        (TEXT.encode() + b"\n", "does not end with a signature line"),
        (signed().data[:-1], "does not end with a signature line"),
        (signed().data + b"\n", "does not end with a signature line"),
        (signed().data.replace("— emb".encode(), b"- emb"), "is not a line"),
        (signed().data.replace(b"\n\n", b"\r\n\r\n"), "control character"),
        (signed().data + b"\xff\n", "is not UTF-8"),
        (TEXT.encode() + "\n— a b\n".encode(), "not base64"),
        (TEXT.encode() + "\n— a AAAAAAB=\n".encode(), "not the plain way"),
        (TEXT.encode() + "\n— a AAAAAA==\n".encode(), "too short"),
        (TEXT.encode() + "\n— a+b AAAAAAAA\n".encode(), "no name of a key"),
        (TEXT.encode() + "\n—  AAAAAAAA\n".encode(), "no name of a key"),
        (TEXT.encode() + b"\n" + "— a AAAAAAAA\n".encode() * (SIGNATURES_LIMIT + 1), "signatures; at most"),
        (b"x" * 1_000_001, "at most 1000000"),
    ],
)
def test_bytes_that_are_no_note_are_refused(data: bytes, what: str) -> None:
    with pytest.raises(NotOfFormat, match=what):
        parse_note(data)


def test_the_text_ends_at_the_last_empty_line() -> None:
    text = "first\n\nsecond\n"
    assert parse_note(Note(text, (sign_text(text, LOG),)).data).text == text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is not NAME"),
        ("embassy.example/record", "is not NAME"),
        (LOG.verifier.text.replace("f8625137", "f8625138"), "has the id"),
        (LOG.verifier.text.replace("+f8625137", "+F8625137"), "has the id"),
        (LOG.verifier.text[:-4], "has a key of"),
        (LOG.verifier.text.replace("embassy", "em bassy"), "no name of a key"),
        ("a+00000000+", "holds no key"),
        ("a+0000000g+Bg" + "A" * 6, "eight hexadecimal digits"),
    ],
)
def test_a_damaged_verifier_key_is_refused(text: str, what: str) -> None:
    with pytest.raises(NotOfFormat, match=what):
        parse_verifier_key(text)


def test_a_secret_key_reads_back_and_is_shown_by_nothing_else() -> None:
    assert parse_signer_key(LOG.secret_text + "\n") == LOG
    assert parse_signer_key(WITNESS.secret_text) == WITNESS
    secret = LOG.secret_text.split("+")[-1]
    assert secret not in f"{LOG!r} {LOG} {LOG.verifier.text}"


@pytest.mark.parametrize(
    "text", ["", LOG.verifier.text, LOG.secret_text[:-8], LOG.secret_text.replace("+f8", "+f9"), "PRIVATE+KEY+a+b+"]
)
def test_a_damaged_secret_key_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(NotOfFormat) as caught:
        parse_signer_key(text, "keys/log.key")
    assert caught.value.where.startswith(("keys/log.key", "signer key"))
    assert LOG.secret_text.split("+")[-1][:20] not in str(caught.value)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_break_the_reader_of_notes(data: bytes) -> None:
    with suppress(NotOfFormat):
        assert parse_note(data).data == data
