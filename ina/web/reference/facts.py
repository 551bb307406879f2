"""What the pages of dated facts share: reading an entry by its day, the fields of a new one and of a correction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms

from ina.accounts.queries import actor_names
from ina.base.errors import NotVisible
from ina.reference.queries import Version
from ina.reference.seed import ENTERED_BY
from ina.web.shell.forms import GermanDateField

SOURCE = "Gesetz, Erlass oder Beschluss, zum Beispiel „§\N{NO-BREAK SPACE}42 JVollzDSG NRW“"


def source_field() -> forms.CharField:
    return forms.CharField(label="Quelle", max_length=500, help_text=SOURCE)


def remark_field() -> forms.CharField:
    return forms.CharField(label="Anmerkung", max_length=500, required=False)


class DatedForm(forms.Form):
    """From which day something holds, and where that is written."""

    valid_from = GermanDateField(label="gilt ab", help_text="TT.MM.JJJJ; der vorige Eintrag endet am Tag davor")
    source = source_field()
    remark = remark_field()


class CorrectionForm(forms.Form):
    """A wrong entry is voided and the right one put in its place; ``version`` is the entry that the form showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    valid_from = GermanDateField(label="gilt ab", help_text="TT.MM.JJJJ")
    valid_until = GermanDateField(label="letzter Tag", required=False, help_text="TT.MM.JJJJ; leer: bis auf Weiteres")
    source = source_field()
    remark = remark_field()
    because = forms.CharField(
        label="Grund der Berichtigung",
        max_length=500,
        help_text="Der falsche Eintrag bleibt mit diesem Grund sichtbar.",
    )


@dataclass(frozen=True)
class Told:
    """An entry with the names of those who entered and corrected it."""

    version: Version
    state: str  # mark and word of the state
    word: str
    entered_by: str
    voided_by: str


def told(versions: Iterable[Version], names: dict[str, str], today: date) -> tuple[Told, ...]:
    """``names`` from ``names_in``."""
    return tuple(
        Told(one, *_state(one, today), names[one.entered_by], names[one.voided_by] if one.voided_by else "")
        for one in versions
    )


def names_in(versions: Iterable[Version]) -> dict[str, str]:
    """Names of all who entered or corrected something, in one query."""
    labels = {label for one in versions for label in (one.entered_by, one.voided_by) if label}
    return actor_names(labels) | {ENTERED_BY: "mit dem Programm geliefert"}


def standing_on(versions: Iterable[Version], text: str) -> Version:
    """The entry that holds on the day ``text`` (JJJJ-MM-TT). Raises NotVisible."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotVisible() from error
    for one in versions:
        if not one.voided_at and one.valid_from <= day and (one.valid_until is None or day <= one.valid_until):
            return one
    raise NotVisible()


def require_among(versions: Iterable[Version], entry_id: int) -> None:
    """The entry named by a form belongs to the page. Raises NotVisible."""
    if entry_id not in {one.id for one in versions}:
        raise NotVisible()


def _state(one: Version, today: date) -> tuple[str, str]:
    if one.voided_at:
        return "fail", "berichtigt"
    if one.valid_from > today:
        return "open", "künftig"
    if one.valid_until and one.valid_until < today:
        return "na", "früher"
    return "done", "gilt"
