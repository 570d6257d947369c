"""A new plan: what is asked at its beginning becomes settings, budgets and school holidays; all else is empty."""

from dataclasses import dataclass, replace
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.codec import decode_plan, with_tables
from insek_core.plan.content import Setting
from insek_core.plan.errors import Finding
from insek_core.plan.finance import BudgetStatute
from insek_core.plan.law import LAENDER, LegalSource
from insek_core.plan.process import CalendarEntry
from insek_core.plan.values import Evidence
from insek_core.storage.embedded import DATA, csv_rows
from insek_core.storage.law import legal_source, school_holidays

PUBLIC, SOURCE = "öffentlich", "Angabe bei der Anlage der Planung"
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
    "provisional_rule": "Rechtsgrundlage der vorläufigen Haushaltsführung",
}  # settings that are a paragraph of the Land
FIXED = {
    "call_interest_rule": "call_interest_months",
    "overspend_rule": "overspend_share",
    "proof_of_use_rule": "proof_of_use_months",
}  # the law of the Land that fixes the value of a setting
UNREAD = "Am Gesetz noch nicht nachgelesen."


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


def _asked(beginning: Beginning) -> list[Setting]:
    return [
        Setting(
            id=key,
            name=name,
            value=getattr(beginning, key).strip(),
            unit=unit,
            source=SOURCE,
            evidence="stated",
            visibility=PUBLIC,
        )
        for key, name, unit in HEAD
    ]


def _of_law(state: str, on: date) -> list[Setting]:
    """The paragraphs of the Land; one that nobody has read in the law is an assumption."""
    rules = [(key, name, legal_source(state, key, on)) for key, name in LAW.items()]
    return [
        Setting(
            id=key,
            name=name,
            value=rule.cited(),
            unit="Paragraph",
            source=rule.law,
            evidence="external" if rule.checked else "assumed",
            visibility=PUBLIC,
            note="" if rule.checked else UNREAD,
        )
        for key, name, rule in rules
        if rule
    ]


def _usual(state: str, on: date) -> list[Setting]:
    """The usual values to change; where the law of the Land fixes one, it is that one with its paragraph."""
    rules = {setting: legal_source(state, key, on) for key, setting in FIXED.items()}
    usual, _ = decode_plan({"settings": csv_rows(DATA / "neu" / "settings.csv")})
    return [_fixed(row, rules.get(row.id)) for row in usual.settings]


def _fixed(row: Setting, rule: LegalSource | None) -> Setting:
    if rule is None:
        return row
    value, note = rule.value or row.value, row.note if rule.checked else UNREAD
    sure: Evidence = "external" if rule.checked and rule.value else "assumed"
    return replace(row, value=value, paragraph=rule.cited(), source=rule.law, evidence=sure, note=note)


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
            visibility=PUBLIC,
        )
        for year in range(first, last + 1, step)
    )


def _off(state: str, first_year: int, last_year: int) -> tuple[CalendarEntry, ...]:
    """The school holidays of the Land in these years, as far as they are known."""
    return tuple(
        CalendarEntry(
            id=f"FERIEN-{n:02d}",
            name=row.name,
            kind="Schulferien",
            first_on=row.first_on,
            last_on=row.last_on,
            source=row.source,
            evidence="external",
            visibility=PUBLIC,
        )
        for n, row in enumerate(school_holidays(state, first_year, last_year), 1)
    )


def founded(beginning: Beginning, on: date) -> Plan:
    """The plan that begins so on a day. Nothing is assumed of its money, steps, bodies, goals and places.

    School holidays come in for the years that are known of the Land; the day decides which law is valid.
    """
    first, last = beginning.first_year or on.year, beginning.last_year or on.year
    off = _off(beginning.state, first, last)
    settings = (*_asked(beginning), *_usual(beginning.state, on), *_of_law(beginning.state, on))
    return with_tables(
        Plan(),
        {"settings": settings, "budget_statutes": _budgets(beginning), "calendars": off},
    )


def blank() -> Plan:
    """What a template holds: the settings that are asked, still empty, and the usual values to change."""
    asked = [
        Setting(id=key, name=name, unit=unit, source=SOURCE, evidence="stated", visibility=PUBLIC)
        for key, name, unit in HEAD
    ]
    return with_tables(Plan(), {"settings": (*asked, *_usual("", date.min))})


def _years(plan: Plan) -> tuple[int, int]:
    """First and last budget year that a plan knows of; no year at all where it knows of none."""
    statutes = [year for row in plan.budget_statutes for year in (row.from_year, row.to_year) if year]
    years = statutes or [item.year for item in plan.cost_items if item.year]
    return (min(years), max(years)) if years else (1, 0)


def lacking(plan: Plan) -> tuple[Finding, ...]:
    """What a plan from elsewhere must say of itself and does not: the settings that are asked."""
    return tuple(
        Finding(
            level="error",
            table="settings",
            record=key,
            field="value",
            message=f"„{name}“ fehlt.",
            remedy=f"Bitte auf dem Blatt Einstellungen in der Zeile {key} eintragen.",
        )
        for key, name, _ in HEAD
        if not plan.setting(key, "")
    )


def completed(plan: Plan, on: date) -> Plan:
    """A plan from elsewhere with what the law of its Land adds: paragraphs and school holidays, where it has none of
    its own.
    """
    known = set(plan.by_id)
    law = tuple(row for row in _of_law(plan.state, on) if row.id not in known)
    off = () if plan.calendars else _off(plan.state, *_years(plan))
    return with_tables(plan, {"settings": (*plan.settings, *law), "calendars": (*plan.calendars, *off)})
