"""Names on a map: broken in two lines where they are long, none over another."""

from collections.abc import Sequence

from insek_core.plan.content import Area


def labels(areas: Sequence[Area], named: Sequence[Area]) -> list[tuple[float, float, str]]:
    """Where the names stand: over their areas, one that would lie over another below its area."""
    lons, lats = [a.lon for a in areas if a.lon is not None], [a.lat for a in areas if a.lat is not None]
    wide, high = (max(found, default=0.0) - min(found, default=0.0) for found in (lons, lats))
    found: list[tuple[float, float, str]] = []
    for area in named:
        if area.lon is None or area.lat is None:
            continue
        near = any(abs(area.lon - lon) < wide / 4 and abs(area.lat - lat) < high / 10 for lon, lat, _ in found)
        found.append((area.lon, area.lat - (high / 8 if near else 0.0), in_two_lines(area.name)))
    return found


def in_two_lines(name: str) -> str:
    """A long name in two lines, broken at a hyphen or space."""
    half = min((n for n, sign in enumerate(name) if sign in "- "), key=lambda n: abs(n - len(name) // 2), default=-1)
    return f"{name[: half + 1]}\n{name[half + 1 :]}" if len(name) > 12 and half > 0 else name
