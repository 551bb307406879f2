"""Every address × every person: shown, refused (403), hidden (404) or sent to log in. Addresses come from the resolver.

A new address fails here until it has its line. What is hidden exists: it is shown to somebody else in the same table.
Whoever may not see or not write is asked a second time with a POST.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from ina.cases.enums import State
from ina.documents.models import Document
from ina.network.models import Disclosure
from ina.network.operations import open_to_chamber
from ina.network.queries import opened_profiles
from tests.factories.cases import case_for
from tests.factories.everything import everything_for
from tests.network.disclosing import allow
from tests.network.offers import an_offer, network_of
from tests.people import CAST

pytestmark = pytest.mark.django_db(databases=["default", "log", "facts"])

ALL = frozenset(CAST)
CASE_MANAGERS = frozenset({"alma", "bert", "cem"})
LEADS = frozenset({"jan", "uwe"})
SOCIAL_SERVICE = frozenset({"hanna", "vera"})
ADMINISTRATION = frozenset({"gero", "lea"})
ADMINISTRATOR = frozenset({"gero"})
READERS = frozenset({"alma", "jan", "hanna"})  # of the file that Alma leads
ALMA = frozenset({"alma"})
LISTS_CASES = CASE_MANAGERS | LEADS | SOCIAL_SERVICE | {"frida"}
# Whoever keeps what partners offer.
KEEPERS = CASE_MANAGERS | LEADS | SOCIAL_SERVICE | {"gero", "nils", "frida"}
# Houses outside, to which things are sent.
RECEIVING = frozenset({"ilse", "olga", "rita", "frida"})
NOBODY: frozenset[str] = frozenset()
# Positions that hold grants, and so have drafts: everybody but administration, data protection, evaluation, steering.
WITH_FILES = ALL - {"gero", "lea", "karl", "ede", "mia", "stefan", "tina"}

# What an address asks for beside its path.
ASKED_FOR = {"institution_merge": "?mit=jva-duesseldorf"}

# Shown to everybody, logged in or not.
PUBLIC = {
    "imprint", "privacy", "accessibility", "help", "account_inactive", "invitation_code", "information_sheet",
    "agreement_text", "consent_participation_text", "consent_data_text", "consent_health_text", "consent_release_text",
}  # fmt: skip
# Sends everybody on who is logged in (begin, log-in pages, pages that ask for the password again first).
MOVES = {
    "today", "unlock", "account_login", "mfa_login_webauthn", "mfa_authenticate", "invitation_done",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp", "mfa_generate_recovery_codes",
    "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
}  # fmt: skip
# Nothing of the kind exists for anybody in this test: a factor, a code, a sheet that was just printed.
ABSENT = {
    "link",
    "calendar_feed",
    "own_page_behind",
    "invitation",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}
# Answer a POST only: who may send it.
POSTED = {
    "switch_position": ALL,
    "lock": ALL,
    "draft_keep": WITH_FILES,
    "draft_discard": WITH_FILES,
    "end_own_deputy": ALL,
    "end_own_session": ALL,
    "team_dissolve": ADMINISTRATION,
    "account_renew_invitation": ADMINISTRATION,
    "account_revoke_invitation": ADMINISTRATION,
    "account_reset_factors": ADMINISTRATION,
    "account_deactivate": ADMINISTRATION,
    "account_reactivate": ADMINISTRATION,
    "offer_verify": KEEPERS,
    "institution_verify": ADMINISTRATOR,
    "institution_unverify": ADMINISTRATOR,
    "job_action": ADMINISTRATOR,
    "audit_csv": frozenset({"karl"}),
}
# Shown to these, refused or hidden (the number) for the rest; the last column: who may send the form.
PAGES = {
    "interface_list": (ALL, 403, NOBODY),
    "changelog": (ALL, 403, NOBODY),
    "page_edit": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "account_logout": (ALL, 403, ALL),
    "own_account": (ALL, 403, ALL),
    "own_deputies": (ALL, 403, ALL),
    "account_change_password": (ALL, 403, ALL),
    "account_reauthenticate": (ALL, 403, ALL),
    "mfa_index": (ALL, 403, ALL),
    "factor_setup": (ALL, 403, ALL),
    "mfa_list_webauthn": (ALL, 403, ALL),
    "account_list": (ADMINISTRATION, 403, ADMINISTRATION),
    "account_invite": (ADMINISTRATION, 403, ADMINISTRATION),
    "team_list": (ADMINISTRATION, 403, ADMINISTRATION),
    "role_names": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "account_detail": (ADMINISTRATION, 403, ADMINISTRATION),
    "account_rename": (ADMINISTRATION, 403, ADMINISTRATION),
    "position_add": (ADMINISTRATION, 403, ADMINISTRATION),
    "position_end": (ADMINISTRATION, 403, ADMINISTRATION),
    "position_secrecy": (ADMINISTRATION, 403, ADMINISTRATION),
    "account_off_board": (ADMINISTRATION, 403, ADMINISTRATION),
    "invitation_sheet": (NOBODY, 403, ADMINISTRATION),
    "file": (READERS, 404, READERS),
    "tasks": (READERS, 404, frozenset({"alma", "hanna"})),
    "task": (READERS, 404, frozenset({"alma", "hanna"})),
    "week": (CASE_MANAGERS, 403, NOBODY),
    "calendar": (CASE_MANAGERS, 403, CASE_MANAGERS),
    "contact_batch": (CASE_MANAGERS, 403, CASE_MANAGERS),
    "my_tasks": (CASE_MANAGERS | LEADS | SOCIAL_SERVICE, 403, NOBODY),
    "admission": (READERS, 404, ALMA),
    "case_again": (frozenset({"alma", "jan"}), 404, ALMA),
    "intake": (READERS, 404, frozenset({"alma", "hanna"})),
    "intake_paper": (READERS, 404, NOBODY),
    "documents": (READERS, 404, frozenset({"alma", "hanna"})),
    "document": (READERS, 404, frozenset({"alma", "hanna"})),
    "letter_new": (READERS, 404, frozenset({"alma", "hanna"})),
    "document_file": (READERS, 404, NOBODY),
    "paper_view": (READERS, 404, NOBODY),
    "outbox": (LISTS_CASES, 403, LISTS_CASES),
    "papers": (READERS, 404, NOBODY),
    "paper_sheet": (READERS, 404, NOBODY),
    "first_talk": (READERS, 404, ALMA),
    "notes": (READERS, 404, ALMA),
    "profiling": (READERS, 404, ALMA),
    "profiling_compare": (READERS, 404, NOBODY),
    "plan": (READERS, 404, ALMA),
    "conferences": (READERS, 404, ALMA),
    "plan_compare": (READERS, 404, NOBODY),
    "visible_circle": (READERS, 404, NOBODY),
    "measures": (READERS, 404, ALMA),
    "standards": (READERS, 404, frozenset({"alma", "hanna"})),
    "release_folder": (READERS, 404, frozenset({"alma", "hanna"})),
    "crises": (READERS, 404, ALMA),
    "timeline": (READERS, 404, NOBODY),
    "applications": (READERS, 404, frozenset({"alma", "hanna"})),
    "own_page": (READERS, 404, ALMA),
    "aftercare": (READERS, 404, ALMA),
    "network": (READERS, 404, ALMA),
    "fitting_offers": (READERS, 404, NOBODY),
    "disclosures": (READERS, 404, ALMA),
    "overrides": (READERS, 404, frozenset({"alma", "jan"})),
    "disclosure": (frozenset({"alma", "jan"}), 404, ALMA),
    "disclosure_letter": (frozenset({"alma", "jan"}), 404, NOBODY),
    "opened_profiles": (frozenset({"frida"}), 403, NOBODY),
    "opened_profile": (frozenset({"frida"}), 403, frozenset({"frida"})),
    "inbox": (RECEIVING, 403, NOBODY),
    "inbox_item": (frozenset({"rita"}), 404, frozenset({"rita"})),
    "contacts": (READERS, 404, ALMA),
    "appointment_new": (READERS, 404, ALMA),
    "appointment": (READERS, 404, ALMA),
    "handover": (READERS, 404, READERS),
    "handover_sheet": (READERS, 404, NOBODY),
    "handovers": (CASE_MANAGERS | LEADS, 403, CASE_MANAGERS | LEADS),
    "release_dates": (READERS, 404, ALMA),
    "release_preview": (READERS, 404, frozenset({"alma", "hanna"})),
    "release_calls": (READERS, 404, ALMA),
    "forecast": (CASE_MANAGERS | LEADS | SOCIAL_SERVICE, 403, NOBODY),
    "entry": (frozenset({"alma", "jan", "hanna"}), 404, ALMA),
    "entry_list": (READERS, 404, NOBODY),
    "outcomes": (frozenset({"alma", "jan"}), 404, ALMA),
    "case_events": (READERS, 404, frozenset({"alma", "hanna"})),
    "closing": (READERS, 404, frozenset({"alma", "hanna"})),
    "consents": (READERS, 404, frozenset({"alma", "jan"})),
    "person": (READERS, 404, frozenset({"alma", "hanna"})),
    "person_names": (READERS, 404, frozenset({"alma", "hanna"})),
    "guardians": (READERS, 404, frozenset({"alma", "hanna"})),
    "same_person": (READERS, 404, ALMA),
    "link_requests": (CASE_MANAGERS | LEADS, 403, CASE_MANAGERS | LEADS),
    "file_access": (READERS, 404, frozenset({"alma", "jan"})),
    "emergency_access": (CASE_MANAGERS | LEADS, 403, CASE_MANAGERS | LEADS),
    "emergency_reviews": (LEADS, 403, LEADS),
    "audit_log": (frozenset({"karl"}), 403, frozenset({"karl"})),
    "audit_figures": (frozenset({"karl"}), 403, frozenset({"karl"})),
    "offer_list": (ALL, 403, NOBODY),
    "offer": (ALL, 403, NOBODY),
    "offer_criteria": (KEEPERS, 403, KEEPERS),
    "offer_csv": (KEEPERS, 403, NOBODY),
    "offer_import": (KEEPERS, 403, KEEPERS),
    "network_picture": (KEEPERS, 403, NOBODY),
    "contact_person_new": (KEEPERS, 403, KEEPERS),
    "contact_person": (KEEPERS, 403, KEEPERS),
    "agreement_list": (ALL, 403, NOBODY),
    "agreement_new": (KEEPERS, 403, KEEPERS),
    "agreement": (ALL, 403, KEEPERS),
    "agreement_edit": (KEEPERS, 403, KEEPERS),
    "group_list": (ALL, 403, KEEPERS),
    "group": (ALL, 403, KEEPERS),
    "meeting": (ALL, 403, KEEPERS),
    "offer_new": (KEEPERS, 403, KEEPERS),
    "offer_edit": (KEEPERS, 403, KEEPERS),
    "offer_end": (KEEPERS, 403, KEEPERS),
    "institution_list": (ALL, 403, NOBODY),
    "institution": (ALL, 403, NOBODY),
    "competent_offices": (ALL, 403, NOBODY),
    "institution_directory": (ALL, 403, NOBODY),
    "institution_csv": (ALL, 403, NOBODY),
    "institution_sheet": (ALL, 403, NOBODY),
    "regions": (ALL, 403, NOBODY),
    "districts": (ALL, 403, NOBODY),
    "institutions_to_check": (frozenset({"gero", "nils", "frida"}), 403, NOBODY),
    "institution_regions": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "institution_districts": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "institution_new": (frozenset({"gero", "nils", "frida"}), 403, frozenset({"gero", "nils", "frida"})),
    "institution_edit": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "doubles": (frozenset({"gero", "nils", "frida"}), 403, NOBODY),
    "institution_merge": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "institution_close": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "parameter_list": (ALL, 403, NOBODY),
    "parameter": (ALL, 403, ADMINISTRATOR),
    "parameter_correct": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "code_lists": (ALL, 403, NOBODY),
    "code_list": (ALL, 403, ADMINISTRATOR),
    "term_correct": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "holidays": (ALL, 403, NOBODY),
    "places": (ALL, 403, NOBODY),
    "instrument_list": (ALL, 403, NOBODY),
    "occupation_codes": (ALL, 403, NOBODY),
    "occupation_search": (ALL, 403, NOBODY),
    "occupations": (ALL, 403, NOBODY),
    "occupation_group": (ALL, 403, NOBODY),
    "find": (CASE_MANAGERS | LEADS | SOCIAL_SERVICE, 403, CASE_MANAGERS | LEADS | SOCIAL_SERVICE),
    "case_list": (CASE_MANAGERS | LEADS | SOCIAL_SERVICE | {"frida"}, 403, NOBODY),
    "today_page": (CASE_MANAGERS | LEADS | SOCIAL_SERVICE | {"frida"}, 403, NOBODY),
    "case_list_csv": (LISTS_CASES, 403, NOBODY),
    "list_exports": (LISTS_CASES, 403, LISTS_CASES),
    "list_export_file": (ALMA, 404, NOBODY),
    "saved_views": (LISTS_CASES, 403, LISTS_CASES),
    "allocation": (LEADS, 403, LEADS),
    "gate": (CASE_MANAGERS | LEADS | SOCIAL_SERVICE, 403, NOBODY),
    "emergency_list": (CASE_MANAGERS | LEADS | SOCIAL_SERVICE, 403, NOBODY),
    "case_new": (CASE_MANAGERS | SOCIAL_SERVICE, 403, CASE_MANAGERS | SOCIAL_SERVICE),
    "prison_list": (CASE_MANAGERS, 403, CASE_MANAGERS),
    "prison_list_rows": (ALMA, 404, ALMA),
    "prison_list_errors": (ALMA, 404, NOBODY),
    "take_over": (CASE_MANAGERS | LEADS, 403, CASE_MANAGERS | LEADS),
    "take_over_template": (CASE_MANAGERS | LEADS, 403, NOBODY),
    "evaluation": (frozenset({"ede", "mia", "stefan", "tina"}), 403, NOBODY),
    "status": (ADMINISTRATOR, 403, ADMINISTRATOR),
    "job_list": (ADMINISTRATOR, 403, ADMINISTRATOR),
}


def routes() -> list[URLPattern]:
    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern

    return list(walk(get_resolver().url_patterns))


@pytest.fixture
def address(people, moment, act_as):
    """Answers a route's address for things that exist: Alma's files, Bert's account, a prison, a value."""
    from ina.cases.models import ListExport, PrisonListImport

    made = everything_for(people, moment)
    referred = case_for(people.alma, state=State.SCREENING)
    ended = case_for(people.alma, state=State.DECLINED)
    with act_as(people.alma):
        import_id = PrisonListImport.objects.unscoped(because="a test").get().pk
        export_id = ListExport.objects.unscoped(because="a test").get().pk
        token = Document.objects.unscoped(because="a test").get(dossier_id=made.dossier_id).token
        passed_on = Disclosure.objects.unscoped(because="a test").get(dossier_id=made.dossier_id, number=2).token
    kept = network_of(people.alma.actor)
    with act_as(people.alma) as actor:
        sheet = allow(actor, referred, moment, partner="hwk-duesseldorf")
        open_to_chamber(actor=actor, consent_id=sheet.pk, now=moment)
    with act_as(people.frida) as actor:
        opened = opened_profiles(actor)[0].id
    values = {
        "number": made.number,
        "agreement_number": kept.agreement.number,
        "grant_id": opened,
        "group_number": kept.group.number,
        "meeting_number": 1,
        "offer_number": an_offer(people.alma.actor).number,
        "code": "ABCD-EFGH-JKLM",
        "address": "gibt-es-nicht",
        "username": "bert",
        "pk": 1,
        "key": "jva-duesseldorf",
        "slug": "impressum",
        "import_id": import_id,
        "export_id": export_id,
        "token": token,
        "version": 1,
        "place": 1,
        "job_id": 1,
        "action": "wiederholen",
        "day": "2009-07-01",
        "sheet": "daten",
        "kind": "kontakt",
        "ordinal": 1,
        "kldb": "51311",
    }
    special = {
        "position_end": {"number": 1},
        "position_secrecy": {"number": 1},
        "admission": {"number": referred.number},
        "case_again": {"number": ended.number},
        "first_talk": {"number": referred.number},
        "contact_person": {"pk": kept.contact.pk},
        "disclosure_letter": {"place": 3},
        "inbox_item": {"token": passed_on},
        "outcomes": {"number": made.released.number},
        "paper_view": {"kind": "cases.intake"},
        "parameter": {"key": "aftercare_duration"},
        "parameter_correct": {"key": "aftercare_duration"},
        "institution_regions": {"key": "traeger-beispiel"},
        "institution_districts": {"key": "jc-duesseldorf"},
        "code_list": {"key": "ending_reasons"},
        "term_correct": {"key": "ending_reasons", "code": "LOST_CONTACT"},
    }

    def of(route: URLPattern) -> str:
        given = values | special.get(route.name, {})
        found = reverse(route.name, kwargs={name: given[name] for name in route.pattern.converters})
        return found + ASKED_FOR.get(route.name, "")

    return of


