"""Keys of organisations."""

import pytest

from ina.institutions.enums import Kind
from ina.institutions.rules import make_key


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        (Kind.PRISON, "Justizvollzugsanstalt Düsseldorf", "jva-duesseldorf"),
        (Kind.JOBCENTER, "Jobcenter Märkischer Kreis", "jc-maerkischer-kreis"),
        (Kind.FIRM, "Metallbau Lehmann & Söhne GmbH", "betrieb-metallbau-lehmann-soehne-gmbh"),
        (Kind.FIRM, "Betrieb Straßenbau", "betrieb-strassenbau"),
        (Kind.PROVIDER, "Café Łódź", "anbieter-cafe-odz"),
        (Kind.OTHER, "株式会社", "stelle"),
    ],
)
def test_make_key(kind, name, key):
    assert make_key(kind, name) == key


def test_make_key_numbers_what_is_taken():
    assert make_key(Kind.FIRM, "Muster", {"betrieb-muster", "betrieb-muster-2"}) == "betrieb-muster-3"


def test_make_key_stays_short():
    assert len(make_key(Kind.FIRM, "Sehr langer Name " * 20)) <= 70
