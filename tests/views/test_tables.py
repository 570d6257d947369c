"""The table beside each picture: the same figures, in German, each with its evidence."""

from dataclasses import replace
from datetime import date

import pytest
from drawn import told
from small import PAPER, TODAY, body, fund, item, line, link, sitting, task, work

from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.plan.errors import Finding
from insek_core.plan.finance import CostItem
from insek_core.plan.law import LegalSource
from insek_core.plan.process import Format, Paper, Reading
from insek_core.plan.values import Fuzzy, parse_span
from insek_core.plan.version import Version
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.chance.forecast import forecast
from insek_core.rules.people.draw import draw
from insek_core.rules.people.participation import participation
from insek_core.rules.places.indicators import AreaValue, Slice
from insek_core.rules.time.baseline import deviations, planned
from insek_core.rules.time.schedule import timetable
from insek_core.views import moneytables, placetables, tables, timetables

LINES = (
    line("Aufwand", 18_000_000),
    line("Ertrag", 12_000_000),
    line("Aufwand", 1_500_000, 2017, 2017, "anzumelden"),
    line("Ertrag", 1_000_000, 2017, 2017, "anzumelden"),
)
MONEY = replace(PAPER, budget_lines=LINES)


def of(plan: Plan) -> Assessment:
    return assess(plan, (), TODAY)


# law


def test_law_says_section_days_and_what_nobody_has_read() -> None:
    ended = LegalSource(
        *("overrun_rule", "Überplanmäßiges", "Gemeindeordnung", "GO", "§ 95d", date(2007, 1, 1), "ort", "extern", True),
        valid_until=date(2020, 12, 31),
    )
    unread = replace(ended, section="§ 82", checked=False, valid_until=None)
    assert moneytables.legal("SH", [ended, unread]).texts() == [
        ("Überplanmäßiges", "Gemeindeordnung", "§ 95d GO", "01.01.2007 bis 31.12.2020", "ort", "extern"),
        ("Überplanmäßiges", "Gemeindeordnung", "§ 82 GO", "01.01.2007", "ort", "extern, nicht geprüft"),
    ]


def test_without_a_land_no_law_is_named() -> None:
    assert moneytables.legal("", []).texts() == [(moneytables.NO_LAND,)]


# money


def test_cost_is_grant_and_own_share_in_each_year_and_in_the_sum() -> None:
    rows = told(moneytables.by_year(of(MONEY)))
    assert [(r["Jahr"], r["Gesamtkosten"], r["Förderung"], r["Eigenanteil"]) for r in rows] == [
        ("2015", "90.000 €", "60.000 €", "30.000 €"),
        ("2016", "90.000 €", "60.000 €", "30.000 €"),
        ("2017", "15.000 €", "10.000 €", "5.000 €"),
        ("Summe", "195.000 €", "130.000 €", "65.000 €"),
    ]
    assert {r["Beleg"] for r in rows} == {"= abgeleitet, beruht auf Annahme"}


def test_third_party_money_has_a_column_only_where_there_is_any() -> None:
    assert "Drittmittel" not in told(moneytables.by_year(of(MONEY)))[0]
    rows = told(moneytables.by_year(of(replace(MONEY, funds=(fund(600_000, 2016),)))))
    assert [r["Drittmittel"] for r in rows] == ["0 €", "6.000 €", "0 €", "6.000 €"]


def test_an_unknown_amount_is_unknown_in_its_year_and_in_the_sum() -> None:
    rows = told(moneytables.by_year(of(replace(MONEY, cost_items=(*MONEY.cost_items, item("offen", None, 2017))))))
    assert [r["Gesamtkosten"] for r in rows] == ["90.000 €", "90.000 €", "unbekannt", "unbekannt"]


def test_each_level_is_expense_less_income() -> None:
    rows = {r["Ebene"]: r for r in told(moneytables.levels(of(MONEY).budget, both=False))}
    shown = {name: tuple(r[c] for c in ("Aufwendungen", "Erträge", "Eigenanteil (Saldo)")) for name, r in rows.items()}
    assert shown == {
        "Ansatz 2015/2016": ("180.000 €", "120.000 €", "60.000 €"),
        "Bedarf 2015/2016": ("180.000 €", "120.000 €", "60.000 €"),
        "Abweichung 2015/2016": ("0 €", "0 €", "0 €"),
        "Ansatz 2017": ("15.000 €", "10.000 €", "5.000 €"),
        "Bedarf 2017": ("15.000 €", "10.000 €", "5.000 €"),
        "Abweichung 2017": ("0 €", "0 €", "0 €"),
        "noch anzumelden": ("15.000 €", "10.000 €", "5.000 €"),
        "Gesamtfinanzierung": ("195.000 €", "130.000 €", "65.000 €"),
    }