def test_every_address_has_a_name_and_its_line():
    names = [route.name for route in routes()]
    assert None not in names
    assert len(names) == len(set(names))
    tables = [PUBLIC, MOVES, ABSENT, set(POSTED), set(PAGES)]
    told = set().union(*tables)
    assert set(names) == told
    assert sum(map(len, tables)) == len(told), "an address stands in two tables"


def test_what_is_hidden_or_refused_is_shown_to_somebody():
    assert {name for name, (shown, *_) in PAGES.items() if not shown} == {"invitation_sheet"}


def expected_of_get(name: str, person: str) -> set[int]:
    if name in PUBLIC:
        return {200}
    if name in MOVES:
        return {302, 303}
    if name in ABSENT:
        return {404}
    if name in POSTED:
        return {405} if person in POSTED[name] else {403, 404, 405}
    shown, otherwise, _ = PAGES[name]
    if person in shown:
        return {200}
    if name == "invitation_sheet":
        return {404} if person in ADMINISTRATION else {403}
    if name in ("prison_list_rows", "prison_list_errors", "list_export_file") and person not in CASE_MANAGERS:
        return {403, 404}
    return {otherwise}


@pytest.mark.parametrize("person", CAST)
def test_what_somebody_is_shown(person, people, client_of, address):
    client = client_of(people[person])
    wrong = {}
    for route in sorted(routes(), key=lambda route: route.name == "account_logout"):
        answer = client.get(address(route))
        if answer.status_code not in expected_of_get(route.name, person):
            wrong[route.name] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize("person", CAST)
