"""What the room of imports says of a file, told again in the language of the desk.

    >>> retold(fault.what)                # in French: 'le fichier est vide'

The patterns are in the desk's catalogues (`ground/speak.py` gathers them there, too). Numbers are written and words are
quoted as the language does; a name of a file keeps its own direction inside an Arabic sentence.
"""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from communique.importing.errors import ImportingError
from communique.importing.sentence import Sentence, Value

ISOLATE, END = "\u2068", "\u2069"


def refusal(error: ImportingError) -> str:
    """Where something is wrong, what, and what to do."""
    where, what, remedy = (retold(said) for said in (error.where, error.what, error.remedy))
    return _("%(where)s: %(what)s. What to do: %(remedy)s.") % {"where": where, "what": what, "remedy": remedy}


def retold(said: Value) -> str:
    """A sentence in the language of the desk; words that are no sentence of ours stay as they are."""
    if isinstance(said, int):
        return str(number_format(said, force_grouping=True))
    if isinstance(said, tuple):
        return _(", ").join(_("“%(words)s”") % {"words": words} for words in said)
    if not isinstance(said, Sentence):
        return f"{ISOLATE}{said}{END}" if get_language_bidi() else said
    count = said.values.get("count")
    pattern = ngettext(said.pattern, said.many, count) if isinstance(count, int) else _(said.pattern)
    return pattern.format(**{name: retold(value) for name, value in said.values.items()})
