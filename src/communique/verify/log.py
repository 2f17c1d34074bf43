"""The log itself: is the head signed, do tiles and bundles lead to it, do the entries follow each other?

The checks `signature`, `tiles`, `bundles` and `entries` of `record.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from communique.edition.canonical import parse_canonical
from communique.edition.errors import EditionError
from communique.record.checkpoint import Checkpoint, verify_checkpoint
from communique.record.entry import ENTRY_LIMIT_BYTES, KINDS, VERSION, Entry, parse_entry
from communique.record.errors import Missing, NotOfFormat, NotVerified
from communique.record.note import VerifierKey, parse_verifier_key
from communique.record.policy import Policy, parse_policy
from communique.record.reader import FileReader
from communique.record.succession import first_key, follow, read_root, read_statements, verify_root
from communique.record.tile import ENTRIES, HEIGHT, WIDTH, Tile, parse_tile_path, split_tile, tiles_at
from communique.record.tree import compact_range_of, leaf_hash, tree_root
from communique.verify.report import ASK, COPY_AGAIN, Findings


def key_of(reader: FileReader, given: VerifierKey | None, found: Findings) -> VerifierKey | None:
    """The key to check under: the one given, else the record's own `log.vkey`, said to be no more than that."""
    try:
        own = parse_verifier_key(reader.read("log.vkey").decode("utf-8", "replace"), "log.vkey")
    except (NotOfFormat, Missing) as error:
        found.error("signature", error)
        return given
    if given is None:
        found.note(f"the key is the record's own log.vkey, for which nobody else answers: {own.text}")
    elif own != given:
        if _leads(given, own, reader, found):
            found.note(f"the key given was rotated; {own.text} signs now, as both keys say")
            return own
        found.fault("signature", f"is {own.text}, not the key given, {given.text}", "log.vkey", ASK)
    return given or own


def check_standing(head: Checkpoint, key: VerifierKey, reader: FileReader, found: Findings) -> None:
    """Whether the statements about keys hold, and the head is none that was made after the log was closed."""
    try:
        statements, root = read_statements(reader), read_root(reader)
        first = first_key(key, statements)
        if root:
            verify_root(root, first)
        standing = follow(first, statements, root)
        if standing.closing:
            found.note(f"the log was closed at {standing.closing.size} entries; {standing.closing.new.text} follows it")
        if statements:
            standing.verify(head)
    except (NotOfFormat, NotVerified) as error:
        found.error("signature", error)


def _leads(given: VerifierKey, own: VerifierKey, reader: FileReader, found: Findings) -> bool:
    """Whether rotations that both keys signed lead from the key given to the record's own."""
    try:
        rotations = [one for one in read_statements(reader) if not one.is_closing]
        return follow(given, rotations).key == own
    except (NotOfFormat, NotVerified) as error:
        found.error("signature", error)
        return False


def check_signature(head: Checkpoint, key: VerifierKey, reader: FileReader, found: Findings) -> tuple[str, ...]:
    """Whether the key signed the head; the names of the witnesses of the record's own policy who cosigned it."""
    policy = _policy(reader, found)
    if policy and key not in [log.key for log in policy.logs]:
        found.fault("signature", f"does not name the log's key {key.text}", "policy", ASK)
    try:
        verified = verify_checkpoint(head, key, tuple(one.key for one in policy.witnesses) if policy else ())
    except NotVerified as error:
        found.error("signature", error)
        return ()
    return tuple(one.key.name for one in verified.witnesses)


def check_tree(head: Checkpoint, reader: FileReader, paths: list[str], found: Findings) -> list[Entry]:
    """Hold bundles, tiles and the signed root against each other; give the entries that can be read.

    Leaf hashes that lead to the signed root are true, be they of tiles or of bundles; all else is held against them.
    """
    due = tiles_at(head.size)
    bundles = {tile: _bundle(tile, reader, found) for tile in due if tile.level == ENTRIES}
    of_tiles = [_tile(tile, reader, found) for tile in due if tile.level == 0]
    leaves = [hash_ for hashes in of_tiles for hash_ in hashes]
    if compact_range_of(leaves).root() != head.root:
        leaves = [leaf_hash(data) for bundle in bundles.values() for data in bundle]
    if compact_range_of(leaves).root() == head.root and len(leaves) == head.size:
        older = {parse_tile_path(path) for path in paths if is_tile_of(path, head.size)}.difference(due)
        _check_bundles(bundles | {tile: _bundle(tile, reader, found) for tile in older}, leaves, found)
        _check_tiles([*due, *sorted(older)], leaves, reader, found)
    else:
        found.fault("tiles", "neither hash tiles nor entries lead to the signed root", "checkpoint", ASK)
    entries = []
    for tile, bundle in bundles.items():
        for index, data in enumerate(bundle, tile.start):
            try:
                entries.append(parse_entry(data, index))
            except NotOfFormat as error:
                found.error("entries", error)
    return entries


