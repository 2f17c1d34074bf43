"""The press: from the record alone to public files.

`catalogue.py` remembers what the entries so far have placed where; `sheet.py` names what can be baked; `setter.py` sets
one sheet; `follower.py` keeps the public folder in step with the record. `pages.py`, the templates and the assets are
how it looks; `server.py` serves the folder. The press never reads a draft.
"""
