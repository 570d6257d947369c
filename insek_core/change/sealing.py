"""What is done to every edit before it is saved: money is filed anew, and judgements keep which wording they are of."""

from dataclasses import replace

from insek_core.plan import Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.content import Contribution
from insek_core.plan.german import count
from insek_core.rules.goals.review import pair_words
from insek_core.rules.goals.wording import suspect, wording_now
from insek_core.rules.money.filed import refiled

JUDGED = ("goal", "origin", "weight", "reason", "judged_by", "judged_on")  # what makes another judgement
MOST_NAMED = 3


def _kept_mark(before: Plan, after: Plan, old: Contribution | None, row: Contribution) -> str:
    """The mark a contribution goes on with: of today's texts if it is judged anew, else that of the texts judged."""
    if row.weight is None:
        return ""
    if old is None:
        return row.fingerprint or wording_now(after, row)
    said = row.fingerprint not in ("", old.fingerprint)  # confirmed, or brought along by a workbook
    if said:
        return row.fingerprint
    if any(getattr(old, name) != getattr(row, name) for name in JUDGED):
        return wording_now(after, row)
    return old.fingerprint or wording_now(before, row)


def sealed(before: Plan, after: Plan) -> Plan:
    """The plan with each judged contribution marked by the wording it was judged in: what is new or judged anew by the
    texts of `after`, everything else by those it had; so a text that changes without a judgement leaves the
    contribution "zu prüfen".
    """
    old = {row.id: row for row in before.contributions}
    rows = []
    for row in after.contributions:
        mark = _kept_mark(before, after, old.get(row.id), row)
        rows.append(row if mark == row.fingerprint else replace(row, fingerprint=mark))
    return after if tuple(rows) == after.contributions else with_tables(after, {"contributions": tuple(rows)})


def ready_to_save(before: Plan, after: Plan) -> Plan:
    """The plan as an edit of `before` is saved: money filed anew, judgements sealed."""
    return sealed(before, refiled(before, after))


def to_check_words(before: Plan, after: Plan) -> str:
    """Which judgements an edit leaves to check that were not before, in German; empty where it leaves none."""
    known = {row.id for row in suspect(before)}
    rows = [row for row in suspect(sealed(before, after)) if row.id not in known]
    if not rows:
        return ""
    named = "; ".join(pair_words(after, row) for row in rows[:MOST_NAMED])
    more = f" und {len(rows) - MOST_NAMED} weitere" if len(rows) > MOST_NAMED else ""
    verb = "ist" if len(rows) == 1 else "sind"
    number = count(len(rows), "Bewertung", "Bewertungen")
    return f"Danach {verb} {number} zu prüfen, weil sich der Wortlaut ändert: {named}{more}."
