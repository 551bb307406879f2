"""The release-day folder: what is missing, what goes in, who sees medication, and the paper that needs no telephone."""

import io
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from ina.access.enums import Compartment as C
from ina.access.enums import ConsentPurpose
from ina.agenda.enums import ItemState
from ina.agenda.models import Item
from ina.base.errors import Invalid, NotVisible, Refused
from ina.cases.models import Case
from ina.documents.kinds import PaperRequest
from ina.documents.typeset import set_paper
from ina.monitoring import operations
from ina.monitoring.documents import folder_paper
from ina.monitoring.enums import FolderPart as P
from ina.monitoring.folder import Line, Meeting, days_of, in_time, missing_in
from ina.monitoring.models import FolderLine
from ina.monitoring.queries import read_folder
from tests.factories.cases import case_for

OUT = date(2027, 3, 1)


def meeting(number, on, at=None, jobcenter=False):
    return Meeting(number, on, at, f"Termin {number}", "Markt 1", "Frau Okafor", "Alma", jobcenter)


def full():
    return [
        Line(1, P.PLACE, "Zimmer 12"),
        Line(2, P.FALLBACK, "Haus am Ufer"),
        Line(3, P.FIRST_WAY, "Abholung um 8:30"),
        Line(4, P.HOUR, "Sachen holen", day=1, at=time(8)),
        Line(5, P.PAPER, "Ausweis", slot=1),
        Line(6, P.MONEY, "Eigengeld", amount=Decimal("86.40")),
        Line(7, P.WAY, "Ausweis", "zu Fuß", appointment=1),
        Line(8, P.WAY, "Mappe", "Bus 150", appointment=2),
    ]


MEETINGS = [meeting(1, OUT, time(13), jobcenter=True), meeting(2, OUT + timedelta(days=1), time(9))]


def missing(lines, meetings, standards=(), release=OUT, phone="0221 1"):
    by = OUT + timedelta(days=3)
    return missing_in(lines, meetings, release=release, first_meeting_by=by, phone=phone, open_standards=set(standards))


def test_complete_is_complete():
    assert missing(full(), MEETINGS) == []


@pytest.mark.parametrize("part", [P.PLACE, P.FALLBACK, P.FIRST_WAY, P.HOUR, P.PAPER, P.MONEY])
def test_each_part_is_asked_for(part):
    assert len(missing([line for line in full() if line.part is not part], MEETINGS)) == 1


def test_meetings_standards_and_the_telephone_are_asked_for():
    assert missing(full(), MEETINGS[1:]) == ["Kein Termin beim Jobcenter in den ersten vier Wochen."]
    assert missing(full(), MEETINGS[:1]) == ["Kein Gespräch mit dem Übergangsmanagement bis zum 04.03.2027."]
    assert missing(full()[:-1], MEETINGS) == ["Der Weg fehlt: Termin 2 am 02.03.2027."]
    assert missing(full(), MEETINGS, standards=[1, 2, 26]) == [
        "Mindeststandard offen: Personalausweis oder Pass.",
        "Mindeststandard offen: Entlassungsschein.",
    ]
    assert len(missing(full(), MEETINGS, phone="")) == 1
    assert missing([], [], release=None) == ["Es gibt keinen Planungstermin. Ohne ihn hat die Mappe keinen ersten Tag."]


def test_days_are_told_by_the_hour_and_only_three_of_them():
    far = [meeting(3, OUT + timedelta(days=3)), meeting(4, OUT - timedelta(days=1)), meeting(5, OUT)]
    days = days_of([*full(), Line(9, P.HOUR, "Frei", day=2)], [*MEETINGS, *far], OUT)
    assert [on for on, _ in days] == [OUT, OUT + timedelta(days=1), OUT + timedelta(days=2)]
    assert [(one.at, one.what, one.must) for one in days[0][1]] == [
        (time(8), "Sachen holen", False),
        (time(13), "Termin 1", True),
        (None, "Termin 5", False),
    ]
    assert [one.what for one in days[1][1]] == ["Termin 2", "Frei"] and days[2][1] == []
    assert [one.number for one in in_time([*MEETINGS, *far], OUT)] == [5, 1, 2, 3]


# --- in the file --------------------------------------------------------------------------------------------------


@pytest.fixture
def made(people, db):
    return case_for(people.alma)


def case_of(actor, made):
    return Case.objects.visible_to(actor).get(pk=made.case_id)


def put(actor, made, now, part, title="etwas", **more):
    return operations.add_folder_line(actor=actor, case_id=made.case_id, part=part, title=title, now=now, **more)


def test_one_place_of_each_and_what_was_taken_out_stays(people, act_as, now, made):
    with act_as(people.alma) as actor:
        put(actor, made, now, P.PLACE, "Zimmer 12")
        put(actor, made, now, P.PLACE, "Zimmer 14")
        put(actor, made, now, P.PAPER, "Ausweis", slot=1)
        second = put(actor, made, now, P.PAPER, "Geburtsurkunde")
        operations.remove_folder_line(actor=actor, case_id=made.case_id, number=second.number, now=now)
        with pytest.raises(NotVisible):
            operations.remove_folder_line(actor=actor, case_id=made.case_id, number=second.number, now=now)
        assert [line.title for line in read_folder(actor, case_of(actor, made), now.date()).lines] == [
            "Zimmer 14", "Ausweis",
        ]  # fmt: skip
        rows = FolderLine.objects.visible_to(actor).filter(case_id=made.case_id)
        assert rows.exclude(removed_at=None).count() == 2


