"""The set-up unpacks KERN's fonts for papers (script/_assets.py)."""

import importlib
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def assets(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "script"))
    return importlib.import_module("_assets")


def test_every_face_of_papers_is_pinned_by_a_checksum():
    wanted = json.loads((ROOT / "script/assets.json").read_text())["papers"]
    assert {entry["to"] for entry in wanted} >= {f"FiraSans-{face}.ttf" for face in ("Regular", "SemiBold", "Bold")}
    assert all(len(entry["sha512"]) == 128 and entry["from"].endswith(".woff2") for entry in wanted)


def test_fonts_of_another_version_are_made_anew(assets, tmp_path):
    for entry in assets._wanted(ROOT, "papers"):
        (tmp_path / entry["to"]).write_bytes(b"ttf")
    assert not assets._complete(ROOT, "papers", tmp_path)
    (tmp_path / assets.MADE_FROM).write_text(json.dumps(assets._sources(ROOT)))
    assert assets._complete(ROOT, "papers", tmp_path)
    (tmp_path / "FiraSans-Bold.ttf").unlink()
    assert not assets._complete(ROOT, "papers", tmp_path)


def test_a_read_only_checkout_keeps_its_fonts_in_the_environment(assets, tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "_writable", lambda folder: False)
    monkeypatch.setattr(assets, "_complete", lambda *asked: False)
    places = assets.folders(ROOT, tmp_path)
    assert places["papers"] == tmp_path / "assets/paper-fonts"
    assert assets.variables(ROOT, places)["INA_PAPER_FONTS"] == str(places["papers"])


def test_a_broken_font_stops_the_set_up_with_its_name(assets, tmp_path):
    broken = tmp_path / "FiraSans-Bold.woff2"
    broken.write_bytes(b"wOF2 but not really")
    environment = SimpleNamespace(python=Path(sys.executable), variables={})
    with pytest.raises(Exception, match=r"FiraSans-Bold\.woff2 ließ sich nicht auspacken"):
        assets._unpack(environment, broken, tmp_path / "FiraSans-Bold.ttf")
