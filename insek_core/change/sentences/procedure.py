"""What has to be done about a change: what is held back, what needs a transfer or a grant of its own, new findings."""

from collections.abc import Iterator

from insek_core.change.sentences.telling import Telling
from insek_core.plan.german import count
from insek_core.rules.assessment import Assessment
from insek_core.rules.figures import Figure, Sentence
from insek_core.rules.money.gaps import standing_sentence
from insek_core.rules.money.overrun import overrun


def _cited(rule: Figure) -> str:
    return f" ({rule.value})" if rule.value else ""


def _standing(telling: Telling, before: Assessment, after: Assessment) -> list[str]:
    """What a Haushaltssperre or the vorläufige Haushaltsführung holds back, where that is new."""
    known = {told.text for span in before.budget.spans if (told := standing_sentence(before.budget.law, span))}
    found = []
    for span in after.budget.spans:
        told = standing_sentence(after.budget.law, span)
        if told and told.text not in known:
            for key in (f"line.{span.years}.released", f"line.{span.years}.in_force"):
                if telling.differs(key):
                    telling.both(key)
            found.append(told.text)
    return found


def _transfers(telling: Telling, after: Assessment) -> list[str]:
    """What cost that lies in another year than filed needs, where it was not so before (RULES §1.7)."""
    if not after.slipped_cents.value or not telling.differs("money.slipped"):
        return []
    return [
        f"In anderen Jahren als angemeldet liegen {telling.now('money.slipped').told()}: Das braucht eine "
        "Übertragung von "
        f"Ansätzen{_cited(after.budget.transfer_rule)} oder eine Anmeldung."
    ]


def _overruns(telling: Telling, after: Assessment) -> list[str]:
    """What an approved span lacks: no registration, but a grant beyond the plan or a supplementary budget (RULES
    §1.12).
    """
    found = []
    for span in after.budget.spans:
        key = f"line.{span.years}.gap.expense"
        gap = span.gap.expense
        if span.approved and telling.differs(key) and isinstance(gap.value, int) and gap.value > 0:
            telling.both(key)
            need = overrun(after.budget.law, span.years, gap, span.line.expense)
            found += [f"{need.lead}. {need.decides}."] if need else []
    return found


def _findings(telling: Telling, before: Assessment, after: Assessment) -> list[str]:
    known = {finding.message for finding in before.findings}
    # a paper that comes later than entered is told with the time, what is financed twice with the money
    aside = ("statements", "readings")
    found = [
        f
        for f in after.findings
        if f.message not in known
        and f.level != "notice"
        and f.table not in aside
        and not f.message.startswith("Überfinanzierung")
    ]
    if not found:
        return []
    first = found[0]
    telling.both(f"finding.{first.table}.{first.record}.{first.field}.{first.message}")
    more = f" (und {count(len(found) - 1, 'weiterer Befund', 'weitere Befunde')})" if len(found) > 1 else ""
    return [f"Zu beachten: {first.message.rstrip('.')}{more}."]


def procedure_sentences(telling: Telling, before: Assessment, after: Assessment) -> Iterator[Sentence | None]:
    """Procedure comes last: it matters to those who carry a change out."""
    money = [*_standing(telling, before, after), *_transfers(telling, after), *_overruns(telling, after)]
    yield telling.sentence(" ".join(money), "haushalt")
    yield telling.sentence(" ".join(_findings(telling, before, after)), "daten")
