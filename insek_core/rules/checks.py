"""Checks: one small function a rule; it lists the offenders and names the remedy. `structure` must hold to be saved."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from math import isfinite

from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.errors import Finding, Level
from insek_core.plan.german import show_date, show_euro, show_share
from insek_core.plan.record import Record, columns_of
from insek_core.rules.meetings import cadence_gaps
from insek_core.rules.schedule import timetable


def _at(record: Record, field: str, message: str, remedy: str, level: Level = "error") -> Finding:
    return Finding(level=level, table=record.table, record=record.id, field=field, message=message, remedy=remedy)


def _where(record: Record) -> str:
    return f"{record.sheet}, „{record.label}“ ({record.id})"


def _all(plan: Plan) -> Iterator[Record]:
    for table in TABLES:
        yield from plan.rows(table)


# structure: what a database can hold at all


def duplicate_ids(plan: Plan) -> Iterator[Finding]:
    """Every id is used once in the whole plan, for other rows refer to it."""
    counts = Counter(row.id for row in _all(plan))
    for row in _all(plan):
        if counts[row.id] > 1:
            yield _at(
                row,
                "id",
                f"Die Kennung {row.id} ist {counts[row.id]}-mal vergeben ({row.sheet}).",
                "Jede Kennung nur einmal vergeben.",
            )


def odd_ids(plan: Plan) -> Iterator[Finding]:
    """Ids are short, printable and free of the signs that separate them in lists."""
    for row in _all(plan):
        if (
            row.id != row.id.strip()
            or not row.id.isprintable()
            or any(sign in row.id for sign in ";=")
            or len(row.id) > 60
        ):
            yield _at(
                row,
                "id",
                f"Die Kennung „{row.id}“ ({row.sheet}) ist nicht zulässig.",
                "Höchstens 60 Zeichen, ohne Semikolon und Gleichheitszeichen.",
            )


def _values(plan: Plan) -> Iterator[tuple[Record, Column, object]]:
    for row in _all(plan):
        for column in columns_of(type(row)):
            yield row, column, getattr(row, column.name)


def missing_values(plan: Plan) -> Iterator[Finding]:
    """Required columns are filled."""
    for row, column, value in _values(plan):
        if column.required and (value is None or value == ""):
            yield _at(row, column.name, f"{_where(row)}: „{column.heading}“ fehlt.", "Bitte ergänzen.")


def dangling_references(plan: Plan) -> Iterator[Finding]:
    """A reference names a row that exists, in one of the tables it may name."""
    for row, column, value in _values(plan):
        for name in (
            value
            if isinstance(value, tuple) and column.kind.name == "refs"
            else (value,)
            if column.kind.name == "ref" and value
            else ()
        ):
            target = plan.by_id.get(str(name))
            if target is None or ("*" not in column.tables and target.table not in column.tables):
                sheets = ", ".join(TABLES[t].sheet for t in column.tables if t in TABLES) or "der Planung"
                yield _at(
                    row,
                    column.name,
                    f"{_where(row)}: „{column.heading}“ nennt {name}; das gibt es nicht in {sheets}.",
                    "Verweis berichtigen oder Eintrag anlegen.",
                )


def disallowed_values(plan: Plan) -> Iterator[Finding]:
    """Choices hold one of the allowed words, numbers lie within their bounds."""
    for row, column, value in _values(plan):
        if value is None or value == "":
            continue
        if column.allowed and value not in column.allowed:
            shown = ", ".join(label for _, label in column.labels) or ", ".join(column.allowed)
            yield _at(
                row,
                column.name,
                f"{_where(row)}: „{value}“ ist für „{column.heading}“ nicht vorgesehen.",
                f"Erlaubt: {shown}.",
            )
        if isinstance(value, int | float) and (
            (column.low is not None and value < column.low) or (column.high is not None and value > column.high)
        ):
            limits = f"von {column.low if column.low is not None else 'beliebig'} bis {column.high if column.high is not None else 'beliebig'}"
            yield _at(
                row,
                column.name,
                f"{_where(row)}: {column.show(value)} liegt für „{column.heading}“ außerhalb der Grenzen.",
                f"Erlaubt: {limits}.",
            )


def unknown_evidence_fields(plan: Plan) -> Iterator[Finding]:
    """Evidence by field names fields that the table has."""
    for row in _all(plan):
        if row.field_evidence:
            known = {column.name for column in columns_of(type(row))}
            for field, _ in row.field_evidence:
                if field not in known:
                    yield _at(
                        row,
                        "field_evidence",
                        f"{_where(row)}: „Beleg je Feld“ nennt {field}; dieses Feld gibt es nicht.",
                        "Feldnamen berichtigen.",
                    )


_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_TEXT = 30_000  # an Excel cell holds 32,767 characters


def unstorable_text(plan: Plan) -> Iterator[Finding]:
    """Text is trimmed, not endless, and free of signs that no file format carries."""
    for row, column, value in _values(plan):
        if isinstance(value, str) and value != value.strip():
            remedy = "Leerzeichen am Rand entfernen."
            yield _at(
                row, column.name, f"{_where(row)}: „{column.heading}“ beginnt oder endet mit Leerzeichen.", remedy
            )
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            yield _at(
                row, column.name, f"{_where(row)}: „{column.heading}“ ist länger als 30.000 Zeichen.", "Text kürzen."
            )
        if isinstance(value, str) and _UNSTORABLE.search(value):
            yield _at(
                row,
                column.name,
                f"{row.sheet} ({row.id!a}): „{column.heading}“ enthält nicht darstellbare Zeichen.",
                "Zeichen entfernen.",
            )


def unstorable_numbers(plan: Plan) -> Iterator[Finding]:
    """Numbers fit the database: whole ones into 64 bits, the others finite."""
    for row, column, value in _values(plan):
        if (isinstance(value, int) and abs(value) >= 2**63) or (isinstance(value, float) and not isfinite(value)):
            yield _at(
                row,
                column.name,
                f"{_where(row)}: Die Zahl in „{column.heading}“ ist zu groß zum Speichern.",
                "Zahl berichtigen.",
            )


# sense: what may be saved but should be looked at


def negative_parts(plan: Plan) -> Iterator[Finding]:
    """0 ≤ eligible ≤ whole: the eligible shares on one item lie between 0 and 100 %."""
    named: dict[str, list[Fraction]] = {}
    for base in plan.funding_bases:
        if base.eligible_share is not None:
            named.setdefault(base.cost_item, []).append(base.eligible_share)
    for item in plan.cost_items:
        shares = named.get(item.id, [])
        if sum(shares) > 1 or any(share < 0 for share in shares):
            total = show_share(sum(shares, Fraction(0)))
            yield _at(
                item,
                "amount_cents",
                f"{_where(item)}: zuwendungsfähig sind zusammen {total} der Ausgaben.",
                "Anteile auf 0 bis 100 % begrenzen.",
            )


def unordered_ranges(plan: Plan) -> Iterator[Finding]:
    """Low ≤ likely ≤ high for amounts and durations, first ≤ last for spans of years and days."""
    triples = {"cost_items": ("low_cents", "amount_cents", "high_cents"), "tasks": ("low_days", "duration_days", "high_days"),
               "budget_lines": ("from_year", "to_year"), "budget_statutes": ("from_year", "to_year"), "funding_proofs": ("from_year", "to_year"),
               "calendars": ("first_on", "last_on")}  # fmt: skip
    for table, names in triples.items():
        for row in plan.rows(table):
            values = [value for value in (getattr(row, name) for name in names) if value is not None]
            if values != sorted(values):
                heading = {c.name: c.heading for c in columns_of(type(row))}
                headings = " ≤ ".join(heading[name] for name in names)
                yield _at(
                    row,
                    names[0],
                    f"{_where(row)}: Die Reihenfolge stimmt nicht ({headings}).",
                    "Werte tauschen oder berichtigen.",
                )


def parents_in_a_circle(plan: Plan) -> Iterator[Finding]:
    """No row is part of itself, however far up."""
    for table in ("tasks", "goals", "areas", "organisations"):
        field = "department" if table == "organisations" else "parent"
        parent = {row.id: getattr(row, field) for row in plan.rows(table)}
        for row in plan.rows(table):
            seen, at = [row.id], parent[row.id]
            while at in parent and at not in seen:
                seen.append(at)
                at = parent[at]
            if at == row.id:
                yield _at(
                    row,
                    field,
                    f"{_where(row)}: „Gehört zu“ führt im Kreis: {' → '.join([*seen, at])}.",
                    "Einen der Verweise entfernen.",
                )


def phases_out_of_order(plan: Plan) -> Iterator[Finding]:
    """A phase does not end before it begins."""
    for phase in plan.phases:
        if (
            phase.begin
            and phase.end
            and phase.begin.earliest
            and phase.end.latest
            and phase.end.latest < phase.begin.earliest
        ):
            yield _at(
                phase,
                "end",
                f"{_where(phase)} endet ({phase.end.words}) vor ihrem Beginn ({phase.begin.words}).",
                "Beginn oder Ende berichtigen.",
            )


def incomplete_constraints(plan: Plan) -> Iterator[Finding]:
    """A constraint and its day come together."""
    for task in plan.tasks:
        if bool(task.constraint) != bool(task.constraint_on):
            yield _at(
                task,
                "constraint_on",
                f"{_where(task)}: Bedingung und Tag gehören zusammen; eines fehlt.",
                "Beides eintragen oder beides leeren.",
                "warning",
            )


def missing_amounts(plan: Plan) -> Iterator[Finding]:
    """Without every amount the total is unknown, never smaller."""
    for item in plan.cost_items:
        if item.amount_cents is None:
            yield _at(
                item,
                "amount_cents",
                f"{_where(item)} hat keinen Betrag; die Gesamtkosten sind deshalb unbekannt.",
                "Betrag eintragen.",
                "warning",
            )
        if item.year is None:
            yield _at(item, "year", f"{_where(item)} hat kein Haushaltsjahr.", "Jahr eintragen.", "warning")


def programmes_without_rate(plan: Plan) -> Iterator[Finding]:
    """Anteilfinanzierung needs a rate between 0 and 1."""
    for programme in plan.programmes:
        if programme.financing == "anteil" and programme.rate_share is None:
            yield _at(
                programme,
                "rate_share",
                f"{_where(programme)}: Der Fördersatz fehlt; die Förderung ist unbekannt.",
                "Fördersatz eintragen.",
                "warning",
            )
        if programme.rate_share is not None and not 0 <= programme.rate_share <= 1:
            yield _at(
                programme,
                "rate_share",
                f"{_where(programme)}: Der Fördersatz liegt nicht zwischen 0 und 100 %.",
                "Fördersatz berichtigen.",
            )


def other_financing(plan: Plan) -> Iterator[Finding]:
    """Only Anteilfinanzierung is computed so far; another type is said, not guessed."""
    for programme in plan.programmes:
        if programme.financing not in ("", "anteil"):
            yield _at(programme, "financing", f"{_where(programme)}: Diese Finanzierungsart wird noch nicht gerechnet; die Förderung ist als Anteilfinanzierung gezeigt.",
                      "Ergebnis nicht verwenden.", "warning")  # fmt: skip


def open_ceiling(plan: Plan) -> Iterator[Finding]:
    """A cap without notice is an assumption (RULES §1.2)."""
    for programme in plan.programmes:
        if programme.cap_cents is not None and not programme.notice_on:
            message = f"Ob {show_euro(programme.cap_cents)} aus {programme.name} ein Höchstbetrag sind, ist ungeklärt; der Bewilligungsbescheid ist nicht eingetragen."
            yield _at(
                programme,
                "cap_is_ceiling",
                message,
                "Bescheid mit Datum, Aktenzeichen, Satz und Höchstbetrag eintragen.",
                "notice",
            )


def stated_figures_missed(plan: Plan) -> Iterator[Finding]:
    """The cost items add up to the total the paper states."""
    amounts = [item.amount_cents for item in plan.cost_items]
    for fact in plan.statements:
        if fact.figure == "total_cents" and fact.amount_cents is not None and amounts and None not in amounts:
            total = sum(amount or 0 for amount in amounts)
            if total != fact.amount_cents:
                yield _at(fact, "amount_cents", f"Die Kostenpositionen ergeben {show_euro(total)}, genannt sind {show_euro(fact.amount_cents)} ({fact.source}).",
                          "Positionen oder genannten Betrag prüfen.", "warning")  # fmt: skip


def missed_cadences(plan: Plan) -> Iterator[Finding]:
    """Stated cadences: which quarter misses its report, which half-year its Klausur."""
    for gap in cadence_gaps(plan):
        yield Finding(
            level="warning",
            table="meetings",
            message=f"{gap.body}: im {gap.period} ist keine Sitzung vorgesehen.",
            remedy="Sitzung eintragen.",
        )


def missing_annexes(plan: Plan) -> Iterator[Finding]:
    """Documents known to be missing."""
    for document in plan.documents:
        if document.presence == "fehlt":
            yield _at(
                document, "presence", f"{document.title} liegt nicht vor.", "Text beschaffen und einlesen.", "notice"
            )


def events_on_holidays(plan: Plan) -> Iterator[Finding]:
    """School holidays are no obstacle in law, but nobody comes (a warning, RULES §2)."""
    spans = [(e.first_on, e.last_on, e) for e in plan.calendars if e.kind == "Schulferien" and e.first_on and e.last_on]
    for event in plan.events:
        day = event.when.earliest if event.when and event.when.is_exact else None
        for first, last, entry in spans:
            if day and first <= day <= last:
                yield _at(
                    event,
                    "when",
                    f"{plan.name(event.format)} am {show_date(day)} liegt in den {entry.name} (bis {show_date(last)}).",
                    "Anderen Termin prüfen.",
                    "warning",
                )


def unreadable_settings(plan: Plan) -> Iterator[Finding]:
    """Settings that the rules ask for hold what they need; else the rules fall back on their default."""
    reads: dict[str, tuple[Callable[[str], object], str]] = {
        "reference_date": (date.fromisoformat, "2015-06-01"), "lead_time_days": (int, "14"), "small_number_threshold": (int, "3")}  # fmt: skip
    for setting in plan.settings:
        read, example = reads.get(setting.id, (str, ""))
        try:
            read(setting.value or example)
        except ValueError:
            yield _at(setting, "value", f"{_where(setting)}: „{setting.value}“ ist nicht lesbar; es gilt der übliche Wert.",
                      f"Bitte z. B. {example} schreiben.", "warning")  # fmt: skip


Check = Callable[[Plan], Iterator[Finding]]
STRUCTURE: tuple[Check, ...] = (
    duplicate_ids,
    odd_ids,
    missing_values,
    dangling_references,
    disallowed_values,
    unknown_evidence_fields,
    unstorable_text,
    unstorable_numbers,
)
SENSE: tuple[Check, ...] = (
    negative_parts, unordered_ranges, parents_in_a_circle, phases_out_of_order, incomplete_constraints, missing_amounts, programmes_without_rate,
    other_financing, open_ceiling, stated_figures_missed, missed_cadences, missing_annexes, events_on_holidays, unreadable_settings,
)  # fmt: skip
ORDER = {"error": 0, "warning": 1, "notice": 2}


def structure(plan: Plan) -> tuple[Finding, ...]:
    """What keeps a plan from being saved; empty if its structure holds."""
    return tuple(finding for check in STRUCTURE for finding in check(plan))


def check(plan: Plan) -> tuple[Finding, ...]:
    """All findings of a plan, errors first; sense is checked only where the structure holds."""
    broken = structure(plan)
    found = broken or tuple(finding for rule in SENSE for finding in rule(plan))
    return tuple(sorted(found, key=lambda finding: ORDER[finding.level]))


def new_errors(before: Plan, after: Plan) -> tuple[Finding, ...]:
    """Errors that an edit brings in: what was wrong before does not keep anybody from mending something else."""
    known = {(f.table, f.record, f.field, f.message) for f in (*check(before), *timetable(before).findings)}
    found = (*check(after), *timetable(after).findings)
    return tuple(f for f in found if f.level == "error" and (f.table, f.record, f.field, f.message) not in known)
