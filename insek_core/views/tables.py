"""Records and figures as DataFrames with German headings: the table twin of every picture."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

import pandas as pd
from markupsafe import Markup

from insek_core.change.difference import Difference
from insek_core.plan import TABLES, Plan
from insek_core.plan.columns import Column
from insek_core.plan.content import Indicator
from insek_core.plan.errors import Finding
from insek_core.plan.german import NBSP, count, show_date, show_number
from insek_core.plan.record import Record, columns_of
from insek_core.plan.version import Version
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import UNKNOWN, Figure
from insek_core.rules.goals.system import RUNGS, GoalSystem
from insek_core.rules.money.budget import Budget, Level
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.years import YearShare
from insek_core.rules.people.departments import ReturnState
from insek_core.rules.places.areas import density
from insek_core.rules.places.indicators import POPULATION, Slice, Value
from insek_core.views.words import LEVEL, evidence, figure_evidence, origin, place

Frame = pd.DataFrame


def framed(rows: Iterable[dict[str, str]], columns: tuple[str, ...]) -> Frame:
    """Rows as a table of texts with these headings."""
    return pd.DataFrame(list(rows), columns=list(columns), dtype=str)


_AMOUNT = re.compile(r"([−+]?[\d.,]+\s?(€|%|km²|Personen)( ◌)?|unbekannt|unterdrückt)?")


def html(frame: Frame) -> Markup:
    """The frame as an HTML table: every cell escaped, columns of amounts right-aligned, line breaks kept."""
    right = {
        name
        for name in frame.columns
        if any("€" in cell or "%" in cell for cell in frame[name]) and all(map(_AMOUNT.fullmatch, frame[name]))
    }
    mark = {name: Markup(" class=zahl") if name in right else Markup() for name in frame.columns}
    heads = Markup().join(Markup("<th scope='col'{}>{}</th>").format(mark[name], name) for name in frame.columns)
    cells = [Markup("<td{}>{{}}</td>").format(mark[name]) for name in frame.columns]
    row = Markup("<tr>{}</tr>").format(Markup().join(cells))
    rows = Markup().join(row.format(*values) for values in frame.itertuples(index=False, name=None))
    return Markup(
        "<div class='rahmen' tabindex='0' role='region' aria-label='Tabelle'>"
        "<table class='tafel'><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(heads, rows)


def figures(found: Iterable[Figure]) -> Frame:
    """Each figure with its evidence and where it comes from."""
    rows = ({"Größe": f.label, "Wert": f.show(), "Beleg": figure_evidence(f), "Woher": origin(f)} for f in found)
    return framed(rows, ("Größe", "Wert", "Beleg", "Woher"))


def by_year(found: Assessment) -> Frame:
    """Cost, grant, third-party money (where there is any) and own share by year with their sum."""
    money = found.funding
    sides: list[tuple[str, YearShare | Funding]] = [
        ("ohne Jahr" if y.year is None else str(y.year), y) for y in money.years
    ]
    rows = [
        {
            "Jahr": year,
            "Gesamtkosten": side.total.show(),
            "Förderung": side.grant.show(),
            "Drittmittel": side.third_party.show(),
            "Eigenanteil": side.own_share.show(),
            "Beleg": figure_evidence(side.own_share),
        }
        for year, side in [*sides, ("Summe", money)]
    ]
    heads = ["Jahr", "Gesamtkosten", "Förderung", "Drittmittel", "Eigenanteil", "Beleg"]
    return framed(rows, tuple(head for head in heads if head != "Drittmittel" or money.third_party.value != 0))


def _level_row(name: str, status: str, level: Level) -> dict[str, str]:
    expense, income, own = (figure.show() for figure in level.figures)
    return {
        "Ebene": name,
        "Stand": status,
        "Aufwendungen": expense,
        "Erträge": income,
        "Eigenanteil (Saldo)": own,
        "Beleg": figure_evidence(level.expense),
    }


def levels(budget: Budget) -> Frame:
    """The three levels of the budget, each line span with the plan's need and the gap."""
    rows = []
    for span in budget.spans:
        rows.append(_level_row(f"Ansatz {span.years}", " und ".join(span.statuses), span.line))
        rows.append(_level_row(f"Bedarf {span.years}", "nach Planung", span.planned))
        rows.append(_level_row(f"Abweichung {span.years}", "Bedarf − Ansatz", span.gap))
    rows.append(_level_row("noch anzumelden", "gesamt − veranschlagt", budget.to_register))
    rows.append(_level_row("Gesamtfinanzierung", "Summe", budget.whole))
    return framed(rows, ("Ebene", "Stand", "Aufwendungen", "Erträge", "Eigenanteil (Saldo)", "Beleg"))


