"""Keys: wrapped, bound to their dossier, found again after a rotation."""

import base64

import pytest
from cryptography.fernet import Fernet

from ina.base.errors import Refused
from ina.documents import vault


@pytest.fixture
def masters(settings, tmp_path):
    old = Fernet.generate_key().decode()
    (tmp_path / "document.key").write_text(old)
    settings.KEY_FOLDER, settings.DOCUMENT_KEY = tmp_path, old
    vault.forget_master_keys()
    yield tmp_path
    vault.forget_master_keys()


def test_a_key_is_unwrapped_for_its_dossier_only(masters):
    key = vault.new_key()
    master, wrapped = vault.wrap(key, 7)
    assert key not in wrapped and vault.unwrap(master, wrapped, 7) == key
    with pytest.raises(Refused):
        vault.unwrap(master, wrapped, 8)


def test_a_key_wrapped_before_a_rotation_and_one_wrapped_by_another_process_are_found(masters):
    key = vault.new_key()
    vault.wrap(key, 7)
    new = Fernet.generate_key().decode()
    by_other = vault.wrap(key, 7, base64.urlsafe_b64decode(new))
    with pytest.raises(Refused):
        vault.unwrap(*by_other, 7)
    (masters / "document.next.key").write_text(new)
    assert vault.unwrap(*by_other, 7) == key


def test_equal_contents_are_sealed_differently_and_a_changed_one_is_refused():
    key = vault.new_key()
    first, second = vault.seal(key, b"x", "a"), vault.seal(key, b"x", "a")
    assert first != second and vault.unseal(key, first, "a") == b"x"
    with pytest.raises(Refused):
        vault.unseal(key, first[:-1] + bytes([first[-1] ^ 1]), "a")
    with pytest.raises(Refused):
        vault.unseal(key, first, "b")
