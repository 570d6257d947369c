"""The command line of time: the critical path, series of sittings, what a delayed paper costs."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from insek_core.cli import happened
from insek_core.cli.arguments import moment_day, whole
from insek_core.exchange.msproject.project import read_project, schedule_file
from insek_core.papers import report
from insek_core.plan import Plan
from insek_core.plan.errors import Finding, Problem, Unreadable
from insek_core.plan.german import show_date
from insek_core.plan.law import LAENDER
from insek_core.plan.process import Paper
from insek_core.rules.assessment import reference_date
from insek_core.rules.time.course import Course, course, steps
from insek_core.rules.time.dates import days_later
from insek_core.rules.time.net.worktasks import ScheduledTask
from insek_core.rules.time.schedule import timetable
from insek_core.rules.time.sittings import series
from insek_core.rules.time.stations import papers_of, readings_of
from insek_core.storage.store import Store

MOST_DAYS = 3650
Result = tuple[dict[str, Any], str]


def add_commands(commands: Any, shared: argparse.ArgumentParser, dated: argparse.ArgumentParser) -> None:
    """The commands schedule, meetings, delay, status and held."""
    schedule = commands.add_parser(
        "schedule", parents=[shared, dated], help="kritischer Weg der Planung oder einer MS-Project-Datei"
    )
    schedule.add_argument(
        "file", metavar="DATEI.xml", nargs="?", help="MS-Project-XML; sonst die Planung der Datenbank"
    )
    meetings = commands.add_parser("meetings", parents=[shared], help="Termine einer Reihe (RRULE nach RFC 5545)")
    meetings.add_argument("--rrule", required=True, metavar="REGEL", help="z. B. FREQ=MONTHLY;BYDAY=3WE")
    meetings.add_argument(
        "--from", dest="first", required=True, type=moment_day, metavar="DTSTART", help="erster Tag, z. B. 2026-05-20"
    )
    meetings.add_argument("--until", required=True, type=moment_day, metavar="TAG", help="letzter Tag")
    meetings.add_argument(
        "--policy",
        choices=("none", "skip", "next", "week"),
        default="none",
        help="Termin am Feiertag: bleibt, entfällt, nächster Arbeitstag, eine Woche später",
    )
    meetings.add_argument("--state", default="", choices=("", *LAENDER), metavar="LAND", help="Feiertage dieses Landes")
    delay = commands.add_parser(
        "delay", parents=[shared, dated], help="was eine Gremienvorlage kostet, die zu spät fertig wird"
    )
    delay.add_argument("paper", metavar="VORLAGE")
    delay.add_argument("--days", type=whole(0, MOST_DAYS), required=True, metavar="N", help="Kalendertage zu spät")
    happened.add_commands(commands, shared, dated)


def _today(arguments: argparse.Namespace, plan: Plan) -> date:
    found: date = arguments.today or reference_date(plan, date.today())  # noqa: DTZ011
    return found


def _task(row: ScheduledTask) -> dict[str, Any]:
    early, late = row.early_days or (None, None), row.late_days or (None, None)
    return {
        "id": row.id,
        "name": row.name,
        "early_start": report.plain(early[0]),
        "early_finish": report.plain(early[1]),
        "late_start": report.plain(late[0]),
        "late_finish": report.plain(late[1]),
        "total_float_days": row.total_float_days,
        "free_float_days": row.free_float_days,
        "critical": row.critical,
    }


def _of_plan(plan: Plan, today: date) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    found = timetable(plan, today)
    rows = [
        {
            "id": t.id,
            "name": t.name,
            "early_start": report.plain(t.start_on),
            "early_finish": report.plain(t.finish_on),
            "late_start": report.plain(t.late_start_on),
            "late_finish": report.plain(t.late_finish_on),
            "total_float_days": t.total_float_days,
            "free_float_days": t.free_float_days,
            "critical": t.critical,
            "why": t.waits_for,
        }
        for t in found.tasks
    ]
    return {"finish": report.plain(found.finish_on), "tasks": rows}, found.findings


def _of_file(path: str) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise Problem(
            f"Die Datei {Path(path).name} lässt sich nicht lesen.", "Bitte Pfad und Rechte prüfen."
        ) from error
    found = schedule_file(read_project(Path(path).name, data))
    finish = max((row.early_days[1] for row in found.tasks if row.early_days), default=None)
    return {
        "finish": report.plain(finish),
        "tasks": [_task(row) for row in found.tasks],
    }, found.findings


def _schedule(arguments: argparse.Namespace) -> tuple[Result, int]:
    if arguments.file:
        data, findings = _of_file(arguments.file)
    else:
        plan = Store(arguments.db).load()
        data, findings = _of_plan(plan, _today(arguments, plan))
    lines = [
        f"{row['early_start'] or '?'} bis {row['early_finish'] or '?'}  Puffer {row['total_float_days']}  "
        f"{'kritisch  ' if row['critical'] else ''}{row['name']}"
        for row in data["tasks"]
    ]
    data["findings"] = [report.finding(item) for item in findings]
    text = "\n".join([f"Ende: {data['finish'] or 'unbekannt'}", "", *lines, *report.finding_lines(findings)])
    return (data, text), 1 if any(item.level == "error" for item in findings) else 0


def _meetings(arguments: argparse.Namespace) -> tuple[Result, int]:
    try:
        dates = series(arguments.rrule, arguments.first, arguments.until, arguments.policy, arguments.state)
    except Unreadable as error:
        raise Problem(error.what, error.remedy) from error
    rows = [{"date": d.on.isoformat(), "planned": d.planned_on.isoformat(), "holiday": d.holiday} for d in dates]
    lines = [
        f"{d.on.isoformat()}{f'  (statt {d.planned_on.isoformat()}: {d.holiday})' if d.holiday else ''}" for d in dates
    ]
    return ({"meetings": rows, "findings": []}, "\n".join(lines) or "Keine Termine."), 0


def _stations(found: Course) -> dict[str, Any]:
    stops = [
        {
            "reading": s.reading,
            "body": s.body_name,
            "responsibility": s.responsibility,
            "date": report.plain(s.on),
            "papers_due": report.plain(s.due_on),
            "why": s.why,
        }
        for s in found.stops
    ]
    return {"ready": report.plain(found.ready_on), "decided": report.plain(found.decided_on), "stations": stops}


def _paper(plan: Plan, name: str) -> Paper:
    paper = next((p for p in plan.papers if name in (p.id, p.number, p.short_name) and readings_of(plan, p.id)), None)
    if paper is None:
        known = ", ".join(p.id for p in papers_of(plan) if readings_of(plan, p.id)) or "keine"
        raise Problem(f"Eine Gremienvorlage „{name}“ mit Beratungsfolge gibt es nicht.", f"Bekannt sind: {known}.")
    return paper


def _delay(arguments: argparse.Namespace) -> tuple[Result, int]:
    plan = Store(arguments.db).load()
    today, paper = _today(arguments, plan), _paper(plan, arguments.paper)
    planned = next((c for c in timetable(plan, today).courses if c.paper == paper.id), None)
    if planned is None or planned.ready_on is None:
        raise Problem(
            f"Wann {paper.label} fertig wird, ist unbekannt.", "Bitte „Entsteht aus“ oder „Fertig am“ eintragen."
        )
    # a paper that has been through its bodies is replayed: what it would have met
    replay = bool(planned.stops) and all(stop.held for stop in planned.stops)
    before, after = (
        course(plan, paper, days_later(planned.ready_on, days), today, replay=replay) for days in (0, arguments.days)
    )
    found = steps(plan, paper, planned.ready_on, max(180, arguments.days), today, replay=replay)
    rows = [
        {"first_days": s.first_days, "last_days": s.last_days, "decided": report.plain(s.decided_on)} for s in found
    ]
    data = {
        "paper": paper.id,
        "days": arguments.days,
        "before": _stations(before),
        "after": _stations(after),
        "steps": rows,
        "findings": [],
    }
    lines = [
        f"{paper.label}: {arguments.days} Tage zu spät",
        *(f"{stop.body_name}: {show_date(stop.on) if stop.on else stop.why}" for stop in after.stops),
        "",
    ]
    lines += [
        f"{s.first_days} bis {s.last_days} Tage zu spät: "
        f"{show_date(s.decided_on) if s.decided_on else 'keine Sitzung bekannt'}"
        for s in found
    ]
    return (data, "\n".join(lines)), 0


COMMANDS = {"schedule": _schedule, "meetings": _meetings, "delay": _delay, **happened.COMMANDS}
