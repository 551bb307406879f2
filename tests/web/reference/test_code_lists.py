"""Listen: all of them, with how many entries hold today."""

import pytest

from ina.reference.operations import add_code
from ina.reference.queries import codes

pytestmark = pytest.mark.django_db
ADDRESS = "/werte/listen/"


def lines(client) -> dict:
    return {line.key: line for line in client.get(ADDRESS).context["lists"]}


def test_every_list_says_how_many_entries_hold_today(alma, people, now, clock):
    before = lines(alma)
    assert before["ending_reasons"].codes == len(codes("ending_reasons", on=now.date()))
    for code, day in (("PROBE", now.date()), ("SPAETER", now.date().replace(year=2027))):
        add_code(
            actor=people.gero.actor,
            now=now,
            list_key="ending_reasons",
            code=code,
            label=code,
            valid_from=day,
            source="x",
        )
    after = lines(alma)
    assert after["ending_reasons"].codes == before["ending_reasons"].codes + 1
    assert after["ending_reasons"].changed_at == now


@pytest.mark.parametrize("added", [1, 3])
def test_statements_do_not_grow_with_entries(alma, people, now, statements, added):
    for number in range(added):
        add_code(
            actor=people.gero.actor,
            now=now,
            list_key="ending_reasons",
            code=f"P{number}",
            label="x",
            valid_from=now.date(),
            source="x",
        )
    lines(alma)
    with statements() as count:
        lines(alma)
    assert count() == 5
