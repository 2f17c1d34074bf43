"""A checkpoint says origin, size and root; it counts only under the key that was asked for."""

from __future__ import annotations

from base64 import b64encode

import pytest

from communique.record.checkpoint import Checkpoint, head_text, parse_checkpoint, sign_checkpoint, verify_checkpoint
from communique.record.errors import NotOfFormat, NotVerified
from communique.record.note import Note, sign_text, signer_key
from communique.record.tree import EMPTY_ROOT
from signed_record import EXAMPLE, LOG, ORIGIN, WITNESS

ROOT = bytes(range(32))
ZERO = b64encode(ROOT).decode()


def noted(text: str) -> bytes:
    return Note(text, (sign_text(text, LOG),)).data


def test_a_checkpoint_reads_back_to_its_bytes() -> None:
    made = sign_checkpoint(5, ROOT, LOG)
    assert parse_checkpoint(made.data) == made
    assert made.data.decode().startswith(head_text(ORIGIN, 5, ROOT))


def test_lines_after_the_root_are_kept_and_signed() -> None:
    read = parse_checkpoint(noted(head_text(ORIGIN, 5, ROOT) + "something\n"))
    assert read.extensions == ("something",)
    assert verify_checkpoint(read, LOG.verifier).size == 5


def test_a_head_of_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert verify_checkpoint(sign_checkpoint(0, EMPTY_ROOT, LOG), LOG.verifier).size == 0
    with pytest.raises(NotOfFormat, match="no hash of a tree of its size"):
        parse_checkpoint(sign_checkpoint(0, ROOT, LOG).data)


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n5\n",
        f"{ORIGIN}\n5\n\n",
        f"\n5\n{ZERO}\n",
        f"{ORIGIN}\n05\n{ZERO}\n",
        f"{ORIGIN}\n-5\n{ZERO}\n",
        f"{ORIGIN}\n٥\n{ZERO}\n",
        f"{ORIGIN}\n9223372036854775808\n{ZERO}\n",
        f"{ORIGIN}\n5\n{ZERO[:-4]}\n",
        f"{ORIGIN}\n5\n{ZERO} \n",
        f"{ORIGIN}\n5\n{ZERO}\n\nmore\n",
    ],
)
def test_a_text_that_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(NotOfFormat):
        parse_checkpoint(noted(text))


def test_a_head_of_another_log_is_refused_even_if_our_key_signed_it() -> None:
    with pytest.raises(NotVerified, match="is of the log other"):
        verify_checkpoint(parse_checkpoint(noted(head_text("other", 5, ROOT))), LOG.verifier)


def test_a_head_that_only_a_witness_signed_is_no_head_of_the_log() -> None:
    cosigned = parse_checkpoint((EXAMPLE / "checkpoints/8.cosigned").read_bytes())
    alone = Checkpoint(ORIGIN, 8, cosigned.root, Note(cosigned.note.text, cosigned.note.signatures[1:]))
    with pytest.raises(NotVerified, match="is not signed by embassy"):
        verify_checkpoint(alone, LOG.verifier, (WITNESS.verifier,))
    assert [one.key for one in verify_checkpoint(cosigned, LOG.verifier, (WITNESS.verifier,)).witnesses] == [
        WITNESS.verifier
    ]


def test_a_head_under_another_key_of_the_same_name_is_refused() -> None:
    other = signer_key(ORIGIN, bytes(32))
    with pytest.raises(NotVerified, match="is not signed by"):
        verify_checkpoint(sign_checkpoint(5, ROOT, other), LOG.verifier)
