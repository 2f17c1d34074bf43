"""The tree of RFC 6962: whatever its size, its proofs hold, and nothing else passes for one."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.record.errors import NotVerified
from communique.record.tree import (
    EMPTY_ROOT,
    CompactRange,
    compact_range,
    compact_range_of,
    complete_subtrees,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    tree_root,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(600)]
SIZES = st.integers(1, 600)


def subtree(level: int, number: int) -> bytes:
    return by_definition(LEAVES[number << level : (number + 1) << level])


def by_definition(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash, word for word as RFC 6962, section 2.1, defines it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


@st.composite
def two_sizes(draw: st.DrawFn) -> tuple[int, int]:
    new = draw(SIZES)
    return draw(st.integers(1, new)), new


@st.composite
def index_and_size(draw: st.DrawFn) -> tuple[int, int]:
    size = draw(SIZES)
    return draw(st.integers(0, size - 1)), size


def test_leaf_and_node_are_told_apart_by_their_first_byte() -> None:
    left, right = leaf_hash(b"left"), leaf_hash(b"right")
    assert leaf_hash(b"\x01" + left + right) != node_hash(left, right)
    assert leaf_hash(b"") == hashlib.sha256(b"\x00").digest()


def test_a_tree_of_no_leaves_has_the_hash_of_nothing() -> None:
    assert CompactRange().root() == EMPTY_ROOT == hashlib.sha256(b"").digest()


@given(SIZES)
def test_growing_leaf_by_leaf_reading_the_tiles_and_the_definition_give_one_root(size: int) -> None:
    grown = compact_range_of(LEAVES[:size])
    assert grown == compact_range(size, subtree)
    assert grown.root() == tree_root(size, subtree) == by_definition(LEAVES[:size])


@given(SIZES)
def test_a_row_of_complete_subtrees_covers_every_leaf_once(size: int) -> None:
    covered = [n for level, number in complete_subtrees(0, size) for n in range(number << level, (number + 1) << level)]
    assert covered == list(range(size))
    assert len(complete_subtrees(0, size)) == size.bit_count()


@given(index_and_size())
def test_every_leaf_has_a_proof_no_longer_than_the_tree_is_high(drawn: tuple[int, int]) -> None:
    index, size = drawn
    proof = inclusion_proof(index, size, subtree)
    assert len(proof) <= (size - 1).bit_length()
    verify_inclusion(index, size, LEAVES[index], proof, tree_root(size, subtree))


@given(index_and_size(), st.data())
def test_a_proof_changed_in_one_bit_is_refused(drawn: tuple[int, int], data: st.DataObject) -> None:
    index, size = drawn
    proof = inclusion_proof(index, size, subtree)
    parts = [LEAVES[index], *proof, tree_root(size, subtree)]
    number, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    parts[number] = (int.from_bytes(parts[number], "big") ^ 1 << bit).to_bytes(32, "big")
    with pytest.raises(NotVerified):
        verify_inclusion(index, size, parts[0], parts[1:-1], parts[-1])


@given(index_and_size(), st.data())
def test_a_proof_for_another_leaf_does_not_hold(drawn: tuple[int, int], data: st.DataObject) -> None:
    index, size = drawn
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index) if size > 1 else st.just(size))
    with pytest.raises(NotVerified):
        verify_inclusion(other, size, LEAVES[index], inclusion_proof(index, size, subtree), tree_root(size, subtree))


@given(two_sizes())
def test_every_tree_contains_every_smaller_one(sizes: tuple[int, int]) -> None:
    old, new = sizes
    proof = consistency_proof(old, new, subtree)
    verify_consistency(old, new, tree_root(old, subtree), tree_root(new, subtree), proof)
    if old < new:
        with pytest.raises(NotVerified):
            verify_consistency(old, new, tree_root(new, subtree), tree_root(new, subtree), proof)
        with pytest.raises(NotVerified):
            verify_consistency(old, new, tree_root(old, subtree), tree_root(new, subtree), [*proof, proof[-1]])
        with pytest.raises(NotVerified):
            verify_consistency(old, new, tree_root(old, subtree), tree_root(new, subtree), proof[:-1])


@given(two_sizes(), st.integers(0, 599))
def test_a_tree_in_which_an_old_leaf_was_changed_is_never_consistent(sizes: tuple[int, int], index: int) -> None:
    old, new = sizes
    index %= old
    forged = [*LEAVES[:index], leaf_hash(b"never said"), *LEAVES[index + 1 :]]

    def forged_subtree(level: int, number: int) -> bytes:
        return by_definition(forged[number << level : (number + 1) << level])

    with pytest.raises(NotVerified):
        verify_consistency(
            old,
            new,
            tree_root(old, subtree),
            tree_root(new, forged_subtree),
            consistency_proof(old, new, forged_subtree),
        )


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (-1, 1), (5, 3)])
def test_a_leaf_outside_the_tree_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_proof(index, size, subtree)
    with pytest.raises(NotVerified):
        verify_inclusion(index, size, LEAVES[0], [], LEAVES[0])


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 5), (5, 3)])
def test_sizes_that_prove_nothing_have_no_proof(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no consistency proof"):
        consistency_proof(old, new, subtree)
    with pytest.raises(NotVerified):
        verify_consistency(old, new, EMPTY_ROOT, EMPTY_ROOT, [])
