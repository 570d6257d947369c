"""The draw for a full evening: proportional, reproducible, and blind to the order of the lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.rules.people.draw import Drawn, draw

CODES = st.dictionaries(
    st.integers(1, 500).map(lambda n: f"C{n}"), st.sampled_from(["Ost", "West", "Mitte"]), min_size=1, max_size=60
)


def text(codes: dict[str, str]) -> str:
    return "\n".join(f"{code}; {group}" for code, group in codes.items())


@settings(max_examples=100)
@given(CODES, st.integers(1, 80), st.text("abc123", min_size=1), st.randoms())
def test_a_draw_is_proportional_and_does_not_depend_on_the_order_of_lines(
    codes: dict[str, str], seats: int, seed: str, chance: object
) -> None:
    found = draw(text(codes), seats, seed)
    assert len(found.chosen) == min(seats, len(codes)) == sum(group.seats for group in found.groups)
    assert sorted(found.chosen + found.waiting) == sorted(codes.items())
    for group in found.groups:
        exact = group.registered * len(found.chosen) / len(codes)
        assert abs(group.seats - exact) < 1 and sum(name == group.name for _, name in found.chosen) == group.seats
    lines = list(codes.items())
    chance.shuffle(lines)  # type: ignore[attr-defined]
    assert draw(text(dict(lines)), seats, seed) == found


def test_another_seed_draws_others() -> None:
    codes = {f"C{n}": "Ost" for n in range(40)}
    assert len({draw(text(codes), 20, str(seed)).chosen for seed in range(5)}) == 5


def chance_of(code: str) -> float:
    codes = {**{f"O{n}": "Ost" for n in range(6)}, **{f"W{n}": "West" for n in range(3)}}
    return sum(any(c == code for c, _ in draw(text(codes), 3, str(seed)).chosen) for seed in range(3000)) / 3000


@pytest.mark.parametrize("code", ["O0", "O5", "W0", "W2"])
def test_each_code_has_the_same_chance(code: str) -> None:
    assert abs(chance_of(code) - 1 / 3) < 3 * (2 / 9 / 3000) ** 0.5


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("Erika Mustermann; Ost", "Namen"),
        ("a@b.de", "Namen"),
        ("C1\nC1", "schon weiter oben"),
        ("Muster, Erika", "Namen"),
    ],
)
def test_names_and_doubles_are_refused_and_nobody_is_drawn(lines: str, told: str) -> None:
    found = draw(lines, 5, "x")
    assert told in found.findings[0].message and found.chosen == () == found.groups


def test_no_seat_and_no_code_are_told_apart() -> None:
    assert draw("C1", 0, "x").findings and draw("", 3, "x") == Drawn(seed="x", chosen=(), waiting=(), groups=())
