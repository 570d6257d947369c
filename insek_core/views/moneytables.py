"""Tables of money: cost and who pays it, the budget on its three levels, what flows, and the law behind it."""

from collections.abc import Iterable
from dataclasses import replace

from insek_core.plan.german import show_date
from insek_core.plan.law import LegalSource
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure
from insek_core.rules.money.actual.drawdown import Drawdown
from insek_core.rules.money.actual.flow import MoneyFlow, month_end
from insek_core.rules.money.budget import Budget, Level
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.years import YearShare
from insek_core.views.table import Table, euro
from insek_core.views.words import figure_evidence, origin

NO_LAND = "Für welches Land geplant wird, ist nicht eingetragen; deshalb wird keine Vorschrift genannt."


def figures(found: Iterable[Figure]) -> Table:
    """Each figure with its evidence and where it comes from."""
    rows = ((f.label, f, figure_evidence(f), origin(f)) for f in found)
    return Table(("Größe", "Wert", "Beleg", "Woher"), tuple(rows))


def by_year(found: Assessment) -> Table:
    """Cost, grant, third-party money (where there is any) and own share by year with their sum."""
    money = found.funding
    sides: list[tuple[str, YearShare | Funding]] = [
        ("ohne Jahr" if y.year is None else str(y.year), y) for y in money.years
    ]
    growing = ("Förderung, wenn sie mitwächst", "Eigenanteil, wenn die Förderung mitwächst")
    table = Table(
        ("Jahr", "Gesamtkosten", "Förderung", "Drittmittel", "Eigenanteil", *growing, "Beleg"),
        tuple(
            (
                year,
                side.total,
                side.grant,
                side.third_party,
                side.own_share,
                side.grant_if_growing,
                side.own_share_if_growing,
                figure_evidence(side.own_share),
            )
            for year, side in [*sides, ("Summe", money)]
        ),
    )
    table = table if money.third_party.value != 0 else table.without("Drittmittel")
    return table if money.differs else table.without(*growing)


def levels(budget: Budget, *, both: bool) -> Table:
    """The three levels of the budget, each line span with the plan's need and the gap; `both` cases of the ceiling
    where
    they differ.
    """
    more = ", wenn die Förderung mitwächst"
    told: list[tuple[str, str, Level]] = []
    for span in budget.spans:
        told.append((f"Ansatz {span.years}", " und ".join(span.statuses), span.line))
        told.append((f"Bedarf {span.years}", "nach Planung", span.planned))
        told.append((f"Abweichung {span.years}", "Bedarf − Ansatz", span.gap))
        if both:
            told.append((f"Bedarf {span.years}{more}", "nach Planung", span.planned_if_growing))
            told.append((f"Abweichung {span.years}{more}", "Bedarf − Ansatz", span.gap_if_growing))
    told.append(("noch anzumelden", "Bedarf der Jahre ohne Ansatz", budget.to_register))
    if both:
        told.append((f"noch anzumelden{more}", "Bedarf der Jahre ohne Ansatz", budget.to_register_if_growing))
    told.append(("Gesamtfinanzierung", "Summe", budget.whole))
    return Table(
        ("Ebene", "Stand", "Aufwendungen", "Erträge", "Eigenanteil (Saldo)", "Beleg"),
        tuple((name, state, *level.figures, figure_evidence(level.expense)) for name, state, level in told),
    )


def legal(land: str, sources: Iterable[LegalSource]) -> Table:
    """The law behind the rules: what it settles, law, section, the days it holds, where to read it, and whether
    somebody has. Without a Land no law is named.
    """
    if not land:
        return Table(("Rechtsgrundlagen",), ((NO_LAND,),))
    rows = (
        (
            one.rule,
            one.law,
            one.cited(),
            show_date(one.valid_from) + (f" bis {show_date(one.valid_until)}" if one.valid_until else ""),
            one.link,
            one.evidence + ("" if one.checked else ", nicht geprüft"),
        )
        for one in sources
    )
    return Table(("Regel", "Vorschrift", "Abschnitt", "Gültig ab", "Fundstelle", "Beleg"), tuple(rows))


def flow(found: Drawdown) -> Table:
    """Sums by kind of booking, what may be called, what is called too much, what is to be paid back, the proof of
    use.
    """
    told = (*found.sums, found.callable, found.over_called, found.repayment, found.withheld, found.proof_due)
    return figures(replace(figure, label=figure.label[:1].upper() + figure.label[1:]) for figure in told)


def months(found: MoneyFlow) -> Table:
    """Cost as planned up to the end of each month, beside what is booked up to it; a kind without any booking, and
    what lies after the day looked at, stays empty.
    """
    ends = sorted(
        {end for end, _ in found.planned} | {month_end(day) for line in found.booked for day, _ in line.cumulated}
    )
    rows = []
    for end in ends:
        planned = max((cents for day, cents in found.planned if day <= end), default=0)
        booked = [
            euro(max((cents for day, cents in line.cumulated if day <= end), default=0))
            if end.replace(day=1) <= found.today
            else None
            for line in found.booked
        ]
        rows.append((end, euro(planned), *booked))
    return Table(("bis", "Kosten nach Plan", *(line.kind for line in found.booked)), tuple(rows))


def proofs(found: Drawdown) -> Table:
    """Each proof of use by its stages: cost, eligible cost, grant due, received, to be paid back."""
    rows = []
    for state in found.proofs:
        for stage in (stage for stage in state.stages if stage.known):
            last = stage is state.last
            rows.append(
                (
                    state.programme,
                    stage.name,
                    stage.cost,
                    stage.eligible,
                    stage.grant,
                    stage.grant_if_growing,
                    state.received if last else None,
                    state.refund if last else None,
                    state.refund_if_growing if last else None,
                )
            )
    growing = ("Förderung, wenn sie mitwächst", "zu erstatten, wenn die Förderung mitwächst")
    table = Table(
        (
            *("Förderprogramm", "Stand", "Gesamtausgaben", "zuwendungsfähig", "Förderung"),
            *(growing[0], "erhalten", "zu erstatten", growing[1]),
        ),
        tuple(rows),
    )
    differs = any(stage.grant.value != stage.grant_if_growing.value for s in found.proofs for stage in s.stages)
    return table if differs else table.without(*growing)


def calls(found: Drawdown) -> Table:
    """Each invoice with the grant it lets the city call."""
    rows = (
        (
            call.booking.booked_on,
            call.booking.document,
            euro(call.booking.amount_cents or 0),
            euro(call.cumulated_cents),
            euro(call.grant_cents),
        )
        for call in found.calls
    )
    return Table(("Rechnung vom", "Beleg Nr.", "Betrag", "aufgelaufen", "abrufbare Förderung"), tuple(rows))
