"""Papers and files are kept, signed, sent, removed; contents are encrypted and bound to their row."""

from datetime import timedelta

import pytest

from ina.access.enums import Compartment as C
from ina.access.queries import get_dossier
from ina.base.clock import day_of
from ina.base.errors import Conflict, Invalid, NotVisible, Refused
from ina.documents import operations, queries
from ina.documents.enums import Agreement, Channel, DispatchState, Scan
from ina.documents.models import Document, DocumentContent, DossierKey
from tests.documents.papers import assert_accessible, text_of
from tests.documents.test_uploads import pdf
from tests.factories.cases import case_for

pytestmark = pytest.mark.django_db(databases=["default", "log"])
LETTER = {"recipient": "Jobcenter Beispiel\n40210 Düsseldorf", "subject": "Termin", "body": "Wir kommen am Montag."}


@pytest.fixture
def file(people, act_as, moment):
    made = case_for(people.alma)
    with act_as(people.alma):
        yield made


def write(people, file, moment, **said):
    return operations.keep_paper(
        actor=people.alma.actor,
        dossier_id=file.dossier_id,
        case_number=1,
        kind="documents.letter",
        options=LETTER | said,
        now=moment,
    )


def bring(people, file, moment, content=None, **said):
    return operations.keep_upload(
        actor=people.alma.actor,
        dossier_id=file.dossier_id,
        case_number=1,
        content=content or pdf(),
        now=moment,
        **{"title": "Zeugnis", **said},
    )


def opened(people, file, version, moment):
    actor = people.alma.actor
    dossier = get_dossier(actor, file.number)
    return queries.open_version(actor, dossier, version.document.token, version.number, now=moment)


def test_a_letter_is_kept_and_read_again(people, file, moment):
    version = write(people, file, moment)
    read = opened(people, file, version, moment)
    assert read.file_name == "Brief_Jobcenter_Beispiel.pdf"
    assert "Wir kommen am Montag." in text_of(read.content)
    assert_accessible(read.content)


def test_nothing_readable_lies_in_the_database(people, file, moment):
    write(people, file, moment)
    content = DocumentContent.objects.visible_to(people.alma.actor).get()
    assert b"%PDF" not in bytes(content.sealed)


def test_each_letter_is_a_document_of_its_own(people, file, moment):
    assert write(people, file, moment).document_id != write(people, file, moment, subject="Zweiter").document_id


@pytest.mark.parametrize("missing", ["recipient", "subject", "body"])
def test_a_letter_without_its_parts_is_refused(people, file, moment, missing):
    with pytest.raises(Invalid) as refused:
        write(people, file, moment, **{missing: " "})
    assert refused.value.field == missing


def test_a_content_cannot_be_moved_to_another_document(people, file, moment):
    first, second = write(people, file, moment), write(people, file, moment, subject="Zweiter")
    contents = DocumentContent.objects.visible_to(people.alma.actor)
    foreign = contents.get(of_version=second).sealed
    contents.filter(of_version=first).update(sealed=foreign)
    with pytest.raises(Refused, match="nicht lesbar"):
        opened(people, file, first, moment)


def test_without_the_key_of_the_dossier_its_papers_are_gone(people, file, moment):
    version = write(people, file, moment)
    DossierKey.objects.visible_to(people.alma.actor).delete()
    with pytest.raises(NotVisible):
        opened(people, file, version, moment)


def test_an_upload_says_that_nobody_scanned_it(people, file, moment, settings):
    settings.CLAMAV_SOCKET = ""
    version = bring(people, file, moment)
    assert version.scan == Scan.NOT_SCANNED and version.pages == 1


def test_a_bad_upload_leaves_nothing(people, file, moment):
    with pytest.raises(Invalid):
        bring(people, file, moment, content=b"PK\x03\x04")
    assert not Document.objects.visible_to(people.alma.actor).exists()


def test_reading_needs_a_grant_for_all_that_it_tells(people, act_as, file, moment):
    bring(people, file, moment)
    secret = bring(people, file, moment, title="Attest", compartments=C.CASE | C.IDENTITY | C.HEALTH)
    assert len(queries.list_documents(people.alma.actor, file.dossier_id)) == 2
    with act_as(people.jan):
        assert [row.title for row in queries.list_documents(people.jan.actor, file.dossier_id)] == ["Zeugnis"]
        with pytest.raises(NotVisible):
            queries.open_version(
                people.jan.actor, get_dossier(people.jan.actor, file.number), secret.document.token, 1, now=moment
            )


def test_who_only_reads_keeps_nothing(people, act_as, file, moment):
    with act_as(people.jan), pytest.raises(Refused):
        operations.keep_upload(
            actor=people.jan.actor, dossier_id=file.dossier_id, case_number=1, title="x", content=pdf(), now=moment
        )


def test_nobody_keeps_what_they_could_not_read(people, act_as, file, moment):
    with act_as(people.hanna), pytest.raises(Refused, match="nicht sehen"):
        operations.keep_upload(
            actor=people.hanna.actor,
            dossier_id=file.dossier_id,
            case_number=1,
            title="Attest",
            content=pdf(),
            compartments=C.CASE | C.HEALTH,
            now=moment,
        )


def sign(people, version, moment, **said):
    return operations.record_signature(
        actor=people.alma.actor,
        document_id=version.document_id,
        now=moment,
        **{"number": 1, "name": "Juniper Salbei", "role": "Teilnehmer/in", "signed_on": day_of(moment), **said},
    )


