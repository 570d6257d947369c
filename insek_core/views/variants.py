"""Tables of the what-if screen: what changes and why, scenarios side by side, the registration, the risk."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from insek_core.change.consequences import Changed, missed
from insek_core.change.facts import Facts
from insek_core.plan import Plan
from insek_core.plan.german import count, show_date, show_euro, show_number
from insek_core.rules.assessment import Assessment
from insek_core.rules.chance.risk import Risk
from insek_core.rules.registration import Registration
from insek_core.views.words import figure_evidence, origin

MAIN = (
    "money.total",
    "money.grant",
    "money.own_share",
    "money.own_share_if_growing",
    "money.third_party",
    "money.next_euro",
    "time.finish",
)


def changes(found: Iterable[Changed]) -> pd.DataFrame:
    """Every figure that differs: before, after, evidence, and how the new value was made."""
    rows = [
        {
            "Größe": c.label,
            "Plan": c.before.show(),
            "Variante": c.after.show(),
            "Beleg": figure_evidence(c.after),
            "Woher": origin(c.after),
        }
        for c in found
    ]
    return pd.DataFrame(rows, columns=["Größe", "Plan", "Variante", "Beleg", "Woher"])


def beside(sides: Mapping[str, Facts]) -> pd.DataFrame:
    """Scenarios as columns: the main figures, then every other figure that is not the same in all of them."""
    keys = dict.fromkeys(key for facts in sides.values() for key in facts)
    rows = []
    for key in sorted(keys, key=lambda k: (MAIN.index(k) if k in MAIN else len(MAIN), list(keys).index(k))):
        shown = [facts[key].show() if key in facts else "entfällt" for facts in sides.values()]
        if len(set(shown)) > 1:
            label = next(facts[key].label for facts in sides.values() if key in facts)
            rows.append({"Was sich unterscheidet": label, **dict(zip(sides, shown, strict=True))})
    return pd.DataFrame(rows, columns=["Was sich unterscheidet", *sides])


def registrations(found: Sequence[Registration]) -> pd.DataFrame:
    """The registration as the budget form asks for it."""
    rows = [
        {
            "Jahr": r.year,
            "Amt": r.office or "fehlt",
            "Produkt, PSP": r.product or "fehlt",
            "Sachkonto": r.account or "fehlt",
            "Art": r.kind,
            "Betrag": r.amount.show(),
            "gegen den Plan": _more(r),
            "Begründung": r.reason,
            "Frist": r.deadline,
            "Stand": r.state,
        }
        for r in found
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "Jahr",
            "Amt",
            "Produkt, PSP",
            "Sachkonto",
            "Art",
            "Betrag",
            "gegen den Plan",
            "Begründung",
            "Frist",
            "Stand",
        ],
    )


def _more(row: Registration) -> str:
    if row.planned_cents is None or not isinstance(row.amount.value, int):
        return "unbekannt"
    more = row.amount.value - row.planned_cents
    return "unverändert" if more == 0 else f"{'+' if more > 0 else '−'}{show_euro(abs(more))}"


def percentiles(found: Risk) -> pd.DataFrame:
    """Own share and total cost at P10, P50, P80."""
    words = {
        10: "in 10 % der Fälle höchstens",
        50: "in der Hälfte der Fälle höchstens",
        80: "in 80 % der Fälle höchstens",
    }
    rows = [
        {
            "Wahrscheinlichkeit": f"P{p}: {words[p]}",
            "Eigenanteil": show_euro(round(cents, -2)),
            "Gesamtkosten": show_euro(round(found.total_cents[p], -2)),
        }
        for p, cents in found.own_share_cents.items()
    ]
    return pd.DataFrame(rows, columns=["Wahrscheinlichkeit", "Eigenanteil", "Gesamtkosten"])


def held(found: Risk) -> pd.DataFrame:
    """How often each limit holds, with its standard error."""
    rows = [
        {
            "Grenze": h.name,
            "hält in": f"{show_number(h.probability * 100, 1)} % der Fälle",
            "Standardfehler": f"± {show_number(h.standard_error * 100, 2)} Punkte",
        }
        for h in found.held
    ]
    return pd.DataFrame(rows, columns=["Grenze", "hält in", "Standardfehler"])


def tornado(found: Risk) -> pd.DataFrame:
    """What moves the own share most, one at a time."""
    rows = [
        {
            "Was schwankt": s.name,
            "Eigenanteil mindestens": show_euro(s.low_cents),
            "höchstens": show_euro(s.high_cents),
            "Spanne": show_euro(s.swing_cents),
        }
        for s in found.tornado
    ]
    return pd.DataFrame(rows, columns=["Was schwankt", "Eigenanteil mindestens", "höchstens", "Spanne"])


def folded(title: str, body: Markup) -> Markup:
    """A sentence that unfolds in the browser, without a rerun."""
    return Markup("<details class='folge'><summary>{}</summary>{}</details>").format(title, body)


def slipped_cents(plan: Plan, after: Assessment) -> int:
    """What comes to lie in another year than filed because work moves."""
    filed = {item.id: item.year for item in plan.cost_items}
    return sum(cents for item, split in after.moved.items() for year, cents in split.items() if year != filed.get(item))


def knock_on(plan: Plan, before: Assessment, after: Assessment) -> Markup:
    """What a change does to time, in five figures beside each other as HTML; empty where no date moves."""
    old, new = before.timetable, after.timetable
    gone, slipped = missed(old, new), slipped_cents(plan, after)
    dates = {task.id: task.finish_on for task in old.tasks}
    if not gone and all(dates.get(task.id) == task.finish_on for task in new.tasks):
        return Markup()
    was, now = (
        next((paper.decided_on for paper in table.courses if paper.decides and not paper.stops[-1].held), None)
        for table in (old, new)
    )
    loads = {load.office: load for load in before.staff}
    bound = [
        plan.short(load.office)
        for load in after.staff
        if (one := loads.get(load.office))
        and (one.until.value != load.until.value or one.days.value != load.days.value)
    ]
    days = ", ".join(f"{row.on:%d.%m.}" for row in gone[:4]) + (" …" if len(gone) > 4 else "")
    rows = (
        (
            "letzter Arbeitsschritt",
            _day(new.finish_on),
            f"statt {_day(old.finish_on)}" if new.finish_on != old.finish_on else "unverändert",
        ),
        ("Beschluss", _day(now), f"statt {_day(was)}" if was != now else "unverändert"),
        ("verpasste Sitzungen", str(len(gone)), days or "keine"),
        ("in andere Jahre", show_euro(slipped), "übertragen oder anmelden" if slipped else "nichts verschoben"),
        (
            "anders gebunden",
            count(len(bound), "Stelle", "Stellen"),
            ", ".join(bound[:4]) + (" …" if len(bound) > 4 else "") or "keine",
        ),
    )
    cell = Markup("<div><dt>{}</dt><dd>{}</dd><dd class='dazu'>{}</dd></div>")
    return Markup("<dl class='folgen'>{}</dl>").format(Markup().join(cell.format(*row) for row in rows))


def _day(day: date | None) -> str:
    return show_date(day) if day else "unbekannt"
