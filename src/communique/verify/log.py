"""The log itself: is the head signed, do tiles and bundles lead to it, do the entries follow each other?

The checks `signature`, `tiles`, `bundles` and `entries` of `record.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from communique.edition.canonical import parse_canonical
from communique.edition.errors import EditionError
from communique.record.checkpoint import Checkpoint, verify_checkpoint
from communique.record.entry import ENTRY_LIMIT_BYTES, KINDS, VERSION, Entry, parse_entry
from communique.record.errors import Missing, NotOfFormat, NotVerified
from communique.record.note import VerifierKey, parse_verifier_key
from communique.record.policy import Policy, parse_policy
from communique.record.reader import FileReader
from communique.record.tile import ENTRIES, HEIGHT, WIDTH, Tile, parse_tile_path, tiles_at
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
        found.fault("signature", f"is {own.text}, not the key given, {given.text}", "log.vkey", ASK)
    return given or own


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
    """Hold bundles, tiles and the signed root against each other; give the entries that can be read."""
    bundles = [_bundle(tile, reader, found) for tile in tiles_at(head.size) if tile.level == ENTRIES]
    check_root(head, head, reader, found)
    if None not in bundles:
        leaves = [leaf_hash(data) for bundle in bundles for data in bundle or []]
        if compact_range_of(leaves).root() != head.root:
            found.fault("tiles", "the entries do not hash to the signed root", "checkpoint", ASK)
        _check_tiles(leaves, reader, paths, found)
    entries = []
    for number, bundle in enumerate(bundles):
        for index, data in enumerate(bundle or [], number * WIDTH):
            try:
                entries.append(parse_entry(data, index))
            except NotOfFormat as error:
                found.error("entries", error)
    return entries


def check_root(known: Checkpoint, head: Checkpoint, reader: FileReader, found: Findings) -> None:
    """Whether the hash tiles at `head` lead to the root of a checkpoint that is not newer."""
    try:
        root = tree_root(known.size, reader.subtree(head.size))
    except (Missing, NotOfFormat) as error:
        found.error("tiles", error)
        return
    if root != known.root:
        found.fault("tiles", f"the hash tiles do not lead to the root signed for size {known.size}", "checkpoint", ASK)


def check_chain(entries: list[Entry], origin: str, found: Findings) -> None:
    """Whether each entry is of this log, not older than the one above it, and the next edition of its `id`."""
    last: dict[str, Entry] = {}
    for number, entry in enumerate(entries):
        above = entries[number - 1] if number else None
        where = f"entry {entry.index} ({entry.id}, edition {entry.seq})"
        for what in (*_wrong_place(entry, above, last.get(entry.id), origin), *_wrong_form(entry)):
            found.fault("entries", what, where, ASK)
        if entry.v != VERSION or entry.kind not in KINDS:
            found.note(f"{where} is of version {entry.v} and kind {entry.kind}, which this program does not know")
        last[entry.id] = entry
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


def _bundle(tile: Tile, reader: FileReader, found: Findings) -> list[bytes] | None:
    try:
        bundle = reader.bundle(tile)
    except (NotOfFormat, Missing) as error:
        found.error("bundles", error)
        return None
    found.count("bundles")
    return bundle


def _check_tiles(leaves: list[bytes], reader: FileReader, paths: list[str], found: Findings) -> None:
    """Every tile that must be there, and every older partial one that still is, against the entries' hashes."""
    rows = [leaves]
    while len(rows[-1]) >= WIDTH:
        full = range(len(rows[-1]) // WIDTH)
        rows.append([compact_range_of(rows[-1][n * WIDTH : (n + 1) * WIDTH]).root() for n in full])
    due = tiles_at(len(leaves))
    older = {parse_tile_path(path) for path in paths if is_tile_of(path, len(leaves))}.difference(due)
    for tile in (*due, *sorted(older)):
        hashes = rows[max(tile.level, 0)][tile.start : tile.start + tile.width]
        if tile.level == ENTRIES:
            bundle = _bundle(tile, reader, found) if tile in older else None
            if bundle is not None and [leaf_hash(data) for data in bundle] != hashes:
                found.fault("bundles", "holds other entries than the newest bundle", tile.path, COPY_AGAIN)
            continue
        try:
            data = reader.tile(tile)
        except Missing as error:
            found.error("tiles", error)
            continue
        found.count("tiles")
        if data != b"".join(hashes):
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
