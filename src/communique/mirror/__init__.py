"""Mirror: what strangers keep of an office's record, so that nobody can change it behind their backs.

`log_copy.py` follows a log and never goes back: tiles, bundles and heads, each verified before it counts. `copying.py`
adds editions and files, and obeys tombstones: that is a mirror. `monitor.py` follows many offices and says what is
wrong. `witness.py` signs heads that continue what it signed before. `web.py` reads other machines politely. All of it
is plain Python and `cryptography`; clock and network are passed in.
"""
