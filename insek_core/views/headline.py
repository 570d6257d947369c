"""The head of the first screen: the own share as one large number, in both cases where they differ, and the sentences
that lead.
"""

from collections.abc import Sequence

from markupsafe import Markup

from insek_core.rules.figures import Sentence
from insek_core.rules.money.funding import Funding
from insek_core.rules.money.programmes import IF_GROWING
from insek_core.rules.money.sentences import funding_sentence


def headline(plan: Funding, tried: Funding | None = None, more: Markup | str = "") -> Markup:
    """The own share large, old → new where a Variante is tried, with cost and grant under it, as HTML; `more` beside
    it.
    """
    now = tried or plan
    old, new = plan.own_share.show(), now.own_share.show()
    large = Markup("<span>{} →</span> {}").format(old, new) if tried and old != new else Markup("{}").format(new)
    case = f"{now.if_ceiling}; {now.own_share_if_growing.show()}, {IF_GROWING}" if now.differs else ""
    parts = [f"von {now.total.show()} Gesamtkosten"]
    if not now.differs:
        parts.append(f"{now.grant.show()} Förderung")
    if now.third_party.value:
        parts.append(f"{now.third_party.show()} Drittmittel")
    body = Markup(
        "<div class='kopfzahl'><p class='name'>Eigenanteil der Stadt</p><p class='zahl'>{}</p><p>{} {}</p>{}</div>"
    )
    return body.format(large, "; ".join(parts), more, Markup("<p>{}</p>").format(case) if case else "")


def leading(situation: Sequence[Sentence], funding: Funding) -> list[Sentence]:
    """The three sentences that lead: the first one of each screen, so that none is pushed out by others of one kind;
    without the one on cost and own share, which the large number beside them tells.
    """
    told, found = funding_sentence(funding), dict[str, Sentence]()
    for sentence in situation:
        if sentence.chief and sentence.text != told.text:
            found.setdefault(sentence.screen, sentence)
    return list(found.values())[:3]
