"""Small numbers are hidden so that nobody can work one out: attacked with all that is shown, on random tables and on
the city's own.
"""

import csv
from collections import defaultdict
from fractions import Fraction
from itertools import product
from math import inf
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator, Setting
from insek_core.rules.places.indicators import AreaValue
from insek_core.rules.places.suppression import counts_people, per, summed_into, unchecked_sentence, visible

CASES = Indicator(id="N", name="Fälle", unit="Personen", measure_kind="Zahl", evidence="stated")
ADULTS = Indicator(id="D", name="Erwachsene", unit="Personen", measure_kind="Zahl", evidence="stated")
RATE = Indicator(id="R", name="Quote", unit="%", measure_kind="Rate", denominator="Erwachsene", evidence="stated")


def town(*boroughs: int, threshold: str = "3") -> Plan:
    """A town with boroughs of so many districts each."""
    areas = [Area(id="L", name="Stadt", level="Stadt", evidence="stated")]
    for n, districts in enumerate(boroughs):
        areas.append(Area(id=f"B{n}", name=f"B{n}", level="Stadtbezirk", parent="L", evidence="stated"))
        for m in range(districts):
            areas.append(Area(id=f"O{n}{m}", name="O", level="Ortsteil", parent=f"B{n}", evidence="stated"))
    limit = Setting(id="small_number_threshold", name="Schwelle", value=threshold, evidence="assumed")
    return Plan(areas=tuple(areas), indicators=(CASES, ADULTS, RATE), settings=(limit,))


def table(plan: Plan, districts: list[int | None]) -> dict[str, AreaValue]:
    """Counts of the districts, in order, and the totals they make; None is missing."""
    counts = dict(zip([a.id for a in plan.areas if a.level == "Ortsteil"], districts, strict=True))
    totals: dict[str, int] = defaultdict(int)
    for area in plan.areas:
        if area.level == "Ortsteil":
            totals[area.parent] += counts[area.id] or 0
            totals["L"] += counts[area.id] or 0
    return {a: AreaValue(a, "missing" if v is None else "value", v) for a, v in {**totals, **counts}.items()}


def hidden(found: dict[str, AreaValue]) -> set[str]:
    return {area for area, value in found.items() if value.state == "suppressed"}


def sums(plan: Plan, counts: dict[str, float]) -> list[tuple[str, list[str], float]]:
    """Each total with its parts, and what it differs from them by: the attacker knows all of it. Only where all parts
    are 0 the total is that difference, which then is as secret as the total.
    """
    parts = defaultdict(list)
    for part, total in summed_into(plan, counts).items():
        parts[total].append(part)
    return [
        (total, held, counts[total] - sum(counts[p] for p in held))
        for total, held in parts.items()
        if any(counts[p] for p in held)
    ]


def bounds(plan: Plan, counts: dict[str, float], secret: set[str], least: float = 1) -> dict[str, tuple[float, float]]:
    """What a reader can tell of each hidden count: every sum narrows every member of it until nothing moves."""
    low = {a: (least if a in secret else v) for a, v in counts.items()}
    high = {a: (inf if a in secret else v) for a, v in counts.items()}
    equations = [{total: -1, **dict.fromkeys(parts, 1)} | {"": gap} for total, parts, gap in sums(plan, counts)]
    moved = True
    while moved:
        moved = False
        for equation in equations:
            gap = equation[""]
            for area, sign in equation.items():
                if area not in secret:
                    continue
                others = [(a, s) for a, s in equation.items() if a not in ("", area)]
                least_rest = sum(s * (low[a] if s > 0 else high[a]) for a, s in others) + gap
                most_rest = sum(s * (high[a] if s > 0 else low[a]) for a, s in others) + gap
                down, up = (-most_rest, -least_rest) if sign > 0 else (least_rest, most_rest)
                if down > low[area]:
                    low[area], moved = down, True
                if up < high[area]:
                    high[area], moved = up, True
    return {a: (low[a], high[a]) for a in secret}


def solved(plan: Plan, counts: dict[str, float], secret: set[str]) -> set[str]:
    """Which hidden counts the equations alone determine (rank of the system, exact)."""
    order = sorted(secret)
    rows = []
    for total, parts, _ in sums(plan, counts):
        row = [Fraction((a in parts) - (a == total)) for a in order]
        if any(row):
            rows.append(row)
    pivots = []
    for column in range(len(order)):
        pick = next((r for r in rows if r[column] and r not in [p for _, p in pivots]), None)
        if pick is None:
            continue
        pick[:] = [x / pick[column] for x in pick]
        for other in rows:
            if other is not pick and other[column]:
                factor = other[column]
                other[:] = [x - factor * y for x, y in zip(other, pick, strict=True)]
        pivots.append((column, pick))
    return {order[c] for c, row in pivots if sum(1 for x in row if x) == 1}