def records(
    plan: Plan,
    rows: Iterable[Record],
    kind: type[Record],
    *,
    without: tuple[str, ...] = ("visibility",),
    fields: tuple[str, ...] = (),
) -> Frame:
    """Records with German headings and values; references by name with id; assumed cells carry the sign ◌."""
    columns = [
        c for c in columns_of(kind) if (c.name in fields if fields else c.name not in (*without, "field_evidence"))
    ]

    def cell(row: Record, column: Column) -> str:
        name = column.name
        value = getattr(row, name)
        if column.kind.name == "ref" and value:
            text = plan.name(value)
        elif column.kind.name == "refs":
            text = "; ".join(plan.name(item) for item in value)
        elif name == "evidence":
            return evidence(row.evidence)
        else:
            text = column.show(value)
        return (
            f"{text}{NBSP}◌"
            if text and name not in ("id", "source", "note") and row.evidence_of(name) == "assumed"
            else text
        )

    data = [{c.heading: cell(row, c) for c in columns} for row in rows]
    return framed(data, tuple(c.heading for c in columns))


def findings(found: Iterable[Finding]) -> Frame:
    """Findings with level by sign and word, place, message and remedy."""
    rows = (
        {
            "Art": LEVEL[f.level],
            "Ort": place(f),
            "Meldung": f.message.removeprefix(f"{place(f)}: "),
            "Abhilfe": f.remedy,
        }
        for f in found
    )
    return framed(rows, ("Art", "Ort", "Meldung", "Abhilfe"))


def ladder(found: GoalSystem) -> Frame:
    """Every goal with the answer per rung and what is missing from whom."""
    rows = []
    for item in found.ladders:
        step = item.next_step
        rows.append(
            {
                "Ziel": item.goal.name,
                **{name: _answer(item.steps[n].answer, item.steps[n].assumed) for n, name in enumerate(RUNGS)},
                "Als Nächstes fehlt": step.missing if step else "nichts",
                "Von wem": step.from_whom if step else "",
            }
        )
    return framed(rows, ("Ziel", *RUNGS, "Als Nächstes fehlt", "Von wem"))


def _answer(answer: str, assumed: bool) -> str:
    return f"{answer} (Annahme ◌)" if assumed and answer == "ja" else answer


def matrix(plan: Plan, found: GoalSystem) -> Frame:
    """Goals × what serves them with the weights; an unrated pair is empty, not 0."""
    rows = []
    for goal in [*found.coverage.goals, *(g.id for g in plan.goals if g.id not in found.coverage.goals)]:
        for origin_id in found.origins:
            if (goal, origin_id) in found.weights:
                weight = found.weights[goal, origin_id]
                source = next(c for c in plan.contributions if (c.goal, c.origin) == (goal, origin_id))
                rows.append(
                    {
                        "Ziel oder Orientierung": plan.name(goal),
                        "Von": plan.name(origin_id),
                        "Gewicht": "nicht bewertet" if weight is None else f"{weight:+d}".replace("-", "−"),
                        "Begründung": source.reason,
                        "Beleg": evidence(source.evidence_of("weight")),
                    }
                )
    return framed(rows, ("Ziel oder Orientierung", "Von", "Gewicht", "Begründung", "Beleg"))


