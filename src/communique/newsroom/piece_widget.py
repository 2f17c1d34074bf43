"""The form of a piece of furniture as a Django widget: one textarea of JSON, before which the script draws the fields.

    class PieceForm(forms.Form):
        content = forms.JSONField(widget=PieceWidget())

    form.fields["content"].widget.office = office      an OfficeNow, once for each form, before it is shown
    form.fields["content"].widget.faults = wrong.faults      of a WrongPiece: sentences at their fields

The value on both sides is the JSON of open content, a draft's with its gaps. Without the script the textarea itself is
shown. What a person typed comes back as she left it, whatever was wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.forms.widgets import Media, Script, Textarea

from communique.edition.furniture import PIECES
from communique.newsroom.pieces import OfficeNow, content_of, form_of, typed

NO_OFFICE = OfficeNow(languages=["en"], zone="UTC", today=date(1970, 1, 1))


class PieceWidget(Textarea):
    """Open content of one piece, as fields."""

    template_name = "newsroom/piece_widget.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None, office: OfficeNow = NO_OFFICE, sort: str = "") -> None:
        super().__init__({"rows": 12, "dir": "ltr", **(attrs or {})})
        self.office = office
        self.sort = sort
        """what the piece has to be, whatever is sent; empty: what the content says"""
        self.faults: Sequence[tuple[str, str]] = ()

    def format_value(self, value: Any) -> str:
        """Content, or its JSON, as the JSON that the script edits. JSON that is none is shown as it is."""
        content = _read(value)
        if content is None or content.get("piece") not in PIECES:
            return value if isinstance(value, str) else json.dumps(value)
        return json.dumps(typed(content), ensure_ascii=False)

    def get_context(self, name: str, value: Any, attrs: Mapping[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        sort = self.sort or str((_read(value) or {}).get("piece", ""))
        form = form_of(sort, self.office) if sort in PIECES else None
        context["form"] = form and {**form, "faults": [list(fault) for fault in self.faults]}
        context["form_id"] = f"{context['widget']['attrs'].get('id') or name}-form"
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The JSON of the content that was typed."""
        sent = super().value_from_datadict(data, files, name)
        content = _read(sent)
        sort = self.sort or (content or {}).get("piece")
        if content is None or sort not in PIECES:
            return sent
        return json.dumps(content_of(content, sort), ensure_ascii=False)

    @property
    def media(self) -> Media:
        return Media(css={"all": ["newsroom/piece/piece.css"]}, js=[Script("newsroom/piece/piece.js", type="module")])


def _read(value: Any) -> dict[str, Any] | None:
    """Content from itself or from JSON; None where it is neither."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return dict(value) if isinstance(value, Mapping) else None
