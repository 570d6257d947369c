"""Tables of the review of goals: what each area judged, the rounds it was judged in, the work that came of them."""

from dataclasses import dataclass
from datetime import date

from insek_core.plan import kinds as k
from insek_core.plan.columns import col
from insek_core.plan.record import Record
from insek_core.plan.values import Fuzzy

PROPOSAL, JUDGEMENT, DISSENT = "Vorschlag", "Bewertung", "abweichende Auffassung"


@dataclass(frozen=True, kw_only=True)
class Review(Record):
    """A round that judges what serves which goal, cell by cell; one without an end goes on where it was left."""

    table, sheet, one = "reviews", "Bewertungsrunden", "Bewertungsrunde"
    name: str = col("Name", required=True)
    body: str = col("Gremium", k.ref, tables="bodies")
    begun_on: date | None = col("Begonnen am", k.day)
    ended_on: date | None = col("Beendet am", k.day)
    plan_version: int | None = col("Begonnen mit Planstand", k.whole, low=1)
    ended_version: int | None = col("Beendet mit Planstand", k.whole, low=1)
    offices: tuple[str, ...] = col("Bereiche", k.refs, "wer in der Runde bewertet", tables="organisations")
    seen: tuple[str, ...] = col(
        "Behandelt", k.refs, "Zielbeiträge, die schon an der Reihe waren", tables="contributions"
    )
    minutes: str = col("Protokoll")


@dataclass(frozen=True, kw_only=True)
class Judgement(Record):
    """What one area says of a contribution; of several the last one stands. Areas judge, not persons."""

    table, sheet, one = "judgements", "Bewertungen", "Bewertung"
    contribution: str = col("Zielbeitrag", k.ref, tables="contributions", required=True)
    office: str = col("Bereich", k.ref, tables="organisations", required=True)
    kind: str = col("Art", k.choice, allowed=(PROPOSAL, JUDGEMENT, DISSENT), required=True)
    weight: int | None = col("Gewicht", k.whole, "−3 bis +3; leer: offen", low=-3, high=3)
    reason: str = col("Begründung")
    given_on: date | None = col("Abgegeben am", k.day)
    settled_on: date | None = col("Geklärt am", k.day, "seither gilt, worauf man sich geeinigt hat")
    review: str = col("Bewertungsrunde", k.ref, tables="reviews")


@dataclass(frozen=True, kw_only=True)
class Assignment(Record):
    """Work that a round or a decision gave to an office."""

    table, sheet, one = "assignments", "Arbeitsaufträge", "Arbeitsauftrag"
    text: str = col("Arbeitsauftrag", required=True)
    office: str = col("Amt", k.ref, tables="organisations")
    until: Fuzzy | None = col("Bis", k.fuzzy)
    given_by: str = col("Erteilt durch", k.ref, tables="reviews decisions")
    concerns: tuple[str, ...] = col("Betrifft", k.refs, "Kennungen beliebiger Einträge", tables="*")
    done_on: date | None = col("Erledigt am", k.day)
