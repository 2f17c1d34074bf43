"""The record: an office's public log, signed, to which entries are only added.

The plain part needs `cryptography` and nothing else, and can be read in this order: `entry.py` (what is logged),
`tree.py` (RFC 6962), `tile.py` (how the tree lies in files), `note.py` and `checkpoint.py` (who signed which head),
`policy.py` (whom to believe), `proof.py` (one entry, provable offline), `reader.py` and `reader_folder.py` (reading it
all back). Formats are those of C2SP (repository C2SP/C2SP, read at commit 5ba5ee8), so foreign tools read them too.
Django is needed only by `models.py` and `publishing.py`, the newsroom's side of appending.
"""
