"""Zugang melden: one person is proposed, without a list. Before a file is opened, similar files are shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ina.accounts.enums import Role
from ina.base import clock
from ina.base.errors import Invalid
from ina.cases import policies
from ina.cases.enums import HypothesisKind
from ina.cases.operations.referrals import Person, refer_person
from ina.cases.queries import Alike, find_alike
from ina.institutions.enums import Kind
from ina.institutions.queries import get_institution, institution_choices
from ina.reference.queries import code_choices, code_labels
from ina.web.cases.places import own_place
from ina.web.shell.fields import words
from ina.web.shell.forms import TODAY, GermanDateField, field, says_something
from ina.web.shell.pages import guided

# What is known of the person, as ``Person`` takes it; the rest of the form is about the referral.
PERSON = (
    "surname", "given_name", "birth_name", "aliases", "born_on", "sex", "birth_place", "nationality", "language",
    "needs_interpreter", "booking_number", "department", "custody_kind", "custody_since", "release_on", "release_kind",
    "release_source", "residence_postcode", "residence_town",
)  # fmt: skip
# The choice below the list of similar files.
MAYBE_KNOWN = "Vielleicht gibt es schon eine Akte dieser Person. Bitte vergleichen Sie, bevor Sie anlegen."
ALIKE, ANYWAY, AND_ASK = "aehnlich", "anlegen", "anfragen"


@dataclass(frozen=True)
class Part:
    """Fields under one heading; ``more`` is folded away until it is ``unfolded``."""

    title: str
    first: list[forms.BoundField]
    more: list[forms.BoundField]
    unfolded: bool


class ReferralForm(forms.Form):
    """What can be known of somebody in custody; only one name, prison and origin must be."""

    template_name = "cases/case_new_fields.html"
    surname = field("cases.Participant.surname", help_text="Ist nur ein Name bekannt, genügt er.")
    given_name = field("cases.Participant.given_name")
    birth_name = field("cases.Participant.birth_name")
    aliases = forms.CharField(
        label="weitere Namen", max_length=500, required=False, help_text="andere Schreibweisen, mit Semikolon getrennt"
    )
    born_on = GermanDateField(label="geboren am", latest=TODAY, required=False)
    sex = field("cases.Participant.sex", required=False)
    birth_place = field("cases.Participant.birth_place")
    nationality = field("cases.Participant.nationality")
    language = forms.ChoiceField(label="Sprache für Gespräche")
    needs_interpreter = field("cases.Participant.needs_interpreter", required=False)
    prison = forms.ChoiceField(label="Anstalt")
    booking_number = field("cases.CustodyPeriod.booking_number")
    department = field("cases.CustodyPeriod.department")
    custody_kind = forms.ChoiceField(label="Haftart", required=False)
    custody_since = GermanDateField(label="in dieser Anstalt seit", latest=TODAY, required=False)
    release_on = GermanDateField(label="voraussichtliche Entlassung", required=False, earliest=TODAY)
    release_kind = forms.ChoiceField(
        label="Art dieses Datums",
        choices=[(kind.value, kind.label) for kind in HypothesisKind],
        initial=HypothesisKind.SENTENCE_END,
        required=False,
    )
    release_source = forms.CharField(label="Quelle dieses Datums", max_length=120, required=False)
    residence_postcode = field(
        "cases.Participant.residence_postcode", help_text="der künftige Wohnort, nicht die Anstalt"
    )
    residence_town = field("cases.Participant.residence_town")
    referred_on = GermanDateField(
        label="gemeldet am", latest=TODAY, earliest=timedelta(days=-3650), help_text="auch ein früherer Tag: „−2“"
    )
    source = forms.ChoiceField(label="Zugang über")
    referred_by = field("cases.ReferralSheet.referred_by", help_text="Name und Telefon")
    reason = words("Anlass der Meldung", rows=2)
    wish = words("Wunsch der Person, in ihren Worten", rows=2)
    remark = words("Bemerkung", rows=2)

    # Heading, what stands there at once, what is folded away below it.
    groups = (
        (
            "Person",
            ("surname", "given_name", "born_on", "sex"),
            ("birth_name", "aliases", "birth_place", "nationality", "language", "needs_interpreter"),
        ),
        (
            "Haft und Entlassung",
            ("prison", "booking_number", "release_on", "release_kind"),
            (
                *("release_source", "department", "custody_kind", "custody_since"),
                *("residence_postcode", "residence_town"),
            ),
        ),
        ("Meldung", ("referred_on", "source", "wish"), ("referred_by", "reason", "remark")),
    )

    def __init__(self, *arguments, prisons, **options):
        super().__init__(*arguments, **options)
        today = clock.today()
        self.fields["prison"].choices = prisons
        self.fields["source"].choices = code_choices("referral_sources", on=today)
        self.fields["language"].choices = code_choices("languages", on=today)
        for name in ("surname", "given_name"):
            # Neither must be known, but one of them must.
            self.fields[name].asked_for = True
        kinds = code_labels("custody_kinds", on=today).values()
        self.fields["custody_kind"].choices = [("", "nicht bekannt"), *((kind, kind) for kind in kinds)]

    @property
    def compares(self) -> bool:
        """Similar files were found and stand below."""
        return MAYBE_KNOWN in self.non_field_errors()

    @property
    def parts(self) -> list[Part]:
        """The fields under their headings."""
        return [
            Part(title, [self[name] for name in names], more := [self[name] for name in rest], _unfolded(more))
            for title, names, rest in self.groups
        ]

    def clean(self):
        given = self.cleaned_data
        if not given.get("surname") and not given.get("given_name") and not self.errors:
            self.add_error("surname", "Ein Name muss bekannt sein: Familienname oder Vorname.")


def case_new(request: HttpRequest) -> HttpResponse:
    policies.may_refer_person(request.actor).require()
    found: list[Alike] = []
    return guided(
        request,
        "cases/case_new.html",
        partial(ReferralForm, prisons=_prisons(request)),
        save=partial(_refer, request, found),
        done=partial(_led, request),
        initial=partial(_initial, request),
        context={
            "alike": found,
            "alike_note": "",
            "own_only": _own_only(request),
            "choice": {"name": ALIKE, "anyway": ANYWAY, "ask": AND_ASK},
        },
        draft="zugang",
    )


def _unfolded(fields: list[forms.BoundField]) -> bool:
    """Somebody has entered more than what every referral says."""
    return says_something([bound for bound in fields if bound.errors or bound.value() != bound.initial])


def _own_only(request: HttpRequest) -> bool:
    """The prison's social service proposes people of its own prison."""
    return request.actor.role == Role.PRISON_SOCIAL


