"""Cadences in words: read where they can be, held against the entered sittings, and said where they are not checked."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import body, sitting

from insek_core.plan import Plan
from insek_core.plan.process import Body, CalendarEntry
from insek_core.plan.recurrence import recurrence, rule_of_words
from insek_core.plan.values import parse_fuzzy
from insek_core.rules.time.sittings import sittings
from insek_core.rules.timechecks import cadences, missed_cadences, unread_cadences

QUARTERLY = body(cadence_words="einmal pro Quartal", first_on=date(2015, 4, 1), until_on=date(2016, 3, 31))
TWICE = body(cadence_words="2 mal jährlich", first_on=date(2015, 7, 1), until_on=date(2016, 12, 31))
QUARTER, HALF, YEAR = "FREQ=MONTHLY;INTERVAL=3", "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"
MONTH, WEEK, FORTNIGHT = "FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2"


def plan_of(one: Body, *days: str, **more: object) -> Plan:
    rows = tuple(sitting(f"S{n}", parse_fuzzy(words)) for n, words in enumerate(days))
    return Plan(bodies=(one,), meetings=rows, **more)  # type: ignore[arg-type]


def missing(plan: Plan) -> list[str]:
    return [period for row in cadences(plan) for period in row.missing]


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("einmal pro Quartal", QUARTER),
        ("Einmal im Quartal", QUARTER),
        ("vierteljährlich", QUARTER),
        ("quartalsweise", QUARTER),
        ("viermal im Jahr", QUARTER),
        ("jedes Quartal", QUARTER),
        ("alle drei Monate", QUARTER),
        ("Bericht einmal pro Quartal im Ausschuss", QUARTER),
        ("zweimal jährlich", HALF),
        ("2 mal jährlich", HALF),
        ("2x im Jahr", HALF),
        ("zweimal im Jahr", HALF),
        ("zwei Sitzungen pro Jahr", HALF),
        ("halbjährlich", HALF),
        ("einmal je Halbjahr", HALF),
        ("alle 6 Monate", HALF),
        ("jährlich", YEAR),
        ("einmal im Jahr", YEAR),
        ("jedes Jahr", YEAR),
        ("alle zwei Jahre", "FREQ=YEARLY;INTERVAL=2"),
        ("monatlich", MONTH),
        ("einmal im Monat", MONTH),
        ("jeden Monat", MONTH),
        ("jeden zweiten Monat", "FREQ=MONTHLY;INTERVAL=2"),
        ("zweimonatlich", "FREQ=MONTHLY;INTERVAL=2"),
        ("sechsmal im Jahr", "FREQ=MONTHLY;INTERVAL=2"),
        ("dreimal jährlich", "FREQ=MONTHLY;INTERVAL=4"),
        ("wöchentlich", WEEK),
        ("jede Woche", WEEK),
        ("einmal in der Woche", WEEK),
        ("alle zwei Wochen", FORTNIGHT),
        ("jede zweite Woche", FORTNIGHT),
        ("14-tägig", FORTNIGHT),
        ("vierzehntägig", FORTNIGHT),
        ("zweiwöchentlich", FORTNIGHT),
        ("alle 14 Tage", FORTNIGHT),
        ("alle sechs Wochen", "FREQ=WEEKLY;INTERVAL=6"),
        ("fünfmal im Jahr", None),
        ("zweimal im Monat", None),
        ("zehntägig", None),
        ("0 mal im Jahr", None),
        ("monatlich, in den Ferien vierteljährlich", None),
        ("Regeltermin", None),
        ("nach Bedarf", None),
        ("unterjährlich", None),
        ("", None),
    ],
)
def test_words_are_read_as_what_they_say(words: str, rule: str | None) -> None:
    assert rule_of_words(words) == rule
    assert rule_of_words(words.upper()) == rule


@given(st.text(alphabet="einzwdrmaljähchprQutonkW 0149-,.×", max_size=60))
def test_what_is_read_is_a_rule(words: str) -> None:
    rule = rule_of_words(words)
    assert rule is None or recurrence(rule).text == rule


@pytest.mark.parametrize(
    ("cadenced", "sittings", "gaps"),
    [
        (QUARTERLY, [], ["2. Quartal 2015", "3. Quartal 2015", "4. Quartal 2015", "1. Quartal 2016"]),
        (QUARTERLY, ["2. Quartal 2015", "20.08.2015", "Herbst 2015", "1. Quartal 2016"], []),
        (QUARTERLY, ["30.06.2015", "01.10.2015"], ["3. Quartal 2015", "1. Quartal 2016"]),
        (TWICE, ["Herbst 2015", "Frühjahr 2016"], ["2. Halbjahr 2016"]),
        (TWICE, ["offen"], ["2. Halbjahr 2015", "1. Halbjahr 2016", "2. Halbjahr 2016"]),
        (replace(QUARTERLY, cadence_words="nach Bedarf"), [], []),
        (replace(QUARTERLY, cadence_words="jährlich"), ["01.03.2016"], ["Jahr 2015"]),
        (
            replace(QUARTERLY, cadence_words="alle vier Monate"),
            ["01.04.2015"],
            ["Mai bis August 2015", "September bis Dezember 2015", "Januar bis April 2016"],
        ),
    ],
)
def test_a_stated_cadence_names_the_periods_without_sitting(
    cadenced: Body, sittings: list[str], gaps: list[str]
) -> None:
    assert missing(plan_of(cadenced, *sittings)) == gaps


def test_without_days_of_its_own_a_body_is_held_between_its_first_and_its_last_sitting() -> None:
    words = body(cadence_words="vierteljährlich")
    assert missing(plan_of(words)) == [] and missing(plan_of(words, "03.02.2026")) == []
    plan = plan_of(words, "03.02.2026", "10.11.2026")
    assert missing(plan) == ["2. Quartal 2026", "3. Quartal 2026"]
    found = list(missed_cadences(plan))
    assert [f.level for f in found] == ["notice", "notice"]
    assert found[0].message == "Fachausschuss (vierteljährlich): im 2. Quartal 2026 ist keine Sitzung vorgesehen."
    assert missing(plan_of(words, "03.02.2026", "05.05.2026", "08.09.2026", "10.11.2026")) == []


def test_a_month_and_a_fortnight_are_named_by_their_days() -> None:
    monthly = plan_of(body(cadence_words="monatlich"), "03.02.2026", "07.04.2026")
    assert missing(monthly) == ["März 2026"]
    weeks = plan_of(body(cadence_words="alle zwei Wochen"), "05.01.2026", "02.02.2026")
    assert missing(weeks) == ["Zeitraum 19.01.2026 bis 01.02.2026"]


def test_a_break_of_sittings_misses_none() -> None:
    summer = CalendarEntry(
        id="K",
        name="Pause",
        kind="Sitzungspause",
        first_on=date(2026, 7, 1),
        last_on=date(2026, 8, 31),
        evidence="stated",
    )
    plan = plan_of(body(cadence_words="monatlich"), "09.06.2026", "08.09.2026", calendars=(summer,))
    assert missing(plan) == []
    assert missing(replace(plan, calendars=())) == ["Juli 2026", "August 2026"]


def test_a_cadence_without_end_stops_with_the_calendar() -> None:
    forever = replace(QUARTERLY, first_on=date(2100, 1, 1), until_on=date.max)
    assert missing(plan_of(forever))[-1] == "4. Quartal 2100"


def test_words_that_name_no_cadence_are_said_not_to_be_checked() -> None:
    def found(**more: str) -> list[tuple[str, str]]:
        return [(f.level, f.field) for f in unread_cadences(plan_of(body(**more)))]

    assert found(cadence_words="Regeltermin") == [("notice", "cadence_words")]
    assert found(cadence_words="Regeltermin", cadence="FREQ=WEEKLY") == []  # the rule beside it is worked out
    assert found(cadence_words="nach Bedarf") == found(cadence_words="monatlich") == found() == []


def test_words_alone_make_no_dates() -> None:

    assert sittings(plan_of(body(cadence_words="monatlich", first_on=date(2026, 1, 1))), "G") == ()


def test_the_example_misses_no_cadence(example: Plan) -> None:
    assert missing(example) == []
