"""Who may come: the entry criteria of an offer, one by one; first what is asked about, then what for."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.base import clock
from ina.network import operations, policies, queries
from ina.network.rules.entitlement import FACTS, GREATEST, FactKind, Op
from ina.web.shell.several import Guide, several

SEVERAL = (Op.ONE_OF, Op.NONE_OF)


class CriterionForm(forms.Form):
    """One criterion about one fact. Numbers are typed, words are chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    op = forms.ChoiceField(label="Vergleich", widget=forms.RadioSelect)
    because = forms.CharField(
        label="worauf das beruht", max_length=200, help_text="zum Beispiel: so vereinbart, Satzung"
    )

    def __init__(self, *arguments, kind: FactKind, words: dict[str, str], **options):
        super().__init__(*arguments, **options)
        self.kind = kind
        ops = [op for op in Op if op in kind.ops]
        self.fields["op"].choices = [(op.value, "eines von" if op is Op.ONE_OF else op.label) for op in ops]
        if kind.numeric:
            self.fields["value"] = forms.IntegerField(label=kind.unit, min_value=0, max_value=GREATEST)
        else:
            self.fields["value"] = forms.MultipleChoiceField(
                label=kind.label,
                choices=list(words.items()),
                widget=forms.CheckboxSelectMultiple,
                help_text="bei „mindestens“ und „höchstens“ genau eines" if kind.ordered else "",
                error_messages={"required": "Bitte wählen Sie."},
            )
        self.order_fields(["version", "op", "value", "because"])

    def clean(self):
        entered = self.cleaned_data
        op, value = entered.get("op"), entered.get("value")
        if not op or value is None or self.kind.numeric:
            return
        if Op(op) not in SEVERAL:
            if len(value) != 1:
                self.add_error("value", "Bei diesem Vergleich wählen Sie bitte genau eines.")
            else:
                entered["value"] = value[0]


class RemoveForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    places = forms.TypedMultipleChoiceField(label="entfernen", coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *arguments, rows, **options):
        super().__init__(*arguments, **options)
        self.fields["places"].choices = [(place, row["because"]) for place, row in enumerate(rows)]


def offer_criteria(request: HttpRequest, offer_number: int) -> HttpResponse:
    """``?merkmal=``: what the new criterion asks about."""
    one = queries.get_offer(offer_number)
    may = policies.may_edit_offer(request.actor, one)
    may.require()
    names, here = queries.names_of_codes(clock.today()), reverse("offer_criteria", args=[offer_number])
    fact = request.GET.get("merkmal", "")
    kind = FACTS.get(fact)
    version = {"version": one.version}

    def add(*, op: str, value: Any, because: str, **entered):
        row = {"fact": fact, "op": op, "value": value, "because": because.strip()}
        return operations.correct_offer(offer_id=one.pk, criteria=[*one.criteria, row], **entered)

    def remove(*, places: list[int], **entered):
        kept = [row for place, row in enumerate(one.criteria) if place not in places]
        return operations.correct_offer(offer_id=one.pk, criteria=kept, **entered)

    guides = {}
    if kind is not None:
        words = dict(kind.labels or names.get(fact, {}))
        guides["add"] = Guide(
            partial(CriterionForm, kind=kind, words=words),
            save=add,
            done=lambda _: (here, "Die Voraussetzung ist eingetragen. Der Eintrag gilt wieder als ungeprüft."),
            may=may,
            initial=lambda: version,
        )
    if one.criteria:
        guides["remove"] = Guide(
            partial(RemoveForm, rows=one.criteria),
            save=remove,
            done=lambda _: (here, "Entfernt. Der Eintrag gilt wieder als ungeprüft."),
            may=may,
            initial=lambda: version,
        )
    return several(
        request,
        "network/offer_criteria.html",
        guides,
        {
            "one": one,
            "rows": [told(row, names) for row in one.criteria],
            "facts": [(key, each.label) for key, each in FACTS.items()],
            "fact": fact,
            "kind": kind,
            "section": "offer_list",
        },
    )


def told(row: dict, names: dict[str, dict[str, str]]) -> tuple[str, str]:
    """(what is asked, what it rests on), in words."""
    kind, values = FACTS[row["fact"]], row["value"]
    several_of = values if isinstance(values, list) else [values]
    said = ", ".join(kind.told(each, names.get(row["fact"])) for each in several_of)
    return f"{kind.label}: {Op(row['op']).label} {said}".replace("  ", " "), row["because"]
