"""Lists of places and occasions: which there may be, and that each is called what an edition of the record prints.

Their addresses are made of words. When the law takes the last of these, nothing may lie there, and nothing lead there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.verify.site.expected import shortened
from communique.verify.site.markup import Element
from communique.verify.site.standing import Standing

_NAMED = re.compile(r"/[a-z0-9-]+/by/(?:place|occasion)/[a-z0-9-]+/")


def occasion_faults(main: Element, standing: Standing) -> Iterator[str]:
    """Links to places and occasions that no edition has, or not by these words."""
    for one in main.find("a"):
        target = one.attributes.get("href") or ""
        if not _NAMED.fullmatch(target) or target.split("/")[4].isdigit():
            continue
        known = standing.occasions.get(target, set())
        if not known:
            yield f"a link “{shortened(one.text)}” leads to {target}, of which no edition knows"
        elif one.text not in known:
            yield f"a link to {target} says “{shortened(one.text)}”, which no edition prints there"
