"""Spelling, without a database."""

import pytest

from ina.accounts.rules import CODE_ALPHABET, device_of, is_username, network_of, normalised_code, spelled_code


@pytest.mark.parametrize(("text", "fits"), [("abc", True), ("a.b-9", True), ("ab", False), ("Abc", False),
                                            ("a_b", False), (".abc", False), ("a" * 40, True), ("a" * 41, False),
                                            ("abc\n", False)])  # fmt: skip
def test_user_name(text, fits):
    assert is_username(text) is fits


def test_code_survives_spelling_and_typing():
    assert spelled_code("K7QM4ZTR9XWD") == "K7QM-4ZTR-9XWD"
    assert normalised_code(" k7qm 4ztr–9xwd ") == "K7QM4ZTR9XWD"


def test_code_has_no_signs_that_look_alike():
    assert not set("01IO") & set(CODE_ALPHABET)
    assert len(set(CODE_ALPHABET)) == 32


@pytest.mark.parametrize(("header", "device"), [
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox auf Windows"),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge auf Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari auf iPhone"),
    ("curl/8", "unbekanntes Gerät"),
    ("", "unbekanntes Gerät"),
])  # fmt: skip
def test_device_is_what_a_person_recognises(header, device):
    assert device_of(header) == device


@pytest.mark.parametrize(("address", "network"), [
    ("198.51.100.77", "198.51.100.0/24"),
    ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
    ("nichts", ""),
])  # fmt: skip
def test_address_is_shortened(address, network):
    assert network_of(address) == network
