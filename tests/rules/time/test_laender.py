"""The holidays of all 16 Länder, as their laws say and as the library has them; a plan's calendar is its Land's."""

from datetime import date, timedelta

import holidays
import pytest

from insek_core.plan import Plan
from insek_core.plan.content import Setting
from insek_core.plan.law import LAENDER
from insek_core.rules.time.workdays import calendar, public_holiday

EVERYWHERE = 9  # Neujahr, Karfreitag, Ostermontag, 1. Mai, Himmelfahrt, Pfingstmontag, 3. Oktober, 25. and 26. Dezember
ONLY_IN = {  # feast days of 2025 beyond the nine, by the laws of the Länder
    "2025-01-06": "BW BY ST",  # Heilige Drei Könige
    "2025-03-08": "BE MV",  # Frauentag
    "2025-04-20": "BB",  # Ostersonntag
    "2025-05-08": "BE",  # 80 years after the end of the war, once
    "2025-06-08": "BB",  # Pfingstsonntag
    "2025-06-19": "BW BY HE NW RP SL",  # Fronleichnam
    "2025-08-15": "SL",  # Mariä Himmelfahrt; in Bavaria by municipality
    "2025-09-20": "TH",  # Weltkindertag
    "2025-10-31": "BB HB HH MV NI SN ST SH TH",  # Reformationstag
    "2025-11-01": "BW BY NW RP SL",  # Allerheiligen
    "2025-11-19": "SN",  # Buß- und Bettag
}


def in_state(code: str) -> Plan:
    return Plan(settings=(Setting(id="state", name="Land", value=code, evidence="stated"),))


@pytest.mark.parametrize("code", LAENDER)
def test_a_year_of_a_land_has_the_holidays_of_its_law(code: str) -> None:
    year = [date(2025, 1, 1) + timedelta(n) for n in range(365)]
    found = {day.isoformat() for day in year if public_holiday(day, code)}
    own = {day for day, lands in ONLY_IN.items() if code in lands.split()}
    assert found & set(ONLY_IN) == own
    assert len(found) == EVERYWHERE + len(own)
    assert found == {day.isoformat() for day in holidays.country_holidays("DE", subdiv=code, years=2025)}


@pytest.mark.parametrize("code", LAENDER)
def test_the_working_days_of_a_plan_are_those_of_its_land(code: str) -> None:
    workdays = calendar(in_state(code))
    for day, lands in ONLY_IN.items():
        at = date.fromisoformat(day)
        assert workdays.works(at) is (at.weekday() < 5 and code not in lands.split()), day


def test_a_plan_without_a_land_has_the_holidays_of_all_alone() -> None:
    for nowhere in (Plan(), in_state("XX")):
        assert nowhere.state == ""
        days = [date(2025, 1, 1) + timedelta(n) for n in range(365)]
        assert sum(bool(public_holiday(day, nowhere.state)) for day in days) == EVERYWHERE
        assert calendar(nowhere).works(date(2025, 6, 19))
