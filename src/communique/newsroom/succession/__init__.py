"""Change of office-holder: one role, one day, two persons, released together; no published text is touched."""
