"""The page about the lifecycle says what the program does."""

from pathlib import Path

from django.conf import settings

from ina.cases.enums import Act, EventKind, State
from ina.cases.rules.endings import ENDINGS
from ina.ops.lifecycle_page import PAGE, page


def test_the_page_in_the_docs_is_up_to_date():
    said = (Path(settings.BASE_DIR) / PAGE).read_text(encoding="utf-8")
    assert said == page(), "run script/ina write_lifecycle"


def test_it_names_every_state_act_ending_and_event():
    text = page()
    for each in (*State, *Act, *EventKind, *(ending.code for ending in ENDINGS)):
        assert str(each) in text or each is EventKind.TRANSFERRED
    assert EventKind.TRANSFERRED.label in text


def test_the_picture_draws_each_way_once():
    ways = [line for line in page().splitlines() if "-->" in line]
    assert len(ways) == len(set(ways))
    assert "    PAUSED_ADMITTED --> AFTERCARE: Entlassung bestätigt" in ways
    assert not any(way.startswith("    PAUSED_AFTERCARE --> ADMITTED") for way in ways)
