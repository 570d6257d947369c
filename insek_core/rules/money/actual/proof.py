"""Proof of use (Verwendungsnachweis): the grant on what was filed, audited and recognised in the end, by the one law;
what is to be paid back, and whether interest is settled (RULES §1.3, 1.8, 1.11).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Severity
from insek_core.plan.finance import Booking, Programme, ProofOfUse
from insek_core.plan.german import show_date, show_euro, show_list
from insek_core.rules.figures import Figure, Sentence, add, field_figure, subtract
from insek_core.rules.money.basis import Basis, basis_of, rule_of
from insek_core.rules.money.programmes import both_words, ceiling_open, grants_cents, terms_figures, terms_of
from insek_core.rules.settings import Ruled
from insek_core.rules.structure import at

STAGES = {"filed": "wie eingereicht", "audited": "geprüft", "final": "endgültig"}


@dataclass(frozen=True, kw_only=True)
class ProofStage:
    """A stage of a proof: cost and eligible cost as they stand in it, and the grant due on them in both cases of the
    ceiling (one and the same where it is settled).
    """

    name: str
    cost: Figure
    eligible: Figure
    grant: Figure
    grant_if_growing: Figure

    @property
    def known(self) -> bool:
        """Whether anything of it is entered."""
        return self.cost.value is not None or self.eligible.value is not None


@dataclass(frozen=True, kw_only=True)
class ProofState:
    """A proof with its stages: what counts now (the last stage that is known) gives the grant due, what was received
    beyond it is to be paid back, what is missing is still to come.
    """

    proof: ProofOfUse
    programme: str
    stages: tuple[ProofStage, ...]
    received: Figure
    refund: Figure
    refund_if_growing: Figure
    interest: Figure

    @property
    def last(self) -> ProofStage | None:
        """The last stage whose eligible cost is known."""
        return next((stage for stage in reversed(self.stages) if stage.eligible.value is not None), None)


def _grant(basis: Basis, programme: Programme, eligible: Figure, *, capped: bool) -> Figure:
    """What a programme grants on an eligible sum, the others on what is planned."""
    programmes = basis.plan.programmes
    sums = [eligible.value if p is programme else basis.eligible(p).value for p in programmes]
    terms, known = [terms_of(p, capped=capped) for p in programmes], [cents for cents in sums if isinstance(cents, int)]
    value = None
    if len(known) == len(sums) and all(term.known for term in terms) and basis.planned.value is not None:
        granted = grants_cents(terms, known, basis.planned.cents, basis.uncovered_cents)
        value = granted[programmes.index(programme)]
    return Figure(
        label=f"Förderung {eligible.label}",
        value=value,
        rule=rule_of(programme, capped=capped),
        operands=(eligible, *terms_figures(programme, capped)),
    )


def _stage(basis: Basis, proof: ProofOfUse, programme: Programme, name: str, *, open_: bool) -> ProofStage:
    words = STAGES[name]
    cost = field_figure(proof, f"cost_{name}_cents", f"Gesamtausgaben {words}")
    eligible = field_figure(proof, f"eligible_{name}_cents", f"zuwendungsfähig {words}")
    grant = _grant(basis, programme, eligible, capped=True)
    growing = _grant(basis, programme, eligible, capped=False) if open_ else grant
    return ProofStage(name=words, cost=cost, eligible=eligible, grant=grant, grant_if_growing=growing)


def _received(plan: Plan, programme: Programme, today: date) -> Figure:
    """What came in for a programme up to a day; with one programme a booking need not name it. None: unknown."""
    mine = [programme.id, *([""] if len(plan.programmes) == 1 else [])]
    booked: list[Booking] = [
        b
        for b in plan.bookings
        if b.kind == "eingegangen" and b.programme in mine and b.booked_on and b.booked_on <= today
    ]
    parts = tuple(field_figure(b, "amount_cents", f"Eingang {show_date(b.booked_on)}") for b in booked if b.booked_on)
    label = f"erhalten {programme.name}"
    return (
        add(label, parts, rule="Summe der Eingänge")
        if parts
        else Figure(label=label, value=None, rule="kein Eingang gebucht")
    )


def _back(received: Figure, grant: Figure) -> Figure:
    left = subtract("zu erstatten", received, grant, rule="erhalten − Förderung, mindestens 0")
    value = None if left.value is None else max(0, left.cents)
    return Figure(label=left.label, value=value, rule=left.rule, operands=left.operands)


def proof_states(plan: Plan, today: date) -> tuple[ProofState, ...]:
    """Every proof of use with what follows from it on a day; one without a known programme is a finding elsewhere."""
    basis, open_ = basis_of(plan), ceiling_open(plan)
    programmes = {programme.id: programme for programme in plan.programmes}
    found = []
    for proof in (proof for proof in plan.proofs_of_use if proof.programme in programmes):
        programme = programmes[proof.programme]
        stages = tuple(_stage(basis, proof, programme, name, open_=open_) for name in STAGES)
        received = _received(plan, programme, today)
        due = next((stage for stage in reversed(stages) if stage.eligible.value is not None), stages[0])
        found.append(
            ProofState(
                proof=proof,
                programme=programme.name,
                stages=stages,
                received=received,
                refund=_back(received, due.grant),
                refund_if_growing=_back(received, due.grant_if_growing),
                interest=field_figure(proof, "interest_cents", "Zinsen"),
            )
        )
    return tuple(found)


def _refund_words(state: ProofState, if_ceiling: str) -> str:
    """What is to be paid back, in both cases, and whether interest on it is settled."""
    one, two = state.refund, state.refund_if_growing
    if one.value is None or two.value is None:
        return "was zu erstatten ist, ist unbekannt (kein Eingang gebucht)" if state.received.value is None else ""
    if one.value == two.value == 0:
        return "zu erstatten ist nichts"
    interest = state.interest
    more = (
        f"; Zinsen {interest.show()}" if interest.value is not None else "; ob Zinsen anfallen, ist nicht eingetragen"
    )
    words = both_words(if_ceiling, one.show(), two.show()) if if_ceiling else one.show()
    return f"zu erstatten sind {words}{more}"


def proof_sentence(state: ProofState, due: Figure, if_ceiling: str) -> Sentence:
    """What a proof of use comes to: eligible by stage, the grant due, what was received and is to be paid back."""
    named = f"Verwendungsnachweis {state.programme}"
    handed = (
        f"eingereicht am {show_date(state.proof.submitted_on)}"
        if state.proof.submitted_on
        else "noch nicht eingereicht"
    )
    known, last = [stage for stage in state.stages if stage.eligible.value is not None], state.last
    if last is None:
        text = f"{named}: {handed}, fällig {due.show()}; zuwendungsfähige Ausgaben sind nicht eingetragen."
        return Sentence(text=text, screen="haushalt", figures=(due,))
    sums = show_list(f"{stage.eligible.show()} {stage.name}" for stage in known)
    grant = both_words(if_ceiling, last.grant.show(), last.grant_if_growing.show())
    received = f"erhalten {state.received.show()}; " if state.received.value is not None else ""
    text = f"{named}, {handed}: zuwendungsfähig sind {sums}, die Förderung dafür beträgt {grant}; {received}"
    words = _refund_words(state, if_ceiling)
    figures = (*(stage.eligible for stage in known), last.grant, last.grant_if_growing, state.received, state.refund)
    return Sentence(
        text=f"{(text + words).removesuffix('; ')}.", screen="haushalt", figures=tuple(dict.fromkeys(figures))
    )


def _faults(state: ProofState, due: Figure) -> Iterator[tuple[str, Severity, str, str]]:
    """What is wrong with a proof: field, level, message, remedy."""
    proof = state.proof
    audited, final, reason = proof.eligible_audited_cents, proof.eligible_final_cents, proof.state or proof.note
    if final is not None and audited is not None and final > audited and not reason:
        message = (
            f"Endgültig sind {show_euro(final)} zuwendungsfähig, geprüft waren {show_euro(audited)}; ein Grund fehlt."
        )
        yield "eligible_final_cents", "warning", message, "Den Grund unter „Stand der Prüfung“ eintragen."
    for name, stage in zip(STAGES, state.stages, strict=True):
        cost, eligible = stage.cost.value, stage.eligible.value
        if isinstance(cost, int) and isinstance(eligible, int) and eligible > cost:
            sums = f"{show_euro(eligible)} von {show_euro(cost)}"
            message = f"Zuwendungsfähig {stage.name} ist mehr als die Gesamtausgaben ({sums})."
            yield f"eligible_{name}_cents", "error", message, "Beträge berichtigen."
    if proof.submitted_on and proof.audited_on and proof.audited_on < proof.submitted_on:
        yield "audited_on", "error", "Geprüft am liegt vor eingereicht am.", "Tage berichtigen."
    cases = {figure.value for figure in (state.refund, state.refund_if_growing)}
    if proof.refund_cents is not None and None not in cases and proof.refund_cents not in cases:
        entered = show_euro(proof.refund_cents)
        message = f"Eingetragen ist eine Erstattung von {entered}, gerechnet sind {state.refund.show()}."
        yield "refund_cents", "warning", message, "Eingänge, anerkannte Ausgaben und den Bescheid vergleichen."
    day = due.value
    if isinstance(day, date) and proof.submitted_on and proof.submitted_on > day:
        message = f"Eingereicht am {show_date(proof.submitted_on)}, fällig war der {show_date(day)}."
        yield "submitted_on", "notice", message, "Ob eine Fristverlängerung vorliegt, prüfen."


def proof_findings(states: tuple[ProofState, ...], due: Figure) -> tuple[Finding, ...]:
    """What is wrong with the proofs that are entered."""
    return tuple(
        at(state.proof, field, f"Verwendungsnachweis {state.programme}: {message}", remedy, level)
        for state in states
        for field, level, message, remedy in _faults(state, due)
    )


def missing_proofs(plan: Plan, due: Figure, rule: Ruled, today: date) -> tuple[Finding, ...]:
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