def attack(plan: Plan, raw: dict[str, AreaValue], seen: dict[str, AreaValue]) -> None:
    """Nothing hidden has one possible value, and everything small is hidden."""
    counts = {a: v.value for a, v in raw.items() if v.value is not None}
    secret = hidden(seen)
    assert not [a for a, v in seen.items() if v.value is not None and 0 < v.value < 3]
    assert all(seen[a] == raw[a] for a in raw if a not in secret) and not [a for a in secret if counts[a] == 0]
    assert solved(plan, counts, secret) == set()
    found = bounds(plan, counts, secret)
    assert {a: b for a, b in found.items() if b[0] == b[1]} == {}
    assert all(low <= counts[a] <= high for a, (low, high) in found.items())


few = st.one_of(st.none(), st.integers(0, 4), st.integers(0, 60))


@settings(max_examples=60)
@given(st.data(), st.lists(st.integers(0, 5), min_size=1, max_size=4))
def test_no_hidden_count_can_be_worked_out(data: st.DataObject, boroughs: list[int]) -> None:
    plan = town(*boroughs)
    districts = data.draw(st.lists(few, min_size=sum(boroughs), max_size=sum(boroughs)))
    raw = table(plan, districts)
    gap = data.draw(st.integers(0, 3))  # persons that no district has
    if "L" in raw and raw["L"].value:
        raw["L"] = AreaValue("L", "value", (raw["L"].value or 0) + gap)
    for area in data.draw(st.sets(st.sampled_from(sorted(raw)))) if data.draw(st.booleans()) and raw else ():
        raw[area] = AreaValue(area, "missing", None)
    attack(plan, raw, visible(plan, CASES, raw))


@settings(max_examples=20)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=4), st.integers(1, 3))
def test_every_hidden_count_has_two_values_that_fit_all_that_is_shown(districts: list[int], split: int) -> None:
    """The same attack by trying all values: slow, and sure of itself."""
    split = min(split, len(districts))
    plan = town(split, len(districts) - split)
    raw = table(plan, districts)
    secret = sorted(hidden(visible(plan, CASES, raw)))
    counts = {a: v.value for a, v in raw.items()}
    fitting = []
    for tried in product(range(1, 20), repeat=len(secret)) if len(secret) <= 3 else ():
        world = {**counts, **dict(zip(secret, tried, strict=True))}
        if all(sum(world[p] for p in parts) + gap == world[total] for total, parts, gap in sums(plan, counts)):
            fitting.append(tried)
    assert not fitting or all(len(set(values)) > 1 for values in zip(*fitting, strict=True))


@settings(max_examples=20)
@given(st.permutations([1, 0, 7, 2, 30, 4, 4]))
def test_the_order_of_the_areas_does_not_matter(order: list[int]) -> None:
    plan = town(4, 3)
    raw = table(plan, [1, 2, 30, 0, 7, 4, 4])
    mixed = {a: raw[a] for a in sorted(raw, key=lambda a: order[sum(map(ord, a)) % 7])}
    assert hidden(visible(plan, CASES, mixed)) == hidden(visible(plan, CASES, raw))


def test_a_single_small_count_takes_the_smallest_other_of_its_sum_with_it() -> None:
    plan = town(4, 2)
    assert hidden(visible(plan, CASES, table(plan, [2, 40, 30, 0, 50, 60]))) == {"O00", "O02"}


def test_two_small_counts_whose_sum_gives_both_away_take_a_third_with_them() -> None:
    plan = town(3)
    assert hidden(visible(plan, CASES, table(plan, [1, 1, 30]))) >= {"O00", "O01", "O02"}


def test_a_small_count_alone_in_its_borough_takes_the_borough_and_another_with_it() -> None:
    plan = town(2, 2, 2)
    found = hidden(visible(plan, CASES, table(plan, [2, 0, 20, 9, 30, 31])))
    assert found >= {"O00", "B0", "B1"} and "L" not in found and found & {"O10", "O11"}


def test_nought_is_shown_and_a_threshold_of_nought_hides_nothing() -> None:
    raw = table(town(3), [0, 0, 2])
    assert visible(town(3), CASES, raw)["O00"].value == 0
    assert hidden(visible(town(3, threshold="0"), CASES, raw)) == set()


COUNTED = [
    ("Personen", "Zahl", True),
    ("", "", True),
    ("ha", "Zahl", False),
    ("%", "", False),
    ("je Kopf", "Rate", False),
]
BASES = [("%", 100), ("‰", 1000), ("je 1.000 Einwohner", 1000), ("Kinder je Platz", 1)]


@pytest.mark.parametrize(("unit", "kind", "counted"), COUNTED)
def test_persons_and_cases_are_counted_sizes_and_rates_are_not(unit: str, kind: str, counted: bool) -> None:
    assert counts_people(Indicator(id="I", name="I", unit=unit, measure_kind=kind, evidence="stated")) is counted


