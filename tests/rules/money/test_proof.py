"""The proof of use: the grant by the one law on what was filed, audited and recognised; what is to be paid back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import money

from insek_core.plan import Plan
from insek_core.plan.content import Setting
from insek_core.plan.finance import Booking, ProofOfUse
from insek_core.rules.assessment import Assessment, assess
from insek_core.rules.money.actual.proof import proof_sentence

TODAY = date(2018, 10, 1)
KNOWN = {"notice_on": date(2015, 8, 12), "notice_number": "1", "cap_is_ceiling": True}
SETTLED = money((2015, 19_500_000), **KNOWN)
OPEN = money((2015, 19_500_000))


def proof(**more: Any) -> ProofOfUse:
    return ProofOfUse(**{"id": "VN", "programme": "FP", "evidence": "stated", **more})


def received(cents: int) -> Booking:
    return Booking(
        id=f"E{cents}",
        kind="eingegangen",
        programme="FP",
        amount_cents=cents,
        booked_on=date(2016, 3, 1),
        evidence="stated",
    )


def seen(plan: Plan, *bookings: Booking, **fields: Any) -> Assessment:
    return assess(replace(plan, bookings=bookings, proofs_of_use=(proof(**fields),)), (), TODAY)


def told(found: Assessment) -> str:
    (state,) = found.drawdown.proofs
    text = proof_sentence(state, found.drawdown.proof_due, found.funding.if_ceiling).text
    return text.replace("\xa0", " ")


FILED = {"submitted_on": date(2018, 3, 1), "cost_filed_cents": 19_500_000, "eligible_filed_cents": 19_000_000}
AUDITED = {"audited_on": date(2018, 9, 1), "eligible_audited_cents": 18_600_000}


def test_each_stage_is_granted_by_the_law_and_the_last_one_counts() -> None:
    # 2/3 of 190.000 = 126.666,67; of 186.000 = 124.000; received 130.000: 6.000 back
    found = seen(SETTLED, received(13_000_000), **FILED, **AUDITED)
    (state,) = found.drawdown.proofs
    assert [stage.grant.value for stage in state.stages] == [12_666_667, 12_400_000, None]
    assert (state.received.value, state.refund.value) == (13_000_000, 600_000)
    assert told(found) == (
        "Verwendungsnachweis Programm, eingereicht am 01.03.2018: zuwendungsfähig sind 190.000 € wie eingereicht und "
        "186.000 € geprüft, die Förderung dafür beträgt 124.000 €; erhalten 130.000 €; zu erstatten sind 6.000 €; ob "
        "Zinsen anfallen, ist nicht eingetragen."
    )


def test_interest_that_is_entered_is_told_and_0_is_none() -> None:
    found = seen(SETTLED, received(13_000_000), **FILED, interest_cents=12_345)
    assert told(found).endswith("zu erstatten sind 3.333,33 €; Zinsen 123,45 €.")
    assert told(seen(SETTLED, received(13_000_000), **FILED, interest_cents=0)).endswith("Zinsen 0 €.")


def test_what_is_missing_is_unknown_and_never_0() -> None:
    assert told(seen(SETTLED, **FILED)).endswith("was zu erstatten ist, ist unbekannt (kein Eingang gebucht).")
    assert "zuwendungsfähige Ausgaben sind nicht eingetragen" in told(seen(SETTLED, received(1)))
    assert told(seen(SETTLED, received(12_000_000), **FILED)).endswith("zu erstatten ist nichts.")


def test_while_the_ceiling_is_open_both_cases_are_told() -> None:
    found = seen(OPEN, received(14_000_000), submitted_on=date(2018, 3, 1), eligible_filed_cents=21_000_000)
    assert told(found).endswith(
        "die Förderung dafür beträgt 130.000 €, wenn 130.000 € ein Höchstbetrag sind, und 140.000 €, wenn die Förderung "
        "mitwächst; erhalten 140.000 €; zu erstatten sind 10.000 €, wenn 130.000 € ein Höchstbetrag sind, und 0 €, wenn "
        "die Förderung mitwächst; ob Zinsen anfallen, ist nicht eingetragen."
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {**FILED, **AUDITED, "eligible_final_cents": 18_700_000},
            ("warning", "Endgültig sind 187.000 € zuwendungsfähig, geprüft waren 186.000 €; ein Grund fehlt."),
        ),
        (
            {**FILED, "refund_cents": 500_000},
            ("warning", "Eingetragen ist eine Erstattung von 5.000 €, gerechnet sind 3.333,33 €."),
        ),
        (
            {**FILED, "cost_filed_cents": 18_000_000},
            ("error", "Zuwendungsfähig wie eingereicht ist mehr als die Gesamtausgaben (190.000 € von 180.000 €)."),
        ),
        ({**FILED, "audited_on": date(2018, 2, 1)}, ("error", "Geprüft am liegt vor eingereicht am.")),
    ],
)
def test_what_is_wrong_with_a_proof_is_a_finding(fields: dict[str, Any], expected: tuple[str, str]) -> None:
    found = seen(SETTLED, received(13_000_000), **fields)
    said = [
        (f.level, f.message.replace("\xa0", " ").removeprefix("Verwendungsnachweis Programm: "))
        for f in found.findings
        if f.table == "proofs_of_use"
    ]
    assert said == [expected]


def test_more_recognised_than_audited_is_fine_with_a_reason() -> None:
    fields = {**FILED, **AUDITED, "eligible_final_cents": 18_700_000, "state": "Nachreichung anerkannt"}
    assert not [f for f in seen(SETTLED, received(13_000_000), **fields).findings if f.table == "proofs_of_use"]


def test_the_due_day_follows_the_setting_and_a_late_proof_is_a_warning(example: Plan) -> None:
    months = Setting(id="proof_of_use_months", name="Frist", value="6", evidence="stated")
    plan = replace(example, settings=(*(s for s in example.settings if s.id != "proof_of_use_months"), months))
    today = date(2019, 1, 1)
    found = assess(plan, (), today)
    assert found.timetable.finish_on == date(2018, 5, 31) and found.drawdown.proof_due.show() == "30.11.2018"
    assert "6 Monate nach Abschluss" in found.drawdown.proof_due.rule
    late = [f.message for f in found.findings if "Verwendungsnachweis" in f.message]
    assert late == ["Der Verwendungsnachweis für Stadtumbau Ost war am 30.11.2018 fällig; eingereicht ist er nicht."]
    handed = replace(plan, proofs_of_use=(proof(programme="FP-1", submitted_on=date(2017, 12, 1)),))
    assert not [f for f in assess(handed, (), today).findings if "fällig" in f.message]


@given(st.integers(0, 30_000_000), st.integers(0, 30_000_000))
def test_refund_and_grant_make_what_was_received_or_less_was_received(eligible: int, got: int) -> None:
    (state,) = seen(SETTLED, received(got), eligible_final_cents=eligible).drawdown.proofs
    assert state.last is not None
    grant = state.last.grant.cents
    assert 0 <= grant <= min(13_000_000, eligible)
    assert state.refund.cents == max(0, got - grant)
