"""What a change does to events and departments."""

from collections.abc import Iterator

from insek_core.change.sentences.telling import Telling
from insek_core.plan.german import MINUS, count, show_list
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Sentence
from insek_core.rules.people.staff import StaffLoad

MOST = 2  # departments that a sentence names


def _load(telling: Telling, office: str, name: str) -> str:
    """How the load of a department differs: "Stadtplanungsamt +59 Personentage, gebunden bis 31.03.2017"; empty if it
    does not.
    """
    parts = []
    if telling.differs(f"staff.{office}.days"):
        old, new = telling.both(f"staff.{office}.days")
        if isinstance(new.value, int) and isinstance(old.value, int):
            more = new.value - old.value
            parts.append(f"{'+' if more > 0 else MINUS}{count(abs(more), 'Personentag', 'Personentage')}")
        else:
            parts.append(f"{new.show()} statt {old.show()} Personentage")
    if telling.differs(f"staff.{office}.until"):
        parts.append(f"gebunden bis {telling.now(f'staff.{office}.until').show()}")
    return f"{name} {', '.join(parts)}" if parts else ""


def _events(telling: Telling, before: Assessment, after: Assessment) -> str:
    """How many events move, and what of the fixed events and formats falls away."""
    old = {step.record: step.when for step in before.agenda if step.table == "events"}
    late = {event.id: event.days_late for event in before.timetable.events}
    told = {e.id for e in after.timetable.events if e.days_late != late.get(e.id, e.days_late)}  # with the dates
    steps = (step for step in after.agenda if step.table == "events" and step.record in old.keys() - told)
    moved = [step for step in steps if step.when != old[step.record]]
    parts = []
    if moved:
        parts.append(f"{count(len(moved), 'Beteiligungstermin verschiebt', 'Beteiligungstermine verschieben')} sich")
    if telling.differs("people.events"):
        was, now = telling.both("people.events")
        parts.append(f"fest vorgesehen sind {now.show()} statt {was.show()} Termine")
    left = {view.format.id for view in after.participation.formats}
    gone = [view.format for view in before.participation.formats if view.format.id not in left]
    for format_ in gone:
        telling.both(f"people.format.{format_.id}")
    if gone:
        names = show_list(f"„{format_.name}“" for format_ in gone)
        parts.append(f"das Format {names} entfällt" if len(gone) == 1 else f"die Formate {names} entfallen")
    return f"Beteiligung: {'; '.join(parts)}." if parts else ""


def events_sentence(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Events and formats."""
    yield telling.sentence(_events(telling, before, after), "gremien")


def staff_sentence(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Departments whose load differs: the two with most, and how many more."""
    known = {load.office: load.days.value for load in before.staff}

    def weight(load: StaffLoad) -> int:
        old, new = known[load.office], load.days.value
        return -abs(new - old) if isinstance(new, int) and isinstance(old, int) else 0

    others = [
        load
        for load in after.staff
        if load.office in known and telling.differs(f"staff.{load.office}.days", f"staff.{load.office}.until")
    ]
    parts = [_load(telling, load.office, load.name) for load in sorted(others, key=weight)[:MOST]]
    more = f"; {count(len(others) - MOST, 'weitere Stelle', 'weitere Stellen')}" if len(others) > MOST else ""
    yield telling.sentence(f"Personal: {'; '.join(parts)}{more}." if parts else "", "gremien")