@pytest.mark.parametrize(("unit", "base"), BASES)
def test_a_rate_says_what_its_count_is_multiplied_by(unit: str, base: int) -> None:
    assert per(Indicator(id="I", name="I", unit=unit, evidence="stated")) == base


@settings(max_examples=40)
@given(st.data())
def test_a_rate_times_its_denominator_gives_no_small_count_back(data: st.DataObject) -> None:
    plan = town(3, 2)
    adults = data.draw(st.lists(st.integers(0, 400), min_size=5, max_size=5))
    cases = [data.draw(st.integers(0, min(a, 6))) for a in adults]
    count, base = table(plan, cases), table(plan, adults)
    rates = {
        a: AreaValue(a, "value", 100 * (count[a].value or 0) / base[a].value)
        if base[a].value
        else AreaValue(a, "missing", None)
        for a in count
    }
    seen, shown_base = visible(plan, RATE, rates, base), visible(plan, ADULTS, base)
    back = {}
    for area, rate in seen.items():
        base_count = shown_base[area].value if rate.value else 0  # 0 % of whatever is 0
        known = rate.value is not None and base_count is not None
        state = "value" if known else "missing" if rate.state == "missing" else "suppressed"
        back[area] = AreaValue(area, state, round(rate.value * base_count / 100) if known else None)
    assert not [a for a, v in back.items() if v.value is not None and 0 < v.value < 3]
    counts = {a: c.value for a, c in count.items() if rates[a].value is not None}
    secret = hidden(back) & set(counts)
    assert {a for a, (low, high) in bounds(plan, counts, secret).items() if low == high} == set()
    assert all(seen[a].value is None for a in hidden(shown_base) if count[a].value)


def test_a_rate_over_a_hidden_denominator_is_hidden_too() -> None:
    """Adults 2, 40, 60: 2 and with it 40 are hidden. 20 cases at 50 % would give the 40 back, and then the 2."""
    plan, shares = town(3), [0.0, 50.0, 50.0]
    base = table(plan, [2, 40, 60])
    rates = {f"O0{n}": AreaValue(f"O0{n}", "value", share) for n, share in enumerate(shares)}
    assert hidden(visible(plan, ADULTS, base)) == {"O00", "O01"}
    assert "O01" in hidden(visible(plan, RATE, rates, base)) and visible(plan, RATE, rates, base)["O00"].value == 0


def test_what_the_source_withholds_cannot_be_had_by_subtraction() -> None:
    plan = town(3, 2)
    raw = table(plan, [20, 30, 40, 50, 60]) | {"O00": AreaValue("O00", "suppressed", None)}
    assert hidden(visible(plan, CASES, raw)) == {"O00", "O01"}
    base = {area: AreaValue(area, "value", 100.0) for area in raw}
    assert hidden(visible(plan, RATE, raw, base)) == {"O00", "O01"}  # as percent of 100 each the same counts


def test_a_rate_of_which_nobody_knows_the_denominator_says_so() -> None:
    loose = Indicator(id="R", name="Quote", measure_kind="Rate", denominator="Ladenflächen", evidence="stated")
    told = unchecked_sentence(town(1), loose)
    assert told and "„Ladenflächen“ ist kein Indikator der Planung" in told.text
    assert unchecked_sentence(town(1), RATE) is None and unchecked_sentence(town(1), CASES) is None


def test_areas_that_lie_in_one_another_in_a_circle_do_no_harm() -> None:
    ring = tuple(Area(id=a, name=a, level="Ortsteil", parent=b, evidence="stated") for a, b in ("AB", "BC", "CA"))
    values = {a: AreaValue(a, "value", 2.0) for a in "ABC"}
    assert hidden(visible(Plan(areas=ring), CASES, values)) == {"A", "B", "C"}


def test_the_citys_own_tables_survive_the_attack(example: Plan) -> None:
    path = Path(__file__).resolve().parents[4] / "shared" / "leipzig" / "indicators_long.csv"
    if not path.exists():
        pytest.skip("the city's table is not beside the repository")
    ids = {"stadt": "L", "stadtbezirk": "SB-", "ortsteil": "OT-"}
    tables: dict[tuple[str, str, str], dict[str, AreaValue]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["group"] in ("Ärzte", "Arbeitslose", "SGB II") and row["year"] in ("2014", "2020"):
                area = ids[row["level"]] + ("" if row["level"] == "stadt" else row["code"])
                tables[row["group"], row["indicator"], row["year"]][area] = AreaValue(
                    area, "value", float(row["value"])
                )
    tried = 0
    for raw in tables.values():
        if any(0 < (v.value or 0) < 3 for v in raw.values()) and all(
            float(v.value or 0).is_integer() for v in raw.values()
        ):
            attack(example, raw, visible(example, CASES, raw))
            tried += 1
    assert tried >= 4
