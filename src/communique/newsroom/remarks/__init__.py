"""What is said of a turn before it is public: by clearers who read it, and by people outside who were asked.

A remark is of one turn, or of one paragraph where a text has no turns, as it read then: it keeps a hash of those words.
Once they read otherwise the remark is old and what it said of the turn no longer holds, as a translation goes stale. A
clearer says of a turn besides whether it is in order or to be mended; a writer says that a remark is dealt with, and
then the turn is looked at again.

Wagtail's comments are what writers tell each other while they write (`docs/decisions/0018`). `models.py` is the table,
`places.py` what of a text can be spoken of, `talk.py` what was said and what of it holds, `keeping.py` keeps what a
clearer marks.
"""
