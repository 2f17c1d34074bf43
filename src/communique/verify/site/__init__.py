"""Site: do the pages of a site say what its record says? `pages.py` lists what is checked, in the words of findings.

All of it is worked out from the record apart from the press. `standing.py` says what stands at a size; `message.py`,
with `sheet.py`, `head.py`, `notes.py`, `blocks.py` and `page_head.py`, what a message's page must be; `around.py` with
`contacts.py` what surrounds it; `rows.py` and `others.py` what lists, feeds and other pages say; `files.py` what else
may lie there; `foreign.py` what may run. `wording.py` with `names.py` knows the press's own words. `markup.py` reads a
page strictly, `expected.py` compares, `places.py` is a folder or an address.
"""
