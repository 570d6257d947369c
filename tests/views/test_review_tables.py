"""Tables of a round: what areas said and what of it stands, Arbeitsaufträge, minutes line by line and escaped."""

from datetime import date

from small import goal, serves

from insek_core.plan import Plan
from insek_core.plan.process import Organisation
from insek_core.plan.review import Assignment, Judgement
from insek_core.views import reviewtables

DAY = date(2026, 3, 2)


def judgement(number: int, office: str, kind: str, settled: date | None = None) -> Judgement:
    return Judgement(
        id=f"BW-{number}", contribution="M>Z", office=office, kind=kind, weight=1, settled_on=settled, evidence="stated"
    )


PLAN = Plan(
    organisations=tuple(Organisation(id=i, name=f"Amt {i}", evidence="stated") for i in "AB"),
    goals=(goal("Z"),),
    contributions=(serves("M", "Z", 2),),
    judgements=(
        judgement(1, "A", "Bewertung", DAY),
        judgement(2, "B", "Bewertung"),
        judgement(3, "B", "abweichende Auffassung"),
    ),
)


def test_of_what_areas_said_the_newest_is_first_and_what_was_said_anew_is_superseded() -> None:
    rows = reviewtables.said(PLAN, "M>Z").texts()
    assert [(row[0], row[-1]) for row in rows] == [
        ("Amt B", "bleibt neben dem Gewicht stehen"),
        ("Amt B", "abgelöst"),
        ("Amt A", "02.03.2026"),
    ]


def test_work_without_office_or_day_says_that_it_is_open() -> None:
    row = Assignment(id="AA", text="klären", evidence="stated")
    assert reviewtables.assignments_table(PLAN, [row]).texts() == [("offen", "klären", "[offen]", "", "")]


def test_minutes_are_escaped_and_keep_their_lines() -> None:
    html = reviewtables.minutes_html("Protokoll <b>\n   Amt A: +1")
    assert html.count("<li") == 2 and "&lt;b&gt;" in html and "<li class='dazu'>" in html
