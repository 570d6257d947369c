"""A new plan: what is asked at its beginning becomes settings, budgets and school holidays; everything else is empty."""

from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.codec import decode_plan, with_tables
from insek_core.plan.content import Setting
from insek_core.plan.errors import Finding
from insek_core.plan.finance import BudgetStatute
from insek_core.plan.laender import LAENDER
from insek_core.plan.process import CalendarEntry
from insek_core.storage.embedded import DATA, csv_rows
from insek_core.storage.law import law_of, school_holidays

SOURCE = "Angabe bei der Anlage der Planung"
REASON = "Neue Planung angelegt"
MOST_YEARS, LONGEST = 15, 120  # budget years of a plan; characters of a name


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What is asked before a plan is there: names in the forms that sentences need, Land, budget years."""

    city: str
    short_name: str
    concept: str  # "das Stadtentwicklungskonzept": who or what?
    concept_genitive: str  # "des Stadtentwicklungskonzepts": whose?
    work: str  # "die Fortschreibung": what is done with it
    state: str
    first_year: int | None
    last_year: int | None
    biennial: bool = False


HEAD = (
    ("city", "Name der Stadt", "Text"),
    ("state", "Land", "Kürzel des Landes"),
    ("short_name", "Kurzname des Konzepts auf Dateien und Listen", "Text"),
    ("concept", "Das Konzept, mit Artikel (wer oder was?)", "Text"),
    ("concept_genitive", "Das Konzept, mit Artikel (wessen?)", "Text"),
    ("work", "Was mit ihm geschieht (wer oder was?)", "Text"),
)  # settings that are asked, with name and unit
LAW = {
    "transfer_rule": "Rechtsgrundlage der Übertragung von Ansätzen",
    "overrun_rule": "Rechtsgrundlage über- und außerplanmäßiger Aufwendungen",
    "supplementary_rule": "Rechtsgrundlage der Nachtragssatzung",
}  # settings that the law of the Land fills


def problems(beginning: Beginning) -> tuple[Finding, ...]:
    """What keeps a plan from beginning: names that are missing or too long, a Land that is none, years out of order."""
    found = []
    for key, name, _ in HEAD:
        text = getattr(beginning, key)
        if not text.strip():
            found.append(Finding(level="error", field=key, message=f"„{name}“ fehlt.", remedy="Bitte ausfüllen."))
        elif len(text) > LONGEST:
            message = f"„{name}“ ist länger als {LONGEST} Zeichen."
            found.append(Finding(level="error", field=key, message=message, remedy="Bitte kürzen."))
    if beginning.state.strip() and beginning.state not in LAENDER:
        known = ", ".join(LAENDER)
        message = f"„{beginning.state}“ ist kein Land."
        found.append(Finding(level="error", field="state", message=message, remedy=f"Bekannt sind: {known}."))
    first, last = beginning.first_year, beginning.last_year
    if first is None or last is None or not first <= last < first + MOST_YEARS or not 1990 <= first <= 2090:
        message = "Die Haushaltsjahre fehlen oder stimmen nicht."
        remedy = f"Bitte erstes und letztes Jahr angeben (1990 bis 2090, höchstens {MOST_YEARS} Jahre)."
        found.append(Finding(level="error", field="first_year", message=message, remedy=remedy))
    return tuple(found)


def _settings(beginning: Beginning, on: date) -> tuple[Setting, ...]:
    """What was asked, what the law of the Land fixes, and the usual values to change."""
    asked = [
        Setting(id=key, name=name, value=getattr(beginning, key).strip(), unit=unit, source=SOURCE, evidence="stated")
        for key, name, unit in HEAD
    ]
    law = []
    for key, name in LAW.items():
        if rule := law_of(beginning.state, key, on):
            law.append(
                Setting(
                    id=key, name=name, value=rule.section, unit="Paragraph", source=rule.law, evidence="external"
                )
            )
    usual, _ = decode_plan({"settings": csv_rows(DATA / "neu" / "settings.csv")})
    return (*asked, *usual.settings, *law)


def _budgets(beginning: Beginning) -> tuple[BudgetStatute, ...]:
    """The budgets of the years, one or two years each; their decision is open."""
    first, last = beginning.first_year or 0, beginning.last_year or 0
    step = 2 if beginning.biennial else 1
    return tuple(
        BudgetStatute(
            id=f"HS-{year}",
            from_year=year,
            to_year=min(year + step - 1, last) if step == 1 else year + 1,
            source=SOURCE,
            evidence="stated",
        )
        for year in range(first, last + 1, step)
    )


def founded(beginning: Beginning, on: date) -> Plan:
    """The plan that begins so on a day. Nothing is assumed of its money, steps, bodies, goals and places.

    School holidays come in for the years that are known of the Land; the day decides which law is valid.
    """
    first, last = beginning.first_year or on.year, beginning.last_year or on.year
    off = tuple(
        CalendarEntry(
            id=f"FERIEN-{n:02d}",
            name=row.name,
            kind="Schulferien",
            first_on=row.first_on,
            last_on=row.last_on,
            source=row.source,
            evidence="external",
        )
        for n, row in enumerate(school_holidays(beginning.state, first, last), 1)
    )
    return with_tables(
        Plan(),
        {"settings": _settings(beginning, on), "budget_statutes": _budgets(beginning), "calendars": off},
    )
