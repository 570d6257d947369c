"""A database made from an embedded example, at the first start or when asked for."""

from pathlib import Path
from threading import Lock

from insek_core.storage.embedded import (
    FIRST,
    example_paper,
    example_plan,
    example_values,
    schematic_outlines,
)
from insek_core.storage.problems import GONE, StoreProblem
from insek_core.storage.store import Store
from insek_core.storage.upgrade import EXAMPLE_AUTHOR


def create_example(path: str | Path, name: str = FIRST) -> Store:
    """A new database holding an example as version 1."""
    plan = example_plan(name)
    return Store.create(
        path,
        plan,
        author=EXAMPLE_AUTHOR,
        reason=f"Beispiel {plan.title} angelegt",
        values=example_values(name),
        outlines=schematic_outlines(name),
        paper=example_paper(name),
    )


_seen: set[Path] = set()  # the databases this process has opened
_opening = Lock()


def open_or_create(path: str | Path) -> Store:
    """The database at a path; where there never was one the example is made. Raises StoreProblem where one was there
    before: what somebody has removed is not replaced in silence.
    """
    place = Path(path).absolute()
    with _opening:
        if not place.exists():
            if place in _seen:
                raise StoreProblem(GONE[0].format(place.name), GONE[1])
            try:
                create_example(path).close()
            except StoreProblem:
                if not place.exists():  # else another process was first
                    raise
        _seen.add(place)
    return Store(path)
