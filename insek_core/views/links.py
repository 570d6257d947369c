"""Links to the sheet of an entry, one form for all screens: the browser keeps beside it what its address says
(cockpit.js), and Back leads back.
"""

from collections.abc import Iterable
from urllib.parse import quote

from markupsafe import Markup

from insek_core.plan import Plan
from insek_core.rules.goals.sheet import SHEETS
from insek_core.views.table import Linked

ENTRY = "eintrag"  # in the address of the screen that shows sheets
SCREEN = "zielsystem"


def href(record_id: str) -> str:
    """Where the sheet of an entry is: an address beside that of the screen one is on."""
    return f"{SCREEN}?{ENTRY}={quote(record_id, safe='')}"


def named(plan: Plan, *ids: str, nothing: str = "") -> Linked:
    """Entries by their names as one cell, each leading to its sheet where it has one; `nothing` where there is none."""
    return Linked(
        tuple(
            (plan.name(one), href(one) if one in plan.by_id and plan.by_id[one].table in SHEETS else "") for one in ids
        ),
        nothing,
    )


def link(plan: Plan, record_id: str) -> Markup:
    """The name of an entry as HTML that leads to its sheet."""
    return named(plan, record_id).to_html()


def links(plan: Plan, ids: Iterable[str]) -> Markup:
    """Several names as HTML, with commas."""
    return named(plan, *ids).to_html()
