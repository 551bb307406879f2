"""The forms in which somebody says when a person may be released, and the fields that both pages of dates share."""

from __future__ import annotations

from functools import partial

from django import forms

from ina.cases.enums import HypothesisKind, HypothesisStatus
from ina.web.shell.fields import choose, pick
from ina.web.shell.forms import TODAY, FoldedForm, GermanDateField, field

certainty = partial(pick, HypothesisStatus, radio=True, without=(HypothesisStatus.DROPPED,))


def probability() -> forms.IntegerField:
    return forms.IntegerField(
        label="Wahrscheinlichkeit in Prozent",
        required=False,
        min_value=0,
        max_value=100,
        help_text="leer: nicht bekannt",
        error_messages={
            "min_value": "Die Wahrscheinlichkeit liegt zwischen 0 und 100 Prozent.",
            "max_value": "Die Wahrscheinlichkeit liegt zwischen 0 und 100 Prozent.",
        },
    )


class ClaimsForm(FoldedForm):
    """Base: one of the claims that stand (by their place in the order of entry) may be chosen."""

    def __init__(self, *arguments, claims: dict, **options):
        super().__init__(*arguments, **options)
        self.claims = claims
        listed = [(place, f"{claim}, {HypothesisStatus(claim.status).label}") for place, claim in claims.items()]
        for name in ("claim", "replaces"):
            if name in self.fields:
                self.fields[name].choices = listed if self.fields[name].required else [("", "keinen"), *listed]


class StateForm(ClaimsForm):
    folded = ("probability", "remark", "replaces")
    on = GermanDateField(label="Entlassung am")
    kind = pick(HypothesisKind, "Art")
    status = certainty("Stand")
    source = field("cases.ReleaseDateHypothesis.source", help_text="Vollstreckungsblatt, Beschluss, Auskunft von …")
    asserted_on = GermanDateField(label="mitgeteilt am", latest=TODAY)
    probability = probability()
    remark = field("cases.ReleaseDateHypothesis.remark", required=False)
    replaces = choose(
        "ersetzt den Termin",
        numbered=True,
        required=False,
        empty_value=None,
        help_text="Der ersetzte Termin entfällt, zum Beispiel ein falsch berechnetes Strafende.",
    )


class DecideForm(ClaimsForm):
    folded = ("probability",)
    claim = choose("Termin", numbered=True)
    status = certainty("ist jetzt")
    source = field("cases.ReleaseDateHypothesis.source", help_text="Beschluss, Stellungnahme, Auskunft von …")
    asserted_on = GermanDateField(label="mitgeteilt am", latest=TODAY)
    probability = probability()


class DropForm(ClaimsForm):
    claim = choose("Termin", numbered=True)
    because = forms.CharField(label="Grund", max_length=300, help_text="zum Beispiel: Aussetzung abgelehnt")
