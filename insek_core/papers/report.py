"""The assessment as plain data with documented keys: what `assess --json` prints.

Money in whole cents, dates ISO, shares as exact fractions in text, unknown as null. Depends on plan and date alone.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from fractions import Fraction
from typing import Any

from insek_core.plan.errors import LEVEL_GERMAN, Finding
from insek_core.plan.values import Fuzzy, Span
from insek_core.rules.assessment import Assessment
from insek_core.rules.chance.risk import Risk
from insek_core.rules.figures import Figure
from insek_core.rules.money.budget import Level

Json = dict[str, Any]


def plain(value: object) -> object:
    """A value of the rules as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Fuzzy):
        return {"words": value.words, "earliest": plain(value.earliest), "latest": plain(value.latest)}
    if isinstance(value, Span):
        return {"words": value.words, "low": value.low, "high": value.high}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def finding(found: Finding) -> Json:
    """`level`, `message`, `remedy` and the place: `sheet`, `cell` or `table`, `record`, `field` (empty ones left
    out).
    """
    return {key: value for key, value in asdict(found).items() if value or key in ("level", "message", "remedy")}


def finding_lines(findings: Iterable[Finding]) -> list[str]:
    """Findings as lines of a terminal: level, message, remedy."""
    return [f"{LEVEL_GERMAN[item.level]}: {item.message} {item.remedy}".rstrip() for item in findings]


def working(figure: Figure) -> Json:
    """A figure with its way: label, value, evidence, whether it rests on an assumption, rule, source, operands."""
    return {
        "label": figure.label,
        "value": plain(figure.value),
        "unit": figure.unit,
        "evidence": figure.evidence,
        "assumed": figure.assumed,
        "rule": figure.rule,
        "source": figure.source,
        "operands": [working(operand) for operand in figure.operands],
    }


def _level(level: Level) -> Json:
    names = ("expense_cents", "income_cents", "own_share_cents")
    return {name: figure.value for name, figure in zip(names, level.figures, strict=True)}


def _by_year(found: Assessment) -> list[Json]:
    return [
        {
            "year": y.year,
            "total_cents": y.total.value,
            "grant_cents": y.grant.value,
            "grant_if_growing_cents": y.grant_if_growing.value if found.funding.ceiling_open else None,
            "own_share_cents": y.own_share.value,
        }
        for y in found.funding.years
    ]


def _timetable(found: Assessment) -> Json:
    tasks = [
        {
            "id": t.id,
            "name": t.name,
            "phase": t.phase,
            "start": plain(t.start_on),
            "finish": plain(t.finish_on),
            "duration_days": t.duration_days,
            "milestone": t.milestone,
            "deadline": plain(t.deadline_on),
            "days_late": t.days_late,
            "why": t.waits_for,
            "state": t.state,
        }
        for t in found.timetable.tasks
    ]
    phases = [
        {
            "id": p.id,
            "name": p.name,
            "begin": plain(p.begin),
            "end": plain(p.end),
            "tasks_start": plain(p.tasks_start_on),
            "tasks_finish": plain(p.tasks_finish_on),
            "days_over": p.days_over,
        }
        for p in found.timetable.phases
    ]
    events = [
        {
            "id": e.id,
            "name": e.label,
            "when": plain(e.when),
            "earliest": plain(e.start_on),
            "days_late": e.days_late,
            "why": e.waits_for,
        }
        for e in found.timetable.events
    ]
    return {"finish": plain(found.timetable.finish_on), "phases": phases, "tasks": tasks, "events": events}


