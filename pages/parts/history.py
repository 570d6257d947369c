"""The history of judgements on a screen: who, when, why, in which version."""

from collections.abc import Sequence

from insek_core.plan.content import Contribution
from insek_core.storage.history import history
from insek_core.views import reviewtables
from pages.shell.session import OpenPlan
from pages.shell.widgets import kept, note, show


def history_of(now: OpenPlan, rows: Sequence[Contribution]) -> None:
    """What happened to contributions, version by version; nothing where there are none."""
    ids = tuple(row.id for row in rows)
    found = kept(f"verlauf-{ids}", now, lambda: history(now.store, Contribution, ids)) if ids else ()
    if found:
        note("Verlauf der Bewertung" if len(ids) == 1 else "Verlauf der Bewertungen")
        show(reviewtables.history_table(now.plan, found).to_html())
