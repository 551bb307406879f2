"""Dokumente of a file: what there is, what can be written, what is brought."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ina.documents.kinds import all_kinds
from tests.documents.papers import assert_accessible
from tests.documents.test_uploads import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(case):
    return reverse("documents", args=[case.number])


@pytest.fixture
def jan(people, client_of):
    return client_of(people.jan)


def upload(content=None, **said):
    file = SimpleUploadedFile("../böse<x>.exe", pdf() if content is None else content, "text/html")
    return {"formular": "upload", "title": "Zeugnis", "about": "VOCATIONAL", "file": file} | said


def test_an_empty_file_says_what_to_do(alma, url, words):
    said = words(alma.get(url))
    assert "Noch ist nichts abgelegt" in said and "Datei hochladen" in said and "Brief" in said


def test_an_upload_is_listed_and_read_again(alma, url, words):
    answer = alma.post(url, upload(), follow=True)
    said = words(answer)
    assert "Zeugnis" in said and "nicht auf Viren geprüft" in said
    (row,) = answer.context["rows"]
    file = alma.get(reverse("document_file", args=[answer.context["head"].number, row.token, 1]))
    assert file.content == pdf() and file["Content-Type"] == "application/pdf"
    assert file["X-Content-Type-Options"] == "nosniff" and "no-store" in file["Cache-Control"]
    assert "sandbox" in file["Content-Security-Policy"]
    assert file["Content-Disposition"].startswith('inline; filename="Zeugnis.pdf"')
    taken = alma.get(reverse("document_file", args=[answer.context["head"].number, row.token, 1]) + "?herunterladen")
    assert taken["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html></html>", pdf()[:200]])
def test_what_is_no_document_stays_outside_and_what_was_typed_stays(alma, url, content):
    answer = alma.post(url, upload(content))
    assert answer.status_code == 422
    assert 'value="Zeugnis"' in answer.content.decode()
    assert alma.get(url).context["rows"] == []


def test_whoever_only_reads_gets_no_form(jan, url):
    page = jan.get(url)
    assert page.context["upload"] is None
    assert jan.post(url, upload()).status_code == 403


def test_health_is_shown_to_who_may_see_it(alma, jan, url, words):
    alma.post(url, upload(title="Attest Rücken", about="HEALTH"))
    assert "Attest Rücken" in words(alma.get(url))
    assert "Attest Rücken" not in words(jan.get(url))


def test_every_kind_can_be_looked_at(alma, case, url):
    shown = {kind.key for kind in alma.get(url).context["kinds"]}
    assert shown == {kind.key for kind in all_kinds()} - {"documents.letter"}


def test_every_kind_is_set_tagged_and_marked_as_pdf_a(alma, case):
    """404: a module has nothing to write about an almost empty case."""
    seen = 0
    for kind in all_kinds():
        if kind.key == "documents.letter":
            continue
        answer = alma.get(reverse("paper_view", args=[case.number, kind.key]))
        assert answer.status_code in {200, 404, 422}, kind.key
        if answer.status_code == 200:
            seen += 1
            assert_accessible(answer.content)
    assert seen


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow(alma, url, count, django_assert_num_queries):
    for number in range(count):
        alma.post(url, upload(title=f"Zeugnis {number}"))
    alma.get(url)
    with django_assert_num_queries(QUERIES):
        assert len(alma.get(url).context["rows"]) == count


QUERIES = 21


def test_an_unknown_kind_is_absent(alma, case):
    assert alma.get(reverse("paper_view", args=[case.number, "gibt.es.nicht"])).status_code == 404
