"""Importing: a page of another site, understood.

`sources.py` finds what is to be read (files, folders, web archives, addresses), `capture.py` turns bytes into numbered
lines, `page.py` understands them, `record_json.py` says it as a plain record, and `contents.py` as drafts of editions.
The rules know the craft of such pages, and no page or institution by name. Nothing here knows a
database, a clock or chance, and sizes, depths and times are bounded.
"""
