"""The Merkle tree of RFC 6962, section 2.1: hashes, roots, and proofs made and checked.

A leaf's hash is SHA-256(0x00 ‖ bytes), a node's SHA-256(0x01 ‖ left ‖ right). A tree of n leaves splits at k, the
largest power of two below n: its root is the node over the roots of the first k and the other n - k leaves.

    >>> one, two = leaf_hash(b"one"), leaf_hash(b"two")
    >>> CompactRange().extended(one).extended(two).root() == node_hash(one, two)
    True

Every tree is a row of complete subtrees, one for each 1 in the binary form of its size. So all that is needed of a
stored tree is a function `subtree(level, number)`, giving the root of leaves number·2^level up to (number+1)·2^level:
the tiles have it (`tile.py`). A CompactRange keeps only that row, and so can grow without any storage.

The checks follow RFC 9162, sections 2.1.3.2 and 2.1.4.2. A proof about a tree of size 0 proves nothing and is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from communique.record.errors import NotVerified

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Subtree = Callable[[int, int], bytes]


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry's bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over the hashes of its two sides."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class CompactRange:
    """The roots of a tree's complete subtrees, largest first: enough to append and to know the root."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def extended(self, leaf: bytes) -> CompactRange:
        """The range with one leaf hash more."""
        row = [*self.hashes, leaf]
        size = self.size
        while size & 1:
            right = row.pop()
            row[-1] = node_hash(row[-1], right)
            size >>= 1
        return CompactRange(self.size + 1, tuple(row))

    def root(self) -> bytes:
        """The root of the tree."""
        return _joined(self.hashes) if self.hashes else EMPTY_ROOT


def compact_range(size: int, subtree: Subtree) -> CompactRange:
    """The compact range of the first `size` leaves, read from a stored tree."""
    return CompactRange(size, tuple(subtree(level, number) for level, number in complete_subtrees(0, size)))


def compact_range_of(leaves: Iterable[bytes]) -> CompactRange:
    """The compact range of leaf hashes given one after the other."""
    result = CompactRange()
    for leaf in leaves:
        result = result.extended(leaf)
    return result


def tree_root(size: int, subtree: Subtree) -> bytes:
    """The root of the first `size` leaves, read from a stored tree."""
    return compact_range(size, subtree).root()


def complete_subtrees(start: int, stop: int) -> list[tuple[int, int]]:
    """The complete subtrees (level, number) that make up the leaves start to stop, from the left, as large as can be.

    Only for ranges as RFC 6962 cuts them: start is a multiple of a power of two that is not below stop - start.
    """
    found = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that lead from leaf `index` to the root of the first `size` leaves, the leaf's sibling first."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of size {size}")
    start, stop = 0, size
    path = []
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_range_root(middle, stop, subtree))
            stop = middle
        else:
            path.append(_range_root(start, middle, subtree))
            start = middle
    return path[::-1]


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show the first `old` leaves to be the beginning of the first `new` (RFC 6962, 2.1.2)."""
    if not 0 < old <= new:
        raise ValueError(f"no consistency proof from size {old} to size {new}")
    start, stop = 0, new
    path: list[bytes] = []
    while old < stop:
        middle = start + _split(stop - start)
        if old <= middle:
            path.append(_range_root(middle, stop, subtree))
            stop = middle
        else:
            path.append(_range_root(start, middle, subtree))
            start = middle
    if start > 0:
        path.append(_range_root(start, stop, subtree))
    return path[::-1]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> None:
    """Raise NotVerified unless the proof leads from the leaf hash at `index` to the root of size `size`."""
    where = f"inclusion proof of entry {index} in size {size}"
    if not 0 <= index < size:
        raise NotVerified("there is no such entry in a tree of that size", where)
    _check_hashes([leaf, *proof, root], where)
    node, last, hash_ = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise NotVerified(f"has {len(proof)} hashes, more than lead to the root", where)
        if node & 1 or node == last:
            hash_ = node_hash(sibling, hash_)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            hash_ = node_hash(hash_, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise NotVerified(f"has {len(proof)} hashes, too few to lead to the root", where)
    if hash_ != root:
        raise NotVerified("does not lead to the root", where)


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raise NotVerified unless the proof shows the tree of size `old` to be the beginning of that of size `new`."""
    where = f"consistency proof from size {old} to size {new}"
    if not 0 < old <= new:
        raise NotVerified("proves nothing for such sizes", where)
    if old == new:
        if proof or old_root != new_root:
            raise NotVerified("two heads of one size differ, or a proof stands where none is needed", where)
        return
    _check_hashes([*proof, old_root, new_root], where)
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not proof:
        raise NotVerified("is empty", where)
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            raise NotVerified("has more hashes than lead to the root", where)
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise NotVerified("has too few hashes to lead to the root", where)
    if first != old_root or second != new_root:
        raise NotVerified("does not lead to both roots", where)


def _split(width: int) -> int:
    """The largest power of two below `width`, which is at least 2."""
    return 1 << ((width - 1).bit_length() - 1)


def _range_root(start: int, stop: int, subtree: Subtree) -> bytes:
    return _joined([subtree(level, number) for level, number in complete_subtrees(start, stop)])


def _joined(hashes: Sequence[bytes]) -> bytes:
    """The root over a row of complete subtrees of falling size."""
    result = hashes[-1]
    for left in reversed(hashes[:-1]):
        result = node_hash(left, result)
    return result


def _check_hashes(hashes: Iterable[bytes], where: str) -> None:
    if any(len(hash_) != HASH_BYTES for hash_ in hashes):
        raise NotVerified(f"has a hash that is not {HASH_BYTES} bytes long", where)