@pytest.mark.parametrize(
    ("part", "wrong", "field"),
    [
        (P.HOUR, {}, "day"),
        (P.HOUR, {"day": 4}, "day"),
        (P.MONEY, {}, "amount"),
        (P.NUMBER, {"phone": " "}, "phone"),
        (P.WAY, {}, "appointment"),
        (P.PLACE, {"title": " "}, "title"),
        (P.PAPER, {"title": "x" * 121}, "title"),
    ],
)
def test_what_cannot_stand_in_a_folder(part, wrong, field, people, act_as, now, made):
    with act_as(people.alma) as actor, pytest.raises(Invalid) as caught:
        put(actor, made, now, part, **wrong)
    assert caught.value.field == field


def test_the_way_to_an_appointment_of_this_case_only(people, act_as, now, made):
    other = case_for(people.alma)
    with act_as(people.alma) as actor:
        theirs = agree(actor, other, now, on=date(2027, 3, 2))
        with pytest.raises(NotVisible):
            put(actor, made, now, P.WAY, appointment=theirs)


def agree(actor, made, now, **more):
    return operations.agree_appointment(actor=actor, case_id=made.case_id, title="Jobcenter: Geld", now=now, **more)


def test_medication_is_for_who_sees_health(people, act_as, now, made):
    with act_as(people.alma) as actor:
        put(actor, made, now, P.MEDICATION, "Arztbrief im Umschlag", detail="für Dr. Blume")
    with act_as(people.hanna) as actor:
        assert read_folder(actor, case_of(actor, made), now.date()).one(P.MEDICATION) is None
        with pytest.raises(NotVisible):
            put(actor, made, now, P.MEDICATION, "Tabletten")
        assert put(actor, made, now, P.PAPER, "Entlassungsschein").slot is None
    with act_as(people.jan) as actor, pytest.raises(Refused):
        put(actor, made, now, P.PAPER, "Ausweis")


def test_a_check_keeps_what_was_missing_and_settles_the_points_that_have_come(people, act_as, now, made):
    with act_as(people.alma) as actor:
        before = read_folder(actor, case_of(actor, made), now.date())
        assert before.release
        points = Item.objects.visible_to(actor).filter(dossier_id=made.dossier_id, kind=operations.FOLDER)
        assert points.filter(state=ItemState.OPEN).count() == 4
        assert operations.begin_folder(actor=actor, case_id=made.case_id, now=now) == 7
        assert operations.begin_folder(actor=actor, case_id=made.case_id, now=now) == 0
        late = now.replace(year=before.release.year, month=before.release.month, day=before.release.day)
        late -= timedelta(days=14)
        check = operations.check_folder(actor=actor, case_id=made.case_id, remark="Geld fehlt", now=late)
        assert "Es steht nicht da, welches Geld die Person bekommt." in check.missing
        assert points.filter(state=ItemState.OPEN).count() == 2
        (row,) = read_folder(actor, case_of(actor, made), late.date()).checks
        assert row.on == late.date() and row.remark == "Geld fehlt" and row.missing


def test_the_paper_says_it_all_and_nothing_of_where_somebody_was(people, act_as, now, made):
    with act_as(people.alma) as actor:
        release = read_folder(actor, case_of(actor, made), now.date()).release
        agreed = agree(actor, made, now, on=release, at=time(13), place="Markt 3", others="Frau Okafor", jobcenter=True)
        operations.begin_folder(actor=actor, case_id=made.case_id, now=now)
        put(actor, made, now, P.PLACE, "Wohnhilfe Kalkbogen, Zimmer 12", detail="Lindenweg 14")
        put(actor, made, now, P.MONEY, "Überbrückungsgeld, bar", amount=Decimal("300"), detail="am Morgen")
        put(actor, made, now, P.MONEY, "Eigengeld", amount=Decimal("86.40"))
        put(actor, made, now, P.NUMBER, "Hausdienst", phone="0221 4710-610")
        put(actor, made, now, P.WAY, "Ausweis", detail="zu Fuß zwölf Minuten", appointment=agreed)
        put(actor, made, now, P.MEDICATION, "Arztbrief im Umschlag", detail="für Dr. Blume")
        paper = folder_paper(PaperRequest(actor, made.dossier_id, 1, now.date()))
        reader = PdfReader(io.BytesIO(set_paper("monitoring/papers/folder.typ", paper.data)))
        text = "\n".join(page.extract_text() for page in reader.pages)
        for said in (
            "Wohnhilfe Kalkbogen", "386,40", "zu Fuß zwölf Minuten", "0221 4710-610", "116117", "PFLICHT",
            "Frau Okafor", "Wenn etwas schiefgeht", "Meine neue Nummer", "Entlassungsschein",
        ):  # fmt: skip
            assert said in text, said
        assert (
            "Dr. Blume" not in text
            and "INA" not in text
            and "JVA" not in text
            and "Haft" not in text.replace("Botschaft", "")
        )
        assert reader.metadata.title == "Meine Mappe" and paper.file_name == "Meine_Mappe"
        assert 8 <= len(reader.pages) <= 10
        with pytest.raises(Refused, match="Entbindung"):
            folder_paper(PaperRequest(actor, made.dossier_id, 1, now.date()), medication=True)


def test_medication_stands_in_it_with_a_release_from_secrecy_that_holds_outside(people, act_as, now, made):
    from tests.network.disclosing import allow

    with act_as(people.alma) as actor:
        put(actor, made, now, P.MEDICATION, "Arztbrief im Umschlag", detail="für Dr. Blume")
        allow(actor, made, now, purpose=ConsentPurpose.SECRECY, categories=C.IDENTITY | C.HEALTH)
        paper = folder_paper(PaperRequest(actor, made.dossier_id, 1, now.date()), medication=True)
        assert paper.data["medication"] == {"what": "Arztbrief im Umschlag", "more": "für Dr. Blume"}
