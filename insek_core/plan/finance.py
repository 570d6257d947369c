"""Tables of the money: programmes, costs, what the budget provides, what has been moved and booked."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from insek_core.plan import kinds as k
from insek_core.plan.columns import col
from insek_core.plan.german import show_date, show_euro
from insek_core.plan.record import Record
from insek_core.plan.values import Fuzzy

FINANCING = {
    "anteil": "Anteilfinanzierung",
    "fehlbedarf": "Fehlbedarfsfinanzierung",
    "festbetrag": "Festbetragsfinanzierung",
    "voll": "Vollfinanzierung",
}
LINE_STATES = ("anzumelden", "angemeldet", "veranschlagt")
BOOKING_WORDS = {  # what people enter, and what the money then is
    "gebunden": "Auftrag",
    "berechnet": "Rechnung",
    "bezahlt": "Zahlung",
    "abgerufen": "Auszahlungsantrag",
    "eingegangen": "Eingang",
}
BOOKING_KINDS = tuple(BOOKING_WORDS)
COST_BOOKINGS = BOOKING_KINDS[:3]  # of a cost item; the others are of a programme


@dataclass(frozen=True, kw_only=True)
class Programme(Record):
    """A funding programme, or the funding notice (Bewilligungsbescheid) under it."""

    table, sheet, one = "programmes", "Förderprogramme", "Förderprogramm"
    name: str = col("Name", required=True)
    legal_basis: str = col("Rechtsgrundlage", k.refs, tables="documents")
    financing: str = col("Finanzierungsart", k.choice, labels=FINANCING, required=True)
    rate_share: Fraction | None = col("Fördersatz", k.share, "Anteil an den zuwendungsfähigen Ausgaben", low=0, high=1)
    cap_cents: int | None = col(
        "Förderbetrag", k.money, "höchstens bewilligter Betrag, wenn er ein Höchstbetrag ist", low=0
    )
    cap_is_ceiling: bool | None = col("Ist Höchstbetrag", k.flag, "leer: ungeklärt")
    fixed_cents: int | None = col("Festbetrag", k.money, low=0)
    own_fixed_cents: int | None = col("Fester Eigenanteil", k.money, low=0)
    notice_on: date | None = col("Bescheid vom", k.day)
    notice_number: str = col("Aktenzeichen")
    notice_period: Fuzzy | None = col("Bewilligungszeitraum", k.fuzzy)
    notice_conditions: str = col("Nebenbestimmungen", meaning="Auflagen und Bedingungen des Bescheids")
    federal_share: Fraction | None = col("Anteil Bund", k.share, "Anteil des Bundes an den Ausgaben", low=0, high=1)
    state_share: Fraction | None = col("Anteil Land", k.share, "Anteil des Landes an den Ausgaben", low=0, high=1)
    minimum_own_share: Fraction | None = col("Mindesteigenanteil", k.share, low=0, high=1)
    filed_eligible_cents: int | None = col(
        "Zuwendungsfähige Ausgaben wie angemeldet",
        k.money,
        "was darüber liegt, zehrt ungeplante Drittmittel auf",
        low=0,
    )

    @property
    def notice(self) -> str:
        """How its notice is cited: "Bescheid vom 12.08.2015, Az. 63-1"; the bare word where there is none."""
        day = f" vom {show_date(self.notice_on)}" if self.notice_on else ""
        return f"Bescheid{day}{f', Az. {self.notice_number}' if self.notice_number else ''}"


@dataclass(frozen=True, kw_only=True)
class CostItem(Record):
    """One planned cost. What was filed stays when work moves: its year, or its years with their amounts, and the span
    that its work had then (RULES §1.7).
    """

    table, sheet, one = "cost_items", "Kostenpositionen", "Kostenposition"
    name: str = col("Bezeichnung", required=True)
    purpose: str = col("Zweck", k.open_choice, "wofür das Geld ausgegeben wird; gleiche Zwecke gleich schreiben")
    bound_to: str = col(
        "Gehört zu",
        k.ref,
        "Arbeitsschritt, Phase oder Format, mit dem die Ausgabe entsteht",
        tables="tasks phases formats",
    )
    year: int | None = col("Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100)
    amount_cents: int | None = col("Betrag", k.money, low=0)
    low_cents: int | None = col("Betrag mindestens", k.money, low=0)
    high_cents: int | None = col("Betrag höchstens", k.money, low=0)
    optional: bool | None = col("Optional", k.flag)
    filed_split: tuple[tuple[int, int], ...] = col(
        "Jahre wie angemeldet", k.years, "nur wo die Position in mehreren Jahren angemeldet ist; gilt dann statt Jahr"
    )
    filed_start_on: date | None = col(
        "Arbeit wie angemeldet von", k.day, "Beginn der Arbeit, als die Jahre angemeldet wurden"
    )
    filed_end_on: date | None = col(
        "Arbeit wie angemeldet bis", k.day, "Ende der Arbeit, als die Jahre angemeldet wurden"
    )


@dataclass(frozen=True, kw_only=True)
class FundingBasis(Record):
    """What part of a cost item counts for a programme."""

    table, sheet, one = "funding_bases", "Förderzuordnung", "Förderzuordnung"
    cost_item: str = col("Kostenposition", k.ref, tables="cost_items", required=True)
    programme: str = col("Förderprogramm", k.ref, tables="programmes", required=True)
    eligible_share: Fraction | None = col("Zuwendungsfähiger Anteil", k.share, low=0, high=1)


@dataclass(frozen=True, kw_only=True)
class Fund(Record):
    """Third-party money."""

    table, sheet, one = "funds", "Drittmittel", "Drittmittel"
    giver: str = col("Geber", required=True)
    year: int | None = col("Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100)
    amount_cents: int | None = col("Betrag", k.money, low=0)
    planned: bool | None = col("Geplant", k.flag)


@dataclass(frozen=True, kw_only=True)
class BudgetLine(Record):
    """What a budget provides. Only Aufwand and Ertrag: the own share is their balance."""

    table, sheet, one = "budget_lines", "Haushaltsansätze", "Haushaltsansatz"
    from_year: int | None = col("Von Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100, required=True)
    to_year: int | None = col("Bis Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100, required=True)
    kind: str = col("Art", k.choice, allowed=("Aufwand", "Ertrag"), required=True)
    office: str = col("Amt", k.ref, tables="organisations")
    product: str = col("Produkt oder PSP-Element")
    account: str = col("Sachkonto")
    amount_cents: int | None = col("Betrag", k.money, low=0)
    status: str = col("Stand", k.choice, allowed=LINE_STATES, required=True)


@dataclass(frozen=True, kw_only=True)
class BudgetStatute(Record):
    """Standing of a budget: before it is in force only obligations and continuations may be paid."""

    table, sheet, one = "budget_statutes", "Haushaltssatzungen", "Haushaltssatzung"
    from_year: int | None = col("Von Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100, required=True)
    to_year: int | None = col("Bis Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100, required=True)
    decided_on: date | None = col("Beschlossen am", k.day)
    in_force_on: date | None = col("In Kraft am", k.day)
    released_share: Fraction | None = col("Freigegebener Anteil", k.share, low=0, high=1)


@dataclass(frozen=True, kw_only=True)
class Transfer(Record):
    """Money moved between offices or years."""

    table, sheet, one = "transfers", "Mittelübertragungen", "Mittelübertragung"
    from_office: str = col("Von Amt", k.ref, tables="organisations")
    to_office: str = col("An Amt", k.ref, tables="organisations")
    from_year: int | None = col("Von Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100)
    to_year: int | None = col("In Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100)
    amount_cents: int | None = col("Betrag", k.money, low=0)
    done_on: date | None = col("Vollzogen am", k.day)


@dataclass(frozen=True, kw_only=True)
class FundingProof(Record):
    """Money behind a measure (Nachweis für die dritte Stufe der Verbindlichkeit)."""

    table, sheet, one = "funding_proofs", "Finanzierungsnachweise", "Finanzierungsnachweis"
    measure: str = col("Maßnahme", k.ref, tables="measures", required=True)
    budget_reference: str = col("Produkt oder PSP-Element")
    from_year: int | None = col("Von Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100)
    to_year: int | None = col("Bis Jahr", k.whole, unit="Haushaltsjahr", low=1990, high=2100)
    amount_cents: int | None = col("Betrag", k.money, low=0)
    decision: str = col("Beschluss")


@dataclass(frozen=True, kw_only=True)
class Booking(Record):
    """Money committed, invoiced, paid, called or received."""

    table, sheet, one = "bookings", "Buchungen", "Buchung"
    booked_on: date | None = col("Datum", k.day, required=True)
    kind: str = col("Art", k.choice, allowed=BOOKING_KINDS, required=True)
    cost_item: str = col("Kostenposition", k.ref, tables="cost_items")
    programme: str = col("Förderprogramm", k.ref, tables="programmes")
    amount_cents: int | None = col("Betrag", k.money, required=True)
    document: str = col("Beleg Nr.")

    @property
    def label(self) -> str:
        """What a booking is called: "Zahlung vom 20.05.2015 über 4.000 €"."""
        day = f" vom {show_date(self.booked_on)}" if self.booked_on else ""
        amount = f" über {show_euro(self.amount_cents)}" if self.amount_cents is not None else ""
        return f"{BOOKING_WORDS.get(self.kind, self.kind) or self.id}{day}{amount}"


@dataclass(frozen=True, kw_only=True)
class ProofOfUse(Record):
    """What was reported to a programme of the money spent: as filed, as audited, and as it stands in the end."""

    table, sheet, one = "proofs_of_use", "Verwendungsnachweise", "Verwendungsnachweis"
    programme: str = col("Förderprogramm", k.ref, tables="programmes", required=True)
    submitted_on: date | None = col("Eingereicht am", k.day)
    audited_on: date | None = col("Geprüft am", k.day)
    cost_filed_cents: int | None = col("Gesamtausgaben wie eingereicht", k.money, low=0)
    cost_audited_cents: int | None = col("Gesamtausgaben geprüft", k.money, low=0)
    cost_final_cents: int | None = col("Gesamtausgaben endgültig", k.money, low=0)
    eligible_filed_cents: int | None = col("Zuwendungsfähige Ausgaben wie eingereicht", k.money, low=0)
    eligible_audited_cents: int | None = col("Zuwendungsfähige Ausgaben geprüft", k.money, low=0)
    eligible_final_cents: int | None = col("Zuwendungsfähige Ausgaben endgültig", k.money, low=0)
    refund_cents: int | None = col("Erstattung", k.money, "festgesetzter Betrag, der zurückzuzahlen ist", low=0)
    interest_cents: int | None = col("Zinsen", k.money, "festgesetzte Zinsen; 0: keine", low=0)
    state: str = col("Stand der Prüfung", meaning="auch der Grund, wenn endgültig mehr anerkannt ist als geprüft")


MONEY_TABLES: tuple[type[Record], ...] = (
    CostItem, FundingBasis, Programme, Fund, BudgetLine, BudgetStatute, Transfer, FundingProof, Booking, ProofOfUse,
)  # fmt: skip