def test_what_somebody_may_not_send(person, people, client_of, address):
    client = client_of(people[person])
    wrong = {}
    for route in routes():
        if route.name in PUBLIC | MOVES | ABSENT:
            continue
        writers = POSTED[route.name] if route.name in POSTED else PAGES[route.name][2]
        if person in writers or (not writers and person in PAGES[route.name][0]):
            continue  # a page that takes nothing shows itself
        answer = client.post(address(route), {})
        if answer.status_code not in {403, 404, 405}:
            wrong[route.name] = answer.status_code
    assert wrong == {}


def test_strangers_are_sent_to_log_in(people, address):
    wrong = {}
    for route in routes():
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address(route), {})
            if route.name in PUBLIC or route.name in {
                "account_login",
                "invitation",
                "invitation_done",
                "link",
                "calendar_feed",
                "own_page_behind",
            }:
                ok = answer.status_code in {200, 302, 303, 404, 405, 422, 429}
            else:
                ok = answer.status_code == 302 and answer.headers["Location"].startswith("/anmelden/")
            if not ok:
                wrong[f"{method} {route.name}"] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize(
    "path",
    [
        "/akten/2026-99999/",
        "/akten/x/",
        "/akten/2026-00001%00/",
        "/akten/%C3%A4/",
        "/gefangenenliste/99999999999999999999/",
    ],
)
def test_what_does_not_exist_is_a_plain_404(path, people, client_of):
    assert client_of(people.alma).get(path).status_code == 404


@pytest.mark.parametrize(
    "query", ["name=%00", "ab=%00", "ab=nonsense", "reihenfolge=%00&order=%00", "name=" + "x" * 5000]
)
def test_nonsense_in_the_query_of_a_list_is_no_server_error(query, people, client_of):
    for path in ("/faelle/", "/einrichtungen/", "/einrichtungen/zustaendig/", "/werte/"):
        assert client_of(people.alma).get(f"{path}?{query}").status_code < 500, path