def test_a_signature_brings_its_scan(people, file, moment):
    version = write(people, file, moment)
    signature = sign(people, version, moment, scan=pdf())
    row = queries.get_document(people.alma.actor, file.dossier_id, version.document.token)
    assert row.is_signed and row.newest.signatures[0].scan_token == signature.scanned.document.token
    assert len(signature.scanned.sha256) == 64


@pytest.mark.parametrize("agreement", [Agreement.NO, Agreement.COULD_NOT])
def test_a_no_has_a_reason(people, file, moment, agreement):
    version = write(people, file, moment)
    with pytest.raises(Invalid):
        sign(people, version, moment, agreement=agreement)
    assert sign(people, version, moment, agreement=agreement, because="krank").because == "krank"


def test_a_signature_is_neither_of_tomorrow_nor_older_than_its_version(people, file, moment):
    version = write(people, file, moment)
    for days in (1, -1):
        with pytest.raises(Invalid):
            sign(people, version, moment, signed_on=day_of(moment) + timedelta(days=days))
    with pytest.raises(NotVisible):
        sign(people, version, moment, number=2)


def prepare(people, version, moment, **said):
    return operations.prepare_dispatch(
        actor=people.alma.actor,
        document_id=version.document_id,
        now=moment,
        **{"number": 1, "channel": Channel.LETTER, "recipient": "Jobcenter", **said},
    )


def test_a_letter_goes_out_and_comes_back(people, file, moment):
    dispatch = prepare(people, write(people, file, moment), moment)
    step = {"actor": people.alma.actor, "dispatch_id": dispatch.pk, "on": day_of(moment), "now": moment}
    operations.print_dispatch(**step)
    with pytest.raises(Invalid, match="nicht zurückkommen"):
        operations.return_dispatch(**step, because="verzogen")
    operations.hand_over_dispatch(**step)
    (row,) = queries.list_documents(people.alma.actor, file.dossier_id)[0].dispatches
    assert row.state is DispatchState.GONE
    operations.return_dispatch(**step, because="verzogen")
    assert queries.list_outbox(people.alma.actor, day_of(moment))[0].state is DispatchState.RETURNED
    with pytest.raises(Refused):
        operations.print_dispatch(**step)


def test_the_same_version_is_never_sent_twice_to_the_same_place(people, file, moment):
    version = write(people, file, moment)
    first = prepare(people, version, moment)
    with pytest.raises(Invalid, match="schon unterwegs"):
        prepare(people, version, moment)
    operations.drop_dispatch(actor=people.alma.actor, dispatch_id=first.pk, because="Anschrift falsch", now=moment)
    assert prepare(people, version, moment).pk


def test_mail_is_off_and_says_so(people, file, moment):
    with pytest.raises(Invalid, match="E-Mail ist nicht eingerichtet"):
        prepare(people, write(people, file, moment), moment, channel=Channel.MAIL)


def test_two_at_once_conflict(people, file, moment):
    dispatch = prepare(people, write(people, file, moment), moment)
    step = {"actor": people.alma.actor, "dispatch_id": dispatch.pk, "on": day_of(moment), "now": moment, "version": 1}
    operations.print_dispatch(**step)
    with pytest.raises(Conflict):
        operations.hand_over_dispatch(**step)


def test_what_was_kept_by_mistake_is_voided_and_its_content_removed(people, file, moment):
    version = bring(people, file, moment)
    with pytest.raises(Invalid):
        operations.void_document(actor=people.alma.actor, document_id=version.document_id, because="", now=moment)
    operations.void_document(
        actor=people.alma.actor, document_id=version.document_id, because="gehört in eine andere Akte", now=moment
    )
    row = queries.get_document(people.alma.actor, file.dossier_id, version.document.token)
    assert "gehört in eine andere Akte" in row.voided
    with pytest.raises(NotVisible):
        opened(people, file, version, moment)
    with pytest.raises(Refused):
        sign(people, version, moment)


def test_the_scan_of_a_signature_is_not_voided_while_what_was_signed_counts(people, file, moment):
    version = write(people, file, moment)
    scan = sign(people, version, moment, scan=pdf()).scanned
    step = {"actor": people.alma.actor, "because": "verwechselt", "now": moment}
    with pytest.raises(Refused, match="belegt eine Unterschrift"):
        operations.void_document(document_id=scan.document_id, **step)
    operations.void_document(document_id=version.document_id, **step)
    operations.void_document(document_id=scan.document_id, **step)


def test_what_went_out_stays_on_the_desk_for_a_while(people, file, moment):
    dispatch = prepare(people, write(people, file, moment), moment)
    today = day_of(moment)
    (own,) = queries.list_outbox(people.alma.actor, today)
    assert (own.own, own.movable) == (True, True)
    assert queries.list_outbox(people.cem.actor, today) == []
    step = {"actor": people.alma.actor, "dispatch_id": dispatch.pk, "now": moment}
    operations.hand_over_dispatch(on=today, **step)
    assert queries.list_outbox(people.alma.actor, today + queries.ON_THE_DESK)
    assert queries.list_outbox(people.alma.actor, today + queries.ON_THE_DESK + timedelta(days=1)) == []


def test_a_child_row_cannot_need_less_than_its_document(people, file, moment):
    from django.db import IntegrityError, connection, transaction

    version = bring(people, file, moment, compartments=C.CASE | C.HEALTH)
    with pytest.raises(IntegrityError, match="same_rights"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_documentcontent SET compartments = 1 WHERE of_version_id = %s", [version.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