def _coverage(found: Assessment) -> Json:
    goals = found.goals
    return {
        "goal_texts_missing": goals.texts_missing,
        "goals": len(goals.coverage.goals),
        "covered": list(goals.coverage.covered),
        "uncovered": list(goals.coverage.uncovered),
        "fragile": list(goals.coverage.fragile),
        "conflicting": list(goals.coverage.conflicting),
        "orphans": list(goals.coverage.orphans),
        "share": plain(goals.coverage.share),
        "weighted": plain(goals.coverage.weighted),
        "fill_rate": plain(goals.coverage.fill_rate),
        "ladder": [
            {
                "goal": ladder.goal.id,
                "rung": ladder.rung,
                "steps": [step.answer for step in ladder.steps],
                "assumed": ladder.assumed,
                "missing": ladder.next_step.missing if ladder.next_step else "",
                "from": ladder.next_step.from_whom if ladder.next_step else "",
            }
            for ladder in goals.ladders
        ],
    }


def totals(found: Assessment) -> Json:
    """The totals in cents; an open ceiling counts as binding, `without_ceiling` holds the other case."""
    money = found.funding
    growing = {"grant_cents": money.grant_if_growing.value, "own_share_cents": money.own_share_if_growing.value}
    return {
        "total_cents": money.total.value,
        "eligible_cents": money.eligible.value,
        "grant_cents": money.grant.value,
        "own_share_cents": money.own_share.value,
        "third_party_cents": money.third_party.value,
        "without_ceiling": growing if money.ceiling_open else None,
        "marginal_own_share": plain(money.next_euro.value),
        "kink_cents": money.kink.value if isinstance(money.kink.value, int) else None,
    }


def risk(found: Risk) -> Json:
    """`p10`, `p50`, `p80` with `own_share_cents`, `own_share_if_growing_cents` (null where the ceiling is settled) and
    `total_cents`; `held`; `tornado`; mean and standard error.
    """
    points = {
        f"p{p}": {
            "own_share_cents": found.own_share_cents[p],
            "own_share_if_growing_cents": found.own_share_if_growing_cents.get(p),
            "total_cents": found.total_cents[p],
        }
        for p in found.own_share_cents
    }
    return {
        **points,
        "seed": found.seed,
        "draws": found.draws,
        "mean_own_share_cents": found.mean_own_share_cents,
        "standard_error_cents": found.standard_error_cents,
        "assumed": found.assumed,
        "held": [asdict(held) for held in found.held],
        "tornado": [{**asdict(swing), "swing_cents": swing.swing_cents} for swing in found.tornado],
    }


def assessment(found: Assessment) -> Json:
    """The whole assessment. Top level: totals in cents, `by_year`, `budget`, `timetable`, `coverage`, `findings`,
    `situation`, `workings`.
    """
    money = found.funding
    shown = {
        "total_cents": money.total,
        "eligible_cents": money.eligible,
        "grant_cents": money.grant,
        "own_share_cents": money.own_share,
        "third_party_cents": money.third_party,
    }
    return {
        "today": plain(found.today),
        **totals(found),
        "by_year": _by_year(found),
        "budget": {
            "approved": _level(found.budget.approved),
            "to_register": _level(found.budget.to_register),
            "to_register_if_growing": _level(found.budget.to_register_if_growing) if money.ceiling_open else None,
            "whole": _level(found.budget.whole),
            "spans": [
                {
                    "from_year": s.from_year,
                    "to_year": s.to_year,
                    "status": list(s.statuses),
                    "line": _level(s.line),
                    "gap": _level(s.gap),
                    "gap_if_growing": _level(s.gap_if_growing) if money.ceiling_open else None,
                }
                for s in found.budget.spans
            ],
        },
        "timetable": _timetable(found),
        "coverage": _coverage(found),
        "indicators": [
            {
                "id": i.indicator.id,
                "year": i.year,
                "value": i.value,
                "status": i.word,
                "flips": i.flips,
                "lacks": list(i.lacks),
                "age_years": i.age_years,
                "later_year": i.later_year,
            }
            for i in found.indicators
        ],
        "participation": {
            "fixed_events": found.participation.fixed_events.words,
            "undated": found.participation.undated,
        },
        "situation": [{"text": s.text, "assumed": s.assumed} for s in found.situation],
        "findings": [finding(f) for f in found.findings],
        "workings": {key: working(figure) for key, figure in shown.items()},
    }
