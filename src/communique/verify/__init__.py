"""Verify: is this record true? For strangers; plain Python, `cryptography`, and an hour of reading.

`report.py` says what an answer looks like. `record.py` checks a whole record in the order in which trust grows: with
`log.py`, who signed the head, whether tiles and bundles lead to it and the entries follow each other; with
`editions.py`, whether the editions are those that the entries commit to. `saved.py` checks one saved edition with its
proof. `address.py` reads a record from another machine. That is the hour.

`site/` holds the pages of a site against its record, and has its own beginning; nothing here needs it.
"""
