"""The newsroom: where messages and furniture are written, cleared, scheduled and released; Wagtail, configured.

It is private: it writes no public file and serves no public page. What it makes public goes through the record's one
publishing order (`communique.record.publishing`), and whether something is public is asked of the record, never of
Wagtail's own `live`.
"""