def _prisons(request: HttpRequest) -> list[tuple[str, str]]:
    choices = institution_choices(Kind.PRISON, on=clock.today())
    return [choice for choice in choices if choice[0] == own_place(request)] if _own_only(request) else choices


def _initial(request: HttpRequest) -> dict:
    return {
        "prison": own_place(request),
        "referred_on": clock.today(),
        "source": "SOCIAL_SERVICE",
        "language": "de",
        "sex": "u",
    }


def _refer(request: HttpRequest, found: list[Alike], *, actor, now, **entered):
    person = Person(**{name: entered[name] for name in PERSON if entered[name]})
    if person.release_on and not person.release_source:
        person = Person(**{**vars(person), "release_source": "Zugangsmeldung"})
    if request.POST.get(ALIKE) not in (ANYWAY, AND_ASK):
        found += _similar(actor, person, now)
        if found:
            raise Invalid(MAYBE_KNOWN)
    return refer_person(
        actor=actor,
        now=now,
        person=person,
        prison_id=get_institution(entered["prison"]).pk,
        **{name: entered[name] for name in ("referred_on", "source", "referred_by", "reason", "wish", "remark")},
    )


def _similar(actor, person: Person, now) -> list[Alike]:
    """Too little known to compare, or too many questions in an hour: neither keeps anybody from being proposed."""
    try:
        return find_alike(actor, person, now)
    except Invalid:
        return []


def _led(request: HttpRequest, case) -> tuple[str, str]:
    number = case.dossier.number
    said = f"Zugang gemeldet.\nDie Akte hat das Zeichen {number}."
    if request.POST.get(ALIKE) == AND_ASK:
        return reverse("same_person", args=[number]), f"{said} Hier fragen Sie nach der anderen Akte."
    return reverse("file", args=[number]), said
