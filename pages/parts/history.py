"""The history of judgements on a screen: who, when, why, in which version; and of the texts that were judged."""

from collections.abc import Sequence

from insek_core.change.moments import Moment, about
from insek_core.plan.content import Contribution
from insek_core.rules.goals.wording import WORDED, reworded
from insek_core.storage.history import history
from insek_core.views import reviewtables
from pages.shell.session import OpenPlan
from pages.shell.widgets import kept, note, show


def history_of(now: OpenPlan, rows: Sequence[Contribution]) -> None:
    """What happened to contributions, version by version; nothing where there are none."""
    ids = tuple(row.id for row in rows)
    name = f"verlauf-{now.version.number}-{ids}"
    found = kept(name, now, lambda: history(now.store, Contribution, ids)) if ids else ()
    if found:
        note("Verlauf der Bewertung" if len(ids) == 1 else "Verlauf der Bewertungen")
        show(reviewtables.history_table(now.plan, found).to_html())


def texts_changed(now: OpenPlan, row: Contribution) -> None:
    """How the texts read before that have changed since a contribution was judged; nothing where none has."""
    records = [now.plan.by_id[getattr(row, side)] for side in reworded(now.plan, row)]

    def build() -> tuple[Moment, ...]:
        every = (about(history(now.store, type(one), [one.id]), WORDED[one.table]) for one in records)
        return tuple(moment for moments in every for moment in moments)

    if records and (found := kept(f"wortlaut-{now.version.number}-{row.id}", now, build)):
        show(reviewtables.history_table(now.plan, found).to_html())