def districts(plan: Plan, found: Slice, unit: str) -> Frame:
    """The slice by area, with code and parent."""
    by_id = {area.id: area for area in plan.areas}
    rows = []
    for value in found.values:
        area = by_id[value.area]
        shown = {"missing": UNKNOWN, "suppressed": "unterdrückt"}.get(value.state) or show_measure(value.value, unit)
        rows.append(
            {
                "Schlüssel": area.code,
                "Gebiet": area.name,
                "Gehört zu": plan.name(area.parent) if area.parent else "",
                "Wert": shown,
            }
        )
    return framed(rows, ("Schlüssel", "Gebiet", "Gehört zu", "Wert"))


def show_measure(value: float | None, unit: str) -> str:
    """A statistic with its unit: whole numbers without decimals, rates with one."""
    if value is None:
        return UNKNOWN
    return f"{show_number(value, 0 if unit != '%' and float(value).is_integer() else 1)} {unit}".strip()


def show_density(population: float | None, area_km2: float | None) -> str:
    """Inhabitants per km², computed from population and area."""
    found = density(population, area_km2)
    return UNKNOWN if found is None else f"{show_number(found)} Einwohner je km²"


def legal(sources: Iterable[tuple[str, str, str, date, str, str]]) -> Frame:
    """The paragraphs behind the rules: what it settles, law, section, valid from, where to read it, evidence."""
    names = ("Regel", "Vorschrift", "Abschnitt", "Gültig ab", "Fundstelle", "Beleg")
    return framed(
        (
            {n: show_date(v) if isinstance(v, date) else str(v) for n, v in zip(names, row, strict=True)}
            for row in sources
        ),
        names,
    )


def _extremes(plan: Plan, found: Slice) -> tuple[tuple[str, float], tuple[str, float]] | None:
    known = [(value.area, value.value) for value in found.values if value.value is not None]
    if not known:
        return None
    low, high = min(known, key=lambda pair: pair[1]), max(known, key=lambda pair: pair[1])
    return (plan.name(low[0]), low[1]), (plan.name(high[0]), high[1])


def plain_range(plan: Plan, found: Slice, indicator: Indicator) -> str:
    """Lowest and highest area of a slice in one sentence."""
    ends = _extremes(plan, found)
    if ends is None:
        return f"{indicator.name} {found.year}: unbekannt."
    (low, least), (high, most) = ends
    unit = indicator.unit
    return (
        f"{indicator.name} {found.year}: am höchsten in {high} ({show_measure(most, unit)}), am niedrigsten in "
        f"{low} ({show_measure(least, unit)})."
    )


def range_sentence(plan: Plan, found: Slice, city: Value | None, indicator: Indicator) -> str:
    """The answer of the map screen: the city's value, then the extremes."""
    whole = f" Stadt: {show_measure(city.value, indicator.unit)}." if city else ""
    return plain_range(plan, found, indicator) + whole


def district(plan: Plan, area_id: str, slices: list[tuple[Indicator, Slice]], year: int) -> Frame:
    """One area's figures of a year; the density is computed."""
    area = next(a for a in plan.areas if a.id == area_id)
    rows = []
    for indicator, found in slices:
        value = found.of(area_id)
        shown = {"missing": UNKNOWN, "suppressed": "unterdrückt"}.get(value.state) or show_measure(
            value.value, indicator.unit
        )
        rows.append({"Größe": f"{indicator.name} {year}", "Wert": shown, "Beleg": evidence(indicator.evidence)})
        if indicator.id == POPULATION:
            rows.append(
                {"Größe": "Dichte", "Wert": show_density(value.value, area.area_km2), "Beleg": evidence("derived")}
            )
    rows.append(
        {
            "Größe": "Fläche",
            "Wert": f"{show_number(area.area_km2, 2)} km²" if area.area_km2 is not None else UNKNOWN,
            "Beleg": evidence(area.evidence_of("area_km2")),
        }
    )
    return framed(rows, ("Größe", "Wert", "Beleg"))


