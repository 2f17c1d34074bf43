"""The showroom: the Embassy of Orsemund in Ostrevell, an office that was never anywhere.

Everything a visitor of the demo reads stands here as plain files that can be edited by hand:

    furniture.toml   what surrounds the messages: office, sections, clocks, counters, contacts, persons, agenda …
    messages/        one file a message, all its languages and editions side by side (`script.py` has the format)
    desk_day.toml    what lies on the newsroom's desk, which nobody outside sees (`desk_day.py`)
    captures/        the page of the older site from which one message was imported
    pictures/        linocuts as SVG with their WebP renditions, the arms, and the program that draws them

`script.steps()` turns them into steps in the order of time; whoever loads the demo seals and publishes each step with
a clock that stands at its instant. Nothing here takes the time or a random number of its own: dates are fixed, ids
follow from names (`ids.py`).
"""

from communique.demo.script import Entry, Step, steps

__all__ = ["Entry", "Step", "steps"]
