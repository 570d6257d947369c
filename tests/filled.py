"""A filled goal system: 24 goals in four areas and 60 measures of eight sector plans, made up and always the same.

Its gaps are laid on purpose: goals 5, 10, 15 and 20 are only words, goals 3 and 17 hang on one measure, measures 58 to
60 serve no goal, measures 1 and 2 harm a goal, every sixth measure states no amount.
"""

from datetime import date

from insek_core.plan import Plan
from insek_core.plan.content import Area, Contribution, Goal, Indicator, Interaction, Measure, SectorPlan, Setting
from insek_core.plan.finance import FundingProof
from insek_core.plan.process import Organisation
from insek_core.plan.values import parse_fuzzy

AREAS = ("Wohnen für alle", "Kurze Wege", "Arbeit und Bildung", "Grün und Klima")
GOALS = (
    "Bezahlbare Wohnungen in allen Ortsteilen sichern",
    "Leerstand bis 2025 halbieren",
    "Barrierefreie Wohnungen für Ältere schaffen",
    "Nachbarschaften durch Treffpunkte stärken",
    "Eine Stadt mit Herz sein",
    "Baulücken vor Außenflächen nutzen",
    "Radwege lückenlos verbinden",
    "Busse und Bahnen im Zehn-Minuten-Takt fahren",
    "Schulwege sicher machen",
    "Mobilität neu denken",
    "Güterverkehr auf die Schiene bringen",
    "Ortsteilzentren zu Fuß erreichbar halten",
    "Ausbildungsplätze im Handwerk vermehren",
    "Kitaplätze wohnortnah anbieten",
    "Zukunft gestalten",
    "Schulen sanieren und öffnen",
    "Gründerinnen und Gründer begleiten",
    "Langzeitarbeitslose in Arbeit bringen",
    "Bäume in heißen Straßen pflanzen",
    "Nachhaltig handeln",
    "Regenwasser vor Ort versickern",
    "Flussauen renaturieren",
    "Öffentliche Gebäude klimaneutral heizen",
    "Kleingärten erhalten und öffnen",
)
PLANS = ("Wohnen", "Verkehr", "Wirtschaft", "Bildung", "Soziales", "Grünflächen", "Klimaschutz", "Kultur")
KINDS = ("Konzept", "Ausbau", "Sanierung", "Beratung", "Programm", "Modellvorhaben", "Fonds", "Netz")
WORDS = {5, 10, 15, 20}  # goals that are only words
THREADS = {3: 3, 17: 17}  # goals that one measure serves
LONE = {58, 59, 60}  # measures that serve nothing


def _goals() -> tuple[Goal, ...]:
    areas = [Goal(id=f"A{n}", name=name, kind="Zielbereich", evidence="stated") for n, name in enumerate(AREAS, 1)]
    horizons = ("kurzfristig", "mittelfristig", "langfristig")
    return (
        *areas,
        *(
            Goal(
                id=f"G{n:02}",
                name=name,
                kind="Ziel",
                parent=f"A{(n - 1) // 6 + 1}",
                horizon=horizons[n % 3],
                source="Testdaten",
                evidence="stated",
            )
            for n, name in enumerate(GOALS, 1)
        ),
    )