def test_a_figure_says_its_evidence_and_where_it_comes_from() -> None:
    (row,) = told(moneytables.figures([of(MONEY).funding.own_share]))
    assert (row["Größe"], row["Wert"]) == ("Eigenanteil", "65.000 €")
    assert "195.000 €" in row["Woher"] and "130.000 €" in row["Woher"]


# records, findings, versions


def test_a_cell_is_marked_where_its_field_is_assumed_and_not_where_it_is_stated() -> None:
    row = CostItem(
        id="K", name="Druck", amount_cents=12_34, evidence="stated", field_evidence=(("amount_cents", "assumed"),)
    )
    (shown,) = told(tables.records(Plan(cost_items=(row,)), [row], CostItem, fields=("name", "amount_cents")))
    assert shown == {"Bezeichnung": "Druck", "Betrag": "12,34 € ◌"}


def test_a_finding_has_its_level_place_and_remedy_and_says_its_place_once() -> None:
    finding = Finding(
        level="error",
        message="Blatt Kosten, Zelle C7: „x“ ist kein Betrag.",
        remedy="Bitte.",
        sheet="Kosten",
        cell="C7",
    )
    assert told(tables.findings([finding])) == [
        {
            "Art": "✖ Fehler",
            "Ort": "Blatt Kosten, Zelle C7",
            "Meldung": "„x“ ist kein Betrag.",
            "Abhilfe": "Bitte.",
        }
    ]


def test_versions_stand_newest_first_and_count_what_they_leave_out() -> None:
    def version(number: int, *changes: str) -> Version:
        return Version(number, "2015-06-01T12:30:00+02:00", "Frau Berg", "weil", "", None, None, "", changes)

    rows = told(tables.versions([version(1), version(2, *"abcde")]))
    assert [r["Version"] for r in rows] == ["2", "1"]
    assert rows[0]["Geändert"] == "a; b; c und 2 weitere" and rows[0]["Gespeichert"] == "01.06.2015 12:30 Uhr"


# places


AREAS = (Area(id="A", name="Mitte", code="00", level="Ortsteil", area_km2=2.0, evidence="external"),)
INHABITANTS = Indicator(id="IND-EW", name="Einwohner", unit="Personen", evidence="external")


def one_area(value: float | None, state: str = "value") -> Slice:
    return Slice(indicator="IND-EW", year=2014, level="Ortsteil", values=(AreaValue("A", state, value),))


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (one_area(1234), "1.234 Personen"),
        (one_area(None, "missing"), "unbekannt"),
        (one_area(None, "suppressed"), "unterdrückt"),
    ],
)
def test_a_district_shows_its_value_or_why_there_is_none(found: Slice, shown: str) -> None:
    (row,) = told(placetables.districts(Plan(areas=AREAS), found, "Personen"))
    assert (row["Schlüssel"], row["Wert"]) == ("00", shown)


def test_the_density_is_inhabitants_by_area() -> None:
    rows = told(placetables.district(Plan(areas=AREAS), "A", [(INHABITANTS, one_area(1235))], 2014))
    assert {r["Größe"]: r["Wert"] for r in rows} == {
        "Einwohner 2014": "1.235 Personen",
        "Dichte": "618 Einwohner je km²",
        "Fläche": "2,00 km²",
    }


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(1234.0, "", "1.234"), (5.0, "%", "5,0 %"), (2.25, "km", "2,3 km"), (None, "%", "unbekannt")],
)
def test_a_measure_has_decimals_only_where_it_is_a_rate_or_broken(value: float | None, unit: str, shown: str) -> None:
    assert placetables.show_measure(value, unit) == shown


# time


STEPS = work(
    [task("eins", 5, evidence="assumed"), task("zwei", 10, deadline_on=date(2016, 1, 20)), task("ohne", None)],
    [link("eins", "zwei")],
)


