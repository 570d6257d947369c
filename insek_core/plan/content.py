"""Tables of the content: goals and what backs them, indicators, places, statements, decisions and settings."""

from dataclasses import dataclass
from datetime import date

from insek_core.plan import kinds as k
from insek_core.plan.columns import col
from insek_core.plan.record import Record
from insek_core.plan.values import Fuzzy

HORIZONS = ("langfristig", "mittelfristig", "kurzfristig")
AREA_LEVELS = ("Stadt", "Stadtgebiet", "Stadtbezirk", "Ortsteil", "Schwerpunktraum", "Fördergebiet")
DIRECTIONS = {"up": "mehr ist besser", "down": "weniger ist besser", "band": "im Zielbereich"}
STATED_FIGURES = {"total_cents": "Gesamtkosten", "grant_cents": "Förderung", "own_share_cents": "Eigenanteil",
                  "budget_income_cents": "Erträge im Haushaltsplan", "budget_own_share_cents": "Eigenanteil im Haushaltsplan"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Goal(Record):
    """A goal, or what the paper states beside goals; only goals climb the ladder."""

    table, sheet, one = "goals", "Ziele", "Ziel"
    name: str = col("Wortlaut", required=True)
    kind: str = col("Art", k.choice, allowed=("Zielbereich", "Ziel", "Orientierung", "Arbeitsgrundsatz"), required=True)
    parent: str = col("Gehört zu", k.ref, tables="goals")
    weight: int | None = col("Gewicht", k.whole, low=0)
    horizon: str = col("Horizont", k.choice, allowed=HORIZONS)


@dataclass(frozen=True, kw_only=True)
class SectorPlan(Record):
    """A Fachteil, a cross-cutting theme or another theme of the concept."""

    table, sheet, one = "sector_plans", "Fachteile", "Fachteil"
    name: str = col("Name", required=True)
    kind: str = col(
        "Art",
        k.choice,
        allowed=(
            "Fachteil",
            "Querschnittsthema",
            "Förderschwerpunkt",
            "Fachforumsthema",
            "Smart-City-Feld",
            "Baustein",
        ),
        required=True,
    )
    lead: str = col("Federführung", k.ref, tables="organisations")
    depth: str = col("Bearbeitungstiefe", k.choice, allowed=("umfassend", "punktuell"))
    state: str = col("Stand")


@dataclass(frozen=True, kw_only=True)
class Measure(Record):
    """A measure that serves goals."""

    table, sheet, one = "measures", "Maßnahmen", "Maßnahme"
    name: str = col("Name", required=True)
    sector_plan: str = col("Fachteil", k.ref, tables="sector_plans")
    owner: str = col("Verantwortlich", k.ref, tables="organisations")
    begin: Fuzzy | None = col("Beginn", k.fuzzy)
    end: Fuzzy | None = col("Ende", k.fuzzy)
    cost_item: str = col("Kostenposition", k.ref, tables="cost_items")
    work_programme: str = col(
        "Bezug zum Arbeitsprogramm",
        meaning="wo sie darin steht; „nein“: steht nicht darin; leer: unbekannt",
        was=("programme_2020", "Bezug Arbeitsprogramm 2020"),
    )
    districts: tuple[str, ...] = col("Ortsteile", k.refs, tables="areas")
    horizon: str = col("Horizont", k.choice, allowed=HORIZONS)


@dataclass(frozen=True, kw_only=True)
class Contribution(Record):
    """What serves a goal and how much; an empty weight is not judged, which is not 0."""

    table, sheet, one = "contributions", "Zielbeiträge", "Zielbeitrag"
    goal: str = col("Ziel", k.ref, tables="goals", required=True)
    origin: str = col(
        "Von",
        k.ref,
        "Fachteil, Maßnahme, Format oder Arbeitsschritt",
        tables="sector_plans measures formats tasks",
        required=True,
    )
    weight: int | None = col(
        "Gewicht", k.whole, "−3 (hebt auf) bis +3 (untrennbar); leer: nicht bewertet", low=-3, high=3
    )
    reason: str = col("Begründung")
    judged_by: str = col("Bewertet von")
    judged_on: date | None = col("Bewertet am", k.day)
    fingerprint: str = col(
        "Bewerteter Wortlaut", meaning="Kennzeichen der Texte von Ziel und Herkunft, die bewertet wurden; vom Programm"
    )


@dataclass(frozen=True, kw_only=True)
class Interaction(Record):
    """One sector plan acting on another."""

    table, sheet, one = "interactions", "Wechselwirkungen", "Wechselwirkung"
    origin: str = col("Von", k.ref, tables="sector_plans", required=True)
    target: str = col("Auf", k.ref, tables="sector_plans", required=True)
    weight: int | None = col("Gewicht", k.whole, low=-3, high=3)
    reason: str = col("Begründung")


@dataclass(frozen=True, kw_only=True)
class Indicator(Record):
    """What is measured; its values are statistics and live beside the plan."""

    table, sheet, one = "indicators", "Indikatoren", "Indikator"
    name: str = col("Name", required=True)
    goal: str = col("Ziel", k.ref, tables="goals")
    unit: str = col("Einheit")
    direction: str = col("Richtung", k.choice, labels=DIRECTIONS)
    baseline: float | None = col("Ausgangswert", k.number)
    baseline_year: int | None = col("Jahr des Ausgangswerts", k.whole, low=1990, high=2100)
    target: float | None = col("Zielwert", k.number)
    target_year: int | None = col("Zieljahr", k.whole, low=1990, high=2100)
    tolerance: float | None = col("Toleranz", k.number)
    owner: str = col("Verantwortlich", k.ref, tables="organisations")
    lever: str = col("Hebel", meaning="was die Stadt tun kann")
    measure_kind: str = col("Zahl oder Rate", k.choice, allowed=("Zahl", "Rate"))
    denominator: str = col("Bezugsgröße")


@dataclass(frozen=True, kw_only=True)
class Area(Record):
    """A place; codes are text, coordinates WGS84."""

    table, sheet, one = "areas", "Gebiete", "Gebiet"
    name: str = col("Name", required=True)
    code: str = col("Schlüssel", meaning="Text, z. B. 00")
    level: str = col("Ebene", k.choice, allowed=AREA_LEVELS, required=True)
    parent: str = col("Gehört zu", k.ref, tables="areas")
    lon: float | None = col("Länge", k.number, unit="Grad östlich", low=-180, high=180)
    lat: float | None = col("Breite", k.number, unit="Grad nördlich", low=-90, high=90)
    area_km2: float | None = col("Fläche", k.number, unit="km²", low=0)


@dataclass(frozen=True, kw_only=True)
class Statement(Record):
    """Whatever else the paper states: a condition, an open point, a question, a thesis, a figure."""

    table, sheet, one = "statements", "Aussagen", "Aussage"
    text: str = col("Aussage", required=True)
    kind: str = col(
        "Art",
        k.choice,
        allowed=(
            "Bedingung",
            "Offener Punkt",
            "Frage",
            "These",
            "Raumaussage",
            "Themenaussage",
            "Finanzangabe",
            "Baustein",
            "Abweichung",
        ),
        required=True,
    )
    line: str = col("Zeile der Ratsvorlage", was=("Zeile der Vorlage",))
    concerns: tuple[str, ...] = col("Betrifft", k.refs, "Kennungen beliebiger Einträge", tables="*")
    responsible: str = col("Zu klären durch", k.ref, tables="organisations")
    due: Fuzzy | None = col("Zu klären bis", k.fuzzy)
    figure: str = col("Nennt die Größe", k.choice, "welche gerechnete Größe der Betrag nennt", labels=STATED_FIGURES)
    amount_cents: int | None = col("Betrag", k.money)
    settled_on: date | None = col("Geklärt am", k.day)


@dataclass(frozen=True, kw_only=True)
class Setting(Record):
    """A value of the rules that the city can change; its id is the key the rules ask for."""

    table, sheet, one = "settings", "Einstellungen", "Einstellung"
    name: str = col("Name", required=True)
    value: str = col("Wert")
    unit: str = col("Einheit")
    paragraph: str = col("Rechtsgrundlage", meaning="die Vorschrift, die den Wert bestimmt")


@dataclass(frozen=True, kw_only=True)
class Scenario(Record):
    """A named set of changes (on screen: Variante)."""

    table, sheet, one = "scenarios", "Varianten", "Variante"
    name: str = col("Name", required=True)
    author: str = col("Angelegt von")
    reason: str = col("Begründung")
    plan_version: int | None = col("Planstand", k.whole, low=1)
    archived_on: date | None = col("Archiviert am", k.day)


@dataclass(frozen=True, kw_only=True)
class ScenarioChange(Record):
    """One typed edit of a scenario."""

    table, sheet, one = "changes", "Änderungen", "Änderung"
    scenario: str = col("Variante", k.ref, tables="scenarios", required=True)
    position: int | None = col("Reihenfolge", k.whole, low=1)
    what: str = col("Was", required=True)
    old: str = col("Bisher")
    new: str = col("Neu")


@dataclass(frozen=True, kw_only=True)
class Decision(Record):
    """What a body settled (a Klausur passes a Festlegung, not a Beschluss)."""

    table, sheet, one = "decisions", "Festlegungen", "Festlegung"
    body: str = col("Gremium", k.ref, tables="bodies")
    dated: Fuzzy | None = col("Datum", k.fuzzy)
    text: str = col("Festlegung", required=True)
    scenario: str = col("Variante", k.ref, tables="scenarios")
    figures: str = col("Zahlen zu diesem Zeitpunkt")
    follow_up: str = col("Wer setzt um", k.ref, tables="organisations")
    until: Fuzzy | None = col("Bis", k.fuzzy)


@dataclass(frozen=True, kw_only=True)
class Return(Record):
    """A workbook sent to an office and what came back (Rücklauf)."""

    table, sheet, one = "returns", "Rücklauf", "Rücklauf"
    office: str = col("Amt", k.ref, tables="organisations", required=True)
    plan_version: int | None = col("Planstand", k.whole, "Version, aus der die Mappe stammt", low=1)
    sent_on: date | None = col("Versandt am", k.day)
    due_on: date | None = col("Frist", k.day)
    received_on: date | None = col("Eingegangen am", k.day)
    nil_return: bool | None = col("Fehlanzeige", k.flag, "das Amt hat nichts zu melden")
