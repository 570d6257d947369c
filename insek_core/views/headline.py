"""The one large number of the first screen: the own share, in both cases where they differ, and what it is part of."""

from markupsafe import Markup

from insek_core.rules.money.funding import Funding
from insek_core.rules.money.programmes import IF_GROWING


def headline(plan: Funding, tried: Funding | None = None) -> Markup:
    """The own share large, old → new where a Variante is tried, with cost and grant under it, as HTML."""
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
        "<div class='kopfzahl'><p class='name'>Eigenanteil der Stadt</p><p class='zahl'>{}</p><p>{}</p>{}</div>"
    )
    return body.format(large, "; ".join(parts), Markup("<p>{}</p>").format(case) if case else "")