def test_a_step_has_its_dates_float_and_deadline_and_unknown_is_said() -> None:
    rows = {r["Nr."]: r for r in told(timetables.timetable(STEPS, timetable(STEPS, TODAY)))}
    assert [rows["eins"][c] for c in ("Beginn", "Ende", "Dauer")] == ["04.01.2016", "08.01.2016", "5 Arbeitstage ◌"]
    assert rows["zwei"]["Beginn"] == "11.01.2016" and rows["zwei"]["Dauer"] == "10 Arbeitstage"
    assert rows["zwei"]["Frist"] == "20.01.2016 – 2 Tage zu spät"
    assert {rows["ohne"][c] for c in ("Beginn", "Ende", "Dauer", "Spätestens", "Puffer")} == {"unbekannt"}


def test_a_deviation_says_how_much_later_or_earlier_it_ends() -> None:
    later = replace(STEPS, tasks=(replace(STEPS.tasks[0], duration_days=6), *STEPS.tasks[1:]))
    was, now = (planned(plan, timetable(plan, TODAY)) for plan in (STEPS, later))
    (there, _), (back, _) = (told(timetables.deviations(deviations(*both))) for both in ((was, now), (now, was)))
    assert (there["Verglichen"], there["Jetzt"]) == ("04.01.2016 bis 08.01.2016", "04.01.2016 bis 11.01.2016")
    assert (there["Unterschied"], back["Unterschied"]) == ("3 Tage später", "3 Tage früher")


def test_a_paper_shows_its_way_station_by_station() -> None:
    plan = Plan(
        bodies=(body(),),
        meetings=(sitting("S", Fuzzy.on(date(2015, 9, 1))),),
        papers=(Paper(id="V", title="Bericht", ready_on=date(2015, 8, 3), evidence="stated"),),
        readings=(
            Reading(id="L", paper="V", body="G", position=1, responsibility="Beschlussfassung", evidence="stated"),
        ),
    )
    (row,) = told(timetables.papers(plan, timetable(plan, TODAY)))
    first, second = row["Beratungsfolge"].split("\n")
    assert first == "fertig 03.08.2015" and second.startswith("01.09.2015: Fachausschuss (Beschlussfassung)")


def test_the_forecast_shows_how_often_each_day_comes_out() -> None:
    spread = work([task("eins", 5, low_days=4, high_days=8)], [])
    certain = forecast(spread, seed=1, draws=10, today=TODAY)
    assert certain
    found = replace(certain, days=((date(2017, 6, 21), 0.75), (date(2017, 8, 16), 0.2)), unknown=0.05)
    assert [(r["Tag"], r["in so vielen Fällen"]) for r in told(timetables.forecast(found))] == [
        ("21.06.2017", "75 %"),
        ("16.08.2017", "20 %"),
        ("keine Sitzung bekannt", "5 %"),
    ]


# people


def test_seats_stay_the_ranges_they_are() -> None:
    plan = Plan(
        formats=(
            Format(id="F", name="Werkstatt", count=parse_span("4"), seats=parse_span("30–35"), evidence="stated"),
            Format(id="O", name="offen", evidence="stated"),
        )
    )
    stated, unknown = told(timetables.formats(plan, participation(plan)))
    assert (stated["Plätze je Termin"], stated["Plätze zusammen"]) == ("30–35", "120–140")
    assert (unknown["Plätze je Termin"], unknown["Plätze zusammen"]) == ("offen", "unbekannt")


def test_a_draw_shows_seats_by_group_and_the_order_of_those_waiting() -> None:
    groups, codes = map(
        told, timetables.drawn(draw("\n".join(f"C{n}; {'Ost' if n % 2 else 'West'}" for n in range(10)), 6, "x"))
    )
    assert sum(int(g["Plätze"]) for g in groups) == 6 and sum(int(g["Anmeldungen"]) for g in groups) == 10
    assert [c[""] for c in codes] == ["ausgewählt"] * 6 + [f"Nachrücker {n}" for n in range(1, 5)]


# as HTML


def test_a_column_of_amounts_is_right_aligned_and_a_column_of_words_is_not() -> None:
    html = moneytables.by_year(of(MONEY)).to_html()
    assert "<th scope='col' class=zahl>Eigenanteil</th>" in html and "<th scope='col'>Beleg</th>" in html
    assert html.count("<td class=zahl>") == 3 * 4


def test_a_cell_is_text_and_never_a_tag() -> None:
    finding = Finding(level="notice", message="<b>Hallo</b> & Gruß")
    html = tables.findings([finding]).to_html()
    assert "<b>" not in html and "&lt;b&gt;Hallo&lt;/b&gt; &amp; Gruß" in html
