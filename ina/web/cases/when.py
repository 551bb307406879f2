"""Fields that only some choices need: shown for the chosen one where the browser can, all of them else. No script.

Each such field carries the codes that need it as classes (``ina-when--CODE``); ``ina.css`` hides it while another
choice is made. A field with an error always shows.
"""

from __future__ import annotations

from django import forms


class WhenForm(forms.Form):
    """``when``: name of a field → codes of the choice that need it; fields that are not named always show."""

    template_name = "cases/when_fields.html"
    when: dict[str, list[str]] = {}

    @property
    def lines(self) -> list[tuple[forms.BoundField, str]]:
        return [(bound, self._classes(bound.name)) for bound in self.visible_fields()]

    def _classes(self, name: str) -> str:
        if name not in self.when or name in self.errors:
            return ""
        return " ".join(("ina-when", *(f"ina-when--{code}" for code in self.when[name])))