def indicator_status(plan: Plan, found: Assessment) -> Frame:
    """Each indicator's status by word, what would flip it and what it lacks."""
    rows = []
    for item in found.indicators:
        one = item.indicator
        rows.append(
            {
                "Indikator": one.name,
                "Ziel": plan.name(one.goal) if one.goal else "keins",
                "Stadtwert": show_measure(item.value, one.unit) + (f" ({item.year})" if item.year else ""),
                "Stand": item.word,
                "Was ihn kippt": item.flips,
                "Es fehlt": ", ".join(item.lacks) or "nichts",
                "Quelle": one.source,
            }
        )
    return framed(rows, ("Indikator", "Ziel", "Stadtwert", "Stand", "Was ihn kippt", "Es fehlt", "Quelle"))


def edits(found: Iterable[Difference]) -> Frame:
    """Edits with sheet, record, column and both values; a row added or removed says so."""
    rows = []
    for edit in found:
        kind = TABLES[edit.table]
        column = next((c for c in columns_of(kind) if c.name == edit.field), None)
        old, new = (
            (column.show(edit.old) or "leer", column.show(edit.new) or "leer")
            if column
            else ("", {"added": "neu", "removed": "entfernt"}.get(edit.kind, ""))
        )
        rows.append(
            {
                "Blatt": kind.sheet,
                "Eintrag": f"{edit.record} · {edit.label}",
                "Spalte": column.heading if column else "ganze Zeile",
                "Bisher": old,
                "Neu": new,
            }
        )
    return framed(rows, ("Blatt", "Eintrag", "Spalte", "Bisher", "Neu"))


def returns(found: Iterable[ReturnState]) -> Frame:
    """The return list: office, sent, deadline, received, state."""
    rows = []
    for state in found:
        entry = state.entry
        days = [
            show_date(day) if day else ""
            for day in ((entry.sent_on, entry.due_on, entry.received_on) if entry else (None, None, None))
        ]
        word = state.state + (f" seit {count(state.days_late, 'Tag', 'Tagen')}" if state.days_late else "")
        rows.append(
            {"Amt": state.office.name, "Versandt": days[0], "Frist": days[1], "Eingegangen": days[2], "Stand": word}
        )
    return framed(rows, ("Amt", "Versandt", "Frist", "Eingegangen", "Stand"))


def versions(found: Sequence[Version]) -> Frame:
    """Saved versions, newest first, with who, when, why and what changed."""
    rows = []
    for version in reversed(found):
        when = datetime.fromisoformat(version.saved_at)
        more = f" und {len(version.changes) - 3} weitere" if len(version.changes) > 3 else ""
        rows.append(
            {
                "Version": str(version.number),
                "Gespeichert": f"{when:%d.%m.%Y %H:%M} Uhr",
                "Von": version.author,
                "Begründung": version.reason,
                "Name": version.name,
                "Geändert": "; ".join(version.changes[:3]) + more,
            }
        )
    return framed(rows, ("Version", "Gespeichert", "Von", "Begründung", "Name", "Geändert"))


def dictionary(tables: dict[str, type[Record]]) -> Frame:
    """The data dictionary: every column of every table."""
    rows = []
    for name, kind in tables.items():
        for column in columns_of(kind):
            allowed = (
                ", ".join(label for _, label in column.labels)
                or ", ".join(column.allowed)
                or ", ".join(tables[t].sheet for t in column.tables if t in tables)
            )
            rows.append(
                {
                    "Tabelle": kind.sheet,
                    "Spalte": column.heading,
                    "Art": column.kind.german,
                    "Einheit": column.unit,
                    "Bedeutung": column.meaning,
                    "Erlaubt": allowed,
                    "Pflicht": "ja" if column.required else "",
                    "Technischer Name": f"{name}.{column.name}",
                }
            )
    return framed(rows, ("Tabelle", "Spalte", "Art", "Einheit", "Bedeutung", "Erlaubt", "Pflicht", "Technischer Name"))
