"""Tables of the what-if screen: what changes and why, scenarios side by side, the registration, the risk."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from insek_core.change.answers import KeyAnswer, answers
from insek_core.change.consequences import Changed
from insek_core.change.sentences.telling import Facts
from insek_core.plan.german import show_euro, show_number
from insek_core.rules.assessment import Assessment
from insek_core.rules.chance.risk import Risk
from insek_core.rules.figures import Figure
from insek_core.rules.money.programmes import IF_GROWING
from insek_core.rules.registration import Registration
from insek_core.views.table import Cell, Said, Table, euro, words
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
LACKS = "Fehlt noch"
AMOUNT_IF_GROWING = "Betrag, wenn die Förderung mitwächst"
REGISTRATION = (
    "Jahr",
    "Amt",
    "Produkt oder PSP-Element",
    "Sachkonto",
    "Art",
    "Betrag",
    AMOUNT_IF_GROWING,
    "gegen den Plan",
    "Begründung",
    "Frist",
    "Stand",
    LACKS,
)


def changes(found: Iterable[Changed]) -> Table:
    """Every figure that differs: before, after, evidence, and how the new value was made."""
    rows = ((c.label, c.before, c.after, figure_evidence(c.after), origin(c.after)) for c in found)
    return Table(("Größe", "Plan", "Variante", "Beleg", "Woher"), tuple(rows))


def beside(sides: Mapping[str, Facts]) -> Table:
    """Scenarios as columns: the main figures, then every other figure that is not the same in all of them."""
    keys = list(dict.fromkeys(key for facts in sides.values() for key in facts))
    rows = []
    for key in sorted(keys, key=lambda k: (MAIN.index(k) if k in MAIN else len(MAIN), keys.index(k))):
        cells: list[Cell] = [facts.get(key, "entfällt") for facts in sides.values()]
        if len(set(map(words, cells))) > 1:
            label = next(facts[key].label for facts in sides.values() if key in facts)
            rows.append((label, *cells))
    return Table(("Was sich unterscheidet", *sides), tuple(rows))


def deciding(plan: Assessment, sides: Mapping[str, Assessment]) -> Table:
    """The five rows that decide, the plan and each Variante a column; what differs from the plan is bold."""
    found = {name: answers(plan, side) for name, side in {"Plan": plan, **sides}.items()}
    rows: list[tuple[Cell, ...]] = []
    for n, first in enumerate(found["Plan"]):
        rows.append(_compared(first.label, [answers_[n].after for answers_ in found.values()]))
        if n == 0:
            moneys = [plan.funding, *(side.funding for side in sides.values())]
            if any(money.differs for money in moneys):
                rows.append(_compared(f"{first.label}, {IF_GROWING}", [money.own_share_if_growing for money in moneys]))
            else:
                rows.append(_compared("Gesamtkosten", [money.total for money in moneys]))
    return Table(("Was entscheidet", *found), tuple(rows))


def _compared(label: str, figures: Sequence[Figure]) -> tuple[Cell, ...]:
    bold = Markup("<b>{}</b>")
    plan, *others = figures
    cells = (Said(bold.format(f.show()), f.value, f.unit) if f.value != plan.value else f for f in others)
    return (label, plan, *cells)


def registrations(found: Iterable[Registration]) -> Table:
    """The registration as the budget form asks for it, and what it still lacks; the second case of the ceiling where it
    is
    another.
    """
    rows = tuple(found)
    table = Table(REGISTRATION, tuple(map(_registration, rows)))
    same = all(row.amount.value == row.if_growing.value for row in rows)
    return table.without(AMOUNT_IF_GROWING) if same else table


def _registration(row: Registration) -> tuple[Cell, ...]:
    return (
        row.year,
        *(text or Said("fehlt", unit="text") for text in (row.office, row.product, row.account)),
        row.kind,
        row.amount,
        row.if_growing,
        _more(row),
        row.reason,
        row.deadline,
        row.state,
        ", ".join(row.lacks),
    )


def _more(row: Registration) -> Said:
    if row.planned_cents is None or not isinstance(row.amount.value, int):
        return Said("unbekannt", unit="euro")
    more = row.amount.value - row.planned_cents
    return Said(f"{'+' if more > 0 else '−'}{show_euro(abs(more))}" if more else "unverändert", more, "euro")


def percentiles(found: Risk) -> Table:
    """Own share and total cost at P10, P50, P80, to the euro."""
    often = {10: "in 10 % der Fälle", 50: "in der Hälfte der Fälle", 80: "in 80 % der Fälle"}
    growing = found.own_share_if_growing_cents or found.own_share_cents
    cases = _cases("Eigenanteil", found.if_ceiling)
    rows: Iterator[tuple[Cell, ...]] = (
        (
            f"P{p}: {often[p]} höchstens",
            *(euro(round(case[p], -2)) for case in (found.own_share_cents, growing)[: len(cases)]),
            euro(round(found.total_cents[p], -2)),
        )
        for p in found.own_share_cents
    )
    return Table(("Wahrscheinlichkeit", *cases, "Gesamtkosten"), tuple(rows))


def _cases(name: str, if_ceiling: str) -> tuple[str, ...]:
    """The headings of a figure that rests on the ceiling: one where it is settled, else one for each case."""
    return (f"{name}, {if_ceiling}", f"{name}, wenn die Förderung mitwächst") if if_ceiling else (name,)


def held(found: Risk) -> Table:
    """How often each limit holds, with its standard error."""
    cases = _cases("hält", found.if_ceiling)
    rows = (
        (
            h.name,
            *(
                f"in {show_number((part or 0) * 100, 1)} % der Fälle"
                for part in (h.probability, h.if_growing)[: len(cases)]
            ),
            f"± {show_number(h.standard_error * 100, 2)} Punkte",
        )
        for h in found.held
    )
    return Table(("Grenze", *cases, "Standardfehler"), tuple(rows))


def tornado(found: Risk) -> Table:
    """What moves the own share most, one at a time."""
    heads = ("Was schwankt", "Eigenanteil mindestens", "höchstens", "Spanne")
    growing = ("mindestens, wenn die Förderung mitwächst", "höchstens, wenn die Förderung mitwächst")
    rows: Iterator[tuple[Cell, ...]] = (
        (
            s.name,
            *map(euro, (s.low_cents, s.high_cents, s.swing_cents, s.low_if_growing_cents, s.high_if_growing_cents)),
        )
        for s in found.tornado
    )
    table = Table((*heads, *growing), tuple(rows))
    return table if found.if_ceiling else table.without(*growing)


def folded(title: str, body: Markup) -> Markup:
    """A sentence that unfolds in the browser, without a rerun."""
    return Markup("<details class='folge'><summary>{}</summary>{}</details>").format(title, body)


def strip(found: Iterable[KeyAnswer]) -> Markup:
    """The answers beside each other as HTML, old → new; what differs is strong. Its height does not depend on what it
    says.
    """
    cell = Markup("<div class='{}'><dt>{}</dt><dd>{}</dd><dd class='dazu'>{}</dd></div>")
    return Markup("<dl class='folgen'>{}</dl>").format(
        Markup().join(
            cell.format("gleich" if answer.same else "anders", answer.label, _moves(answer), answer.note)
            for answer in found
        )
    )


def _moves(answer: KeyAnswer) -> Markup:
    old, new = answer.before.show(), answer.after.show()
    return Markup("<b>{}</b>").format(new) if old == new else Markup("<span>{} →</span> <b>{}</b>").format(old, new)