def check_older(older: Checkpoint, head: Checkpoint, reader: FileReader, found: Findings) -> None:
    """Whether the tree of `head`, whose tiles were checked, contains that of an older checkpoint."""
    try:
        root = tree_root(older.size, reader.subtree(head.size))
    except (Missing, NotOfFormat) as error:
        found.error("tiles", error)
        return
    if root != older.root:
        found.fault("tiles", f"does not contain the tree that was signed at size {older.size}", "checkpoint", ASK)


def check_chain(entries: Iterable[Entry], origin: str, found: Findings, before: Sequence[Entry] = ()) -> None:
    """Whether each entry is of this log, not older than the one above it, and the next edition of its `id`.

    `before` are the entries that stand before them, checked at another time.
    """
    last = {entry.id: entry for entry in before}
    above = before[-1] if before else None
    for entry in entries:
        where = f"entry {entry.index} ({entry.id}, edition {entry.seq})"
        for what in (*_wrong_place(entry, above, last.get(entry.id), origin), *_wrong_form(entry)):
            found.fault("entries", what, where, ASK)
        if entry.v != VERSION or entry.kind not in KINDS:
            found.note(f"{where} is of version {entry.v} and kind {entry.kind}, which this program does not know")
        last[entry.id] = above = entry
        found.count("entries")


def is_tile_of(path: str, size: int) -> bool:
    """Whether a log of this size has, or once had, a tile at this path."""
    try:
        tile = parse_tile_path(path)
    except NotOfFormat:
        return False
    return tile.start + tile.width <= size >> (HEIGHT * max(tile.level, 0))


def _policy(reader: FileReader, found: Findings) -> Policy | None:
    try:
        return parse_policy(reader.read("policy"))
    except Missing:
        return None  # a record without witnesses needs none
    except NotOfFormat as error:
        found.error("signature", error)
        return None


def _bundle(tile: Tile, reader: FileReader, found: Findings) -> list[bytes]:
    """The entries of a bundle; none of a tile of hashes, or of a bundle that cannot be read."""
    try:
        return reader.bundle(tile) if tile.level == ENTRIES else []
    except (NotOfFormat, Missing) as error:
        found.error("bundles", error)
        return []


def _tile(tile: Tile, reader: FileReader, found: Findings) -> list[bytes]:
    """The hashes of a tile; none of one that cannot be read."""
    try:
        return split_tile(tile, reader.tile(tile))
    except (NotOfFormat, Missing) as error:
        found.error("tiles", error)
        return []


def _check_bundles(bundles: dict[Tile, list[bytes]], leaves: list[bytes], found: Findings) -> None:
    for tile, bundle in bundles.items():
        found.count("bundles", 1 if bundle else 0)
        for index, data in enumerate(bundle, tile.start):
            if leaf_hash(data) != leaves[index]:
                found.fault("bundles", f"entry {index} in it is not the one that was signed", tile.path, COPY_AGAIN)


def _check_tiles(tiles: list[Tile], leaves: list[bytes], reader: FileReader, found: Findings) -> None:
    rows = [leaves]
    while len(rows[-1]) >= WIDTH:
        full = range(len(rows[-1]) // WIDTH)
        rows.append([compact_range_of(rows[-1][n * WIDTH : (n + 1) * WIDTH]).root() for n in full])
    for tile in tiles:
        if tile.level == ENTRIES:
            continue
        hashes = _tile(tile, reader, found)
        found.count("tiles", 1 if hashes else 0)
        if hashes and hashes != rows[tile.level][tile.start : tile.start + tile.width]:
            found.fault("tiles", "does not hold the hashes of the entries it stands for", tile.path, COPY_AGAIN)


def _wrong_place(entry: Entry, above: Entry | None, last: Entry | None, origin: str) -> Iterator[str]:
    if entry.log != origin:
        yield f"`log` is {entry.log}, so it was made for another log than {origin}"
    if above is not None and entry.at < above.at:
        yield f"`at` is {entry.at}, before {above.at} of the entry above it"
    due = last.seq + 1 if last else 1
    if entry.seq != due:
        yield f"`seq` is {entry.seq} and should be {due}: an edition is left out or stands twice"
    before = last.leaf.hex() if last else None
    if entry.prev != before:
        yield f"`prev` is {entry.prev or 'missing'}, and the leaf hash of the edition before is {before or 'none'}"


def _wrong_form(entry: Entry) -> Iterator[str]:
    """What version 1 does not allow. Later versions may."""
    if entry.v != VERSION:
        return
    if len(entry.data) > ENTRY_LIMIT_BYTES:
        yield f"has {len(entry.data)} bytes, more than {ENTRY_LIMIT_BYTES}"
    if (entry.dated is not None) != (entry.kind == "import"):
        yield f"`dated` is {entry.dated or 'missing'}; it stands always and only with `import`"
    if (entry.src is not None) != (entry.kind == "republish"):
        yield f"`src` is {entry.src or 'missing'}; it stands always and only with `republish`"
    try:
        parse_canonical(entry.data, "its bytes")
    except EditionError as error:
        yield str(error)
