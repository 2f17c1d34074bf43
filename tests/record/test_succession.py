"""A key is followed by another only as both say; a log is closed only as two of three say; nobody else can."""

from __future__ import annotations

import pytest

from communique.record.checkpoint import sign_checkpoint
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import SignerKey, sign_text, signer_key
from communique.record.succession import (
    closing,
    follow,
    make_root,
    parse_root,
    parse_statement,
    rotation,
    verify_root,
)

ORIGIN = "embassy.example/record"
FIRST, SECOND, THIRD, THIEF = (signer_key(ORIGIN, bytes([n] * 32)) for n in range(1, 5))
SAFES = [signer_key(f"embassy.example/root/{n}", bytes([10 + n] * 32)) for n in range(3)]
NEXT = signer_key("press.example/record", bytes([20] * 32))
ROOT = make_root(ORIGIN, [safe.verifier for safe in SAFES], FIRST)


def head(size: int, key: SignerKey, fill: int = 7):  # type: ignore[no-untyped-def]
    return sign_checkpoint(size, bytes([fill] * 32), key)


ONE = rotation(head(10, FIRST), FIRST, SECOND)
TWO = rotation(head(20, SECOND), SECOND, THIRD)
END = closing(head(30, THIRD), THIRD.verifier, NEXT.verifier, SAFES[:2])


def test_statements_and_root_are_read_back_as_they_were_written() -> None:
    verify_root(ROOT, FIRST.verifier)
    assert parse_root(ROOT.data) == ROOT
    for one in (ONE, TWO, END):
        assert parse_statement(one.data) == one


def test_who_knew_any_of_the_keys_is_led_to_the_newest() -> None:
    for key in (FIRST, SECOND, THIRD):
        standing = follow(key.verifier, [ONE, TWO])
        assert standing.key == THIRD.verifier
        standing.verify(head(25, THIRD))
        standing.verify(head(20, THIRD))
    follow(FIRST.verifier, [ONE, TWO]).verify(head(9, FIRST))
    follow(FIRST.verifier, [ONE, TWO]).verify(head(10, FIRST))


@pytest.mark.parametrize(("size", "key"), [(25, FIRST), (25, SECOND), (15, FIRST), (9, SECOND), (25, THIEF)])
def test_a_key_signs_for_its_time_alone(size: int, key: SignerKey) -> None:
    with pytest.raises(NotVerified, match="is not signed by"):
        follow(FIRST.verifier, [ONE, TWO]).verify(head(size, key))


def test_a_head_that_both_sign_is_good_for_who_knows_either() -> None:
    both = head(15, SECOND)
    both = both.with_signatures(sign_text(both.note.text, FIRST))
    follow(FIRST.verifier, [ONE]).verify(both)
    follow(FIRST.verifier, []).verify(both)


def test_after_a_closing_nothing_above_it_counts_and_all_below_does() -> None:
    standing = follow(FIRST.verifier, [ONE, TWO, END], ROOT)
    assert standing.closing is not None
    assert standing.closing.new == NEXT.verifier
    standing.verify(head(30, THIRD))
    standing.verify(head(29, THIRD))
    with pytest.raises(NotVerified, match=r"closed at 30; follow its successor, press\.example"):
        standing.verify(head(31, THIRD))
    with pytest.raises(NotVerified, match="is not the head"):
        standing.verify(head(30, THIRD, fill=8))


def _with(key: SignerKey, *signing: SignerKey):  # type: ignore[no-untyped-def]
    return closing(head(30, THIRD), key.verifier, NEXT.verifier, signing)


@pytest.mark.parametrize(
    "statements",
    [
        [rotation(head(10, THIEF), THIEF, SECOND), ONE],  # begins with a stranger
        [TWO, ONE],  # the wrong order
        [ONE, rotation(head(5, SECOND), SECOND, THIRD)],  # back in size
        [ONE, ONE],
        [ONE, TWO, _with(THIRD, SAFES[0])],  # one of the root
        [ONE, TWO, _with(THIRD, SAFES[0], SAFES[0])],  # the same twice
        [ONE, TWO, _with(THIRD, THIRD, SAFES[0])],  # the log's own key is none of the root
        [ONE, TWO, _with(THIRD, THIEF)],
        [ONE, TWO, _with(SECOND, *SAFES)],  # closes a key that signs no longer
    ],
    ids=range(9),
)
def test_what_is_not_signed_as_it_must_be_is_refused(statements) -> None:  # type: ignore[no-untyped-def]
    try:
        standing = follow(FIRST.verifier, statements, ROOT)
    except NotVerified:
        return
    assert standing.closing is None
    assert standing.key in (FIRST.verifier, SECOND.verifier), "a statement about a stranger's key says nothing to us"


def test_one_signature_of_two_is_no_rotation() -> None:
    for alone in (FIRST, SECOND):
        text = ONE.note.text
        forged = parse_statement(ONE.note.__class__(text, (sign_text(text, alone),)).data)
        with pytest.raises(NotVerified):
            follow(FIRST.verifier, [forged])


def test_no_root_no_closing_and_no_root_of_another() -> None:
    with pytest.raises(NotVerified, match="no root is known"):
        follow(FIRST.verifier, [ONE, TWO, END])
    with pytest.raises(NotVerified):
        verify_root(make_root(ORIGIN, [safe.verifier for safe in SAFES], THIEF), FIRST.verifier)
    for keys in (SAFES[:2], [SAFES[0], SAFES[0], SAFES[1]]):
        with pytest.raises(NotOfFormat):
            make_root(ORIGIN, [key.verifier for key in keys], FIRST)
    with pytest.raises(NotVerified, match="the log's own key"):
        verify_root(make_root(ORIGIN, [FIRST.verifier, *(s.verifier for s in SAFES)], FIRST), FIRST.verifier)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"x\n\n",
        ONE.data.replace(b"rotate", b"change"),
        ONE.data.replace(b"\n10\n", b"\n010\n"),
        ONE.data.replace(b"\n10\n", b"\n%b\n" % (b"1" * 5000)),
    ],
)
def test_nonsense_is_no_statement(wrong: bytes) -> None:
    with pytest.raises(NotOfFormat):
        parse_statement(wrong)