def _measure(n: int) -> Measure:
    plan, kind = PLANS[n % 8], KINDS[n // 8]
    return Measure(
        id=f"M{n:02}",
        name=f"{kind} {plan} {n}",
        sector_plan=f"F{n % 8 + 1}",
        owner="" if n % 10 == 7 else f"O{n % 5 + 1}",
        begin=parse_fuzzy("2016"),
        end=None if n % 11 == 4 else parse_fuzzy(str(2018 + n % 4)),
        districts=(f"D{n % 6 + 1}",) if n % 4 else (),
        horizon=("kurzfristig", "mittelfristig", "langfristig")[n % 3],
        work_programme="AP 2020" if n % 3 == 0 else "",
        source="Testdaten",
        evidence="stated",
    )


def _served(n: int) -> tuple[int, ...]:
    """The goals that a measure serves: up to three, none of those that are words, a thread by its one measure only."""
    if n in LONE:
        return ()
    if n in THREADS.values():
        return (n,)
    goals = {(n - 1) % 24 + 1, (n * 5) % 24 + 1, (n * 7 + 3) % 24 + 1}
    return tuple(sorted(goals - WORDS - set(THREADS)))


def _contribution(goal: str, origin: str, weight: int | None) -> Contribution:
    return Contribution(
        id=f"B-{origin}-{goal}",
        goal=goal,
        origin=origin,
        weight=weight,
        reason="fachliche Einschätzung" if weight is not None else "",
        judged_by="Amt 1" if weight is not None else "",
        judged_on=date(2015, 5, 4) if weight is not None else None,
        source="Testdaten",
        evidence="stated",
    )


def _contributions() -> tuple[Contribution, ...]:
    measures = [_contribution(f"G{goal:02}", f"M{n:02}", n % 3 + 1) for n in range(1, 61) for goal in _served(n)]
    plans = [_contribution(f"G{goal:02}", f"F{goal % 8 + 1}", 2) for goal in range(1, 25) if goal not in WORDS]
    harms = [_contribution("G22", "M01", -2), _contribution("G24", "M02", -3)]
    open_ones = [_contribution("G10", "F2", None), _contribution("G12", "M05", None)]
    kept = {c.id: c for c in (*measures, *plans, *open_ones, *harms)}
    return tuple(kept.values())


def filled_plan() -> Plan:
    """The plan with goals, sector plans, measures, money, indicators and interactions."""
    offices = tuple(
        Organisation(id=f"O{n}", name=f"Amt {n}", kind="Amt", abbreviation=f"A{n}", evidence="stated")
        for n in range(1, 6)
    )
    proofs = tuple(
        FundingProof(
            id=f"N{n:02}",
            measure=f"M{n:02}",
            budget_reference=f"1.100.{n:02}",
            from_year=2016,
            to_year=2018,
            amount_cents=(200_000 + 37_000 * (n % 9)) * 100,
            decision=f"DS-{n}",
            source="Testdaten",
            evidence="stated",
        )
        for n in range(1, 61)
        if n % 6
    )
    indicators = tuple(
        Indicator(
            id=f"I{n:02}",
            name=f"Kennzahl {n}",
            goal=f"G{n:02}",
            unit="%",
            direction="up",
            baseline=40,
            baseline_year=2014,
            target=60,
            target_year=2025,
            owner="O1",
            source="Testdaten",
            evidence="stated",
        )
        for n in range(1, 25)
        if n % 2 and n not in WORDS
    )
    pairs = (("F1", "F6", -2), ("F2", "F7", -1), ("F3", "F2", 1), ("F6", "F7", 3), ("F4", "F5", 2), ("F2", "F6", -3))
    return Plan(
        settings=(
            Setting(id="city", name="Stadt", value="Beispielstadt", evidence="stated"),
            Setting(id="reference_date", name="Stichtag", value="2015-06-01", evidence="stated"),
        ),
        organisations=offices,
        goals=_goals(),
        sector_plans=tuple(
            SectorPlan(id=f"F{n}", name=name, kind="Fachteil", lead=f"O{n % 5 + 1}", evidence="stated")
            for n, name in enumerate(PLANS, 1)
        ),
        measures=tuple(_measure(n) for n in range(1, 61)),
        contributions=_contributions(),
        funding_proofs=proofs,
        indicators=indicators,
        areas=tuple(
            Area(id=f"D{n}", name=f"Ortsteil {n}", code=f"0{n}", level="Ortsteil", evidence="stated")
            for n in range(1, 7)
        ),
        interactions=tuple(
            Interaction(
                id=f"W{n}",
                origin=a,
                target=b,
                weight=w,
                reason="gleiche Flächen",
                source="Testdaten",
                evidence="stated",
            )
            for n, (a, b, w) in enumerate(pairs, 1)
        ),
    )
