"""When a proof of use is due, and which programmes have not handed theirs in (RULES §1.8)."""

from datetime import date

from dateutil.relativedelta import relativedelta

from insek_core.plan import Plan
from insek_core.plan.errors import Finding
from insek_core.plan.german import count
from insek_core.rules.figures import Figure
from insek_core.rules.money.actual.proof import ProofState, proof_findings, proof_states
from insek_core.rules.settings import Ruled, ruled_months
from insek_core.rules.structure import at
from insek_core.rules.time.schedule import Timetable

USUAL_MONTHS = 12  # where the plan's settings say nothing


def _due(dates: Timetable, rule: Ruled) -> Figure:
    """The day on which the proof of use is due."""
    ended = Figure(
        label="Ende des letzten Arbeitsschritts",
        value=dates.finish_on,
        unit="date",
        rule="Vorwärtsrechnung",
        evidence="assumed" if any(task.assumed for task in dates.tasks) else "derived",
    )
    due = dates.finish_on + relativedelta(months=rule.whole) if dates.finish_on else None
    return Figure(
        label="Verwendungsnachweis fällig",
        value=due,
        unit="date",
        rule=f"{count(rule.whole, 'Monat', 'Monate')} nach Abschluss{rule.cited}",
        operands=(ended, rule.figure),
    )


def _missing(plan: Plan, due: Figure, rule: Ruled, today: date) -> tuple[Finding, ...]:
    """Programmes whose proof of use is overdue: the day has passed, and none is entered as submitted."""
    handed = {proof.programme for proof in plan.proofs_of_use if proof.submitted_on}
    late = isinstance(due.value, date) and due.value < today
    return tuple(
        at(
            programme,
            "notice_number",
            f"Der Verwendungsnachweis für {programme.name} war am {due.show()} fällig{rule.cited}; "
            "eingereicht ist er nicht.",
            "Verwendungsnachweis einreichen und eintragen.",
            "warning",
        )
        for programme in plan.programmes
        if late and programme.id not in handed
    )


def proved(plan: Plan, dates: Timetable, today: date) -> tuple[tuple[ProofState, ...], Figure, tuple[Finding, ...]]:
    """The proofs of use, the day they are due, and what is wrong with them or missing."""
    ended = ruled_months(plan, "proof_of_use_months", "Frist für den Verwendungsnachweis in Monaten", USUAL_MONTHS)
    proofs, due = proof_states(plan, today), _due(dates, ended)
    return proofs, due, (*proof_findings(proofs, due), *_missing(plan, due, ended, today))
