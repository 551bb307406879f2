"""No cell of a few people is shown, none can be recomputed from the total."""

from itertools import product

import pytest

from ina.base.protection import hidden_cells, is_small


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_small_is_between_one_and_the_limit(count, small):
    assert is_small(count, 5) is small


def test_nothing_is_hidden_without_a_small_cell():
    assert hidden_cells({"a": 5, "b": 0, "c": 40}, 5) == frozenset()


def test_the_smallest_other_cell_hides_a_small_one():
    assert hidden_cells({"a": 3, "b": 9, "c": 40}, 5) == {"a", "b"}


def test_two_small_cells_that_hold_too_few_take_a_third():
    assert hidden_cells({"a": 1, "b": 1, "c": 9, "d": 40}, 5) == {"a", "b", "c"}
    assert hidden_cells({"a": 2, "b": 3, "c": 9, "d": 40}, 5) == {"a", "b"}


def test_an_empty_cell_hides_only_when_nothing_else_is_left():
    assert hidden_cells({"a": 3, "b": 0, "c": 40}, 5) == {"a", "c"}


def test_a_cell_known_from_elsewhere_hides_nothing():
    assert hidden_cells({"a": 3, "b": 9, "c": 40}, 5, published={"b"}) == {"a", "c"}


def test_no_hidden_cell_follows_from_the_total():
    for counts in product((0, 1, 3, 5, 12), repeat=4):
        if sum(counts) < 5:
            continue
        cells = dict(zip("abcd", counts, strict=True))
        hidden = hidden_cells(cells, 5)
        assert all(key in hidden for key, count in cells.items() if 0 < count < 5)
        if hidden:
            assert len(hidden) >= 2
            assert sum(cells[key] for key in hidden) >= 5
