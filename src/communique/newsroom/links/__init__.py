"""One-person links: what somebody outside the desk may read, until when, and what he said of it.

A link is for one named person. Whoever holds its address reads what it is for and nothing else, without signing in:

    preview      this draft, as readers will see it
    clearance    the same, to comment on and to say "cleared from my side": facts for the clearer, never the clearance
    review       the same, for a speaker whose words they are
    embargo      the frozen editions of a release, before its instant

Of its 165 random bits only a hash is kept. `finding.py` says which tokens lead where, `copy.py` makes the page,
`outside.py` answers, `giving.py` gives and revokes, `embargo.py` follows a release and tells those who have it.
"""
