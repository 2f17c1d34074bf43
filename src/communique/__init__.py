"""Communiqué: a publishing system for official communications.

The rooms and which knows which stand in `docs/house.md`; a stranger who only checks records needs
`communique.edition`, the plain part of `communique.record` and `communique.verify`.
"""

__version__ = "0.1.0"
