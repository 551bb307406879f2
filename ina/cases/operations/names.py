"""Other names of a person, and a name that changes, with and without the ban on disclosure."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from ina.base.actor import Actor
from ina.base.clock import day_of
from ina.base.errors import Invalid
from ina.base.operation import note, operation
from ina.cases import policies
from ina.cases.enums import AliasKind
from ina.cases.models import Alias, FormerName, Participant
from ina.cases.operations.people import after_renaming
from ina.cases.operations.person_keys import refresh_keys
from ina.cases.rules.likeness import given_words

NAMED = ("surname", "given_name", "birth_name", "sex")


@operation("cases.add_alias", may=policies.may_add_alias, on=Participant)
def add_alias(participant: Participant, *, actor: Actor, kind: str, name: str, now: datetime) -> Alias:
    """Another name by which the person is or was known. The file is found under it from now on."""
    alias = _add(participant.dossier_id, actor, kind, name, now)
    refresh_keys(actor, participant.dossier_id)
    note(kind=str(kind))
    return alias


@operation("cases.void_alias", may=policies.may_void_alias, on=Alias)
def void_alias(alias: Alias, *, actor: Actor, because: str, now: datetime) -> None:
    """The entry was wrong. It stays visible, struck through, and the person is no longer found under it."""
    if not because.strip():
        raise Invalid("Bitte sagen Sie, warum der Eintrag falsch war.", "because")
    alias.voided_at, alias.voided_by_id, alias.voided_because = now, actor.membership_id, because.strip()
    alias.version += 1
    alias.clean_fields(exclude=["dossier", "recorded_by", "voided_by"])
    alias.save()
    refresh_keys(actor, alias.dossier_id)


@operation("cases.change_name", may=policies.may_change_name, on=Participant)
def change_name(
    participant: Participant,
    *,
    actor: Actor,
    surname: str,
    given_name: str,
    birth_name: str = "",
    sex: str,
    on: date,
    under_disclosure_ban: bool,
    now: datetime,
) -> None:
    """The person's name, or the entry of their sex, is another one from a day on (marriage, § 2 SBGG …).

    Without a ban the old name stays as an alias. Under the ban on disclosure (§ 13 SBGG) it is kept for whoever leads
    the case alone: with every alias that carries it, and with the earlier versions of both. The trail names neither.
    """
    if on > day_of(now):
        raise Invalid(f"Der {on:%d.%m.%Y} liegt in der Zukunft.", "on")
    before = {name: getattr(participant, name) for name in NAMED}
    after = {"surname": surname.strip(), "given_name": given_name.strip(), "birth_name": birth_name.strip(), "sex": sex}
    if before == after:
        raise Invalid("Name und Geschlecht sind so schon eingetragen.")
    old_name = participant.listed_name
    for name, value in after.items():
        setattr(participant, name, value)
    participant.version += 1
    participant.clean_fields(exclude=["dossier"])
    participant.save()
    if under_disclosure_ban:
        _keep_secret(participant.dossier_id, actor, before, after, on, now)
    elif old_name != participant.listed_name and not _has_alias(participant.dossier_id, actor, old_name):
        _add(participant.dossier_id, actor, AliasKind.FORMER, old_name, now)
    after_renaming(actor, participant.dossier_id)
    note(under_disclosure_ban=under_disclosure_ban)


def _keep_secret(dossier_id: int, actor: Actor, before: dict, after: dict, on: date, now: datetime) -> None:
    kept = {"dossier_id": dossier_id, "until_on": on, "recorded_at": now, "recorded_by_id": actor.membership_id}
    former = [FormerName(**kept, **before)]
    given_up = _words(before) - _words(after)
    carrying = [
        alias
        for alias in Alias.objects.visible_to(actor).filter(dossier_id=dossier_id)
        if given_up & set(given_words(alias.name))
    ]
    for alias in carrying:
        surname, _, given_name = alias.name.partition(",")
        former.append(
            FormerName(**kept, surname=surname.strip()[:120], given_name=given_name.strip()[:120], sex=before["sex"])
        )
        # Not voided: a voided entry is still shown. What it said moves with the history.
        alias.delete()
    FormerName.objects.bulk_create(former)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_conceal_history(%s)", [dossier_id])


def _words(named: dict) -> set[str]:
    return set(given_words(" ".join((named["surname"], named["given_name"], named["birth_name"]))))


def _has_alias(dossier_id: int, actor: Actor, name: str) -> bool:
    return Alias.objects.visible_to(actor).standing().filter(dossier_id=dossier_id, name=name[:160]).exists()


def _add(dossier_id: int, actor: Actor, kind: str, name: str, now: datetime) -> Alias:
    alias = Alias(
        dossier_id=dossier_id,
        kind=kind,
        name=name.strip()[:160],
        recorded_at=now,
        recorded_by_id=actor.membership_id,
    )
    alias.clean_fields(exclude=["dossier", "recorded_by"])
    alias.save(force_insert=True)
    return alias
