"""Which area and which indicator of the plan the words of a file mean; what could be two things is told."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from insek_core.exchange.statistics.figures import Named, StatedPlace, label
from insek_core.exchange.statistics.headings import folded
from insek_core.plan import Plan
from insek_core.plan.content import Area, Indicator
from insek_core.plan.errors import Finding
from insek_core.plan.german import named

LEVELS = {
    "stadt": "Stadt",
    "gesamtstadt": "Stadt",
    "stadtgebiet": "Stadtgebiet",
    "stadtbezirk": "Stadtbezirk",
    "bezirk": "Stadtbezirk",
    "ortsteil": "Ortsteil",
    "stadtteil": "Ortsteil",
    "gesamt": "Stadt",
}
CITY = re.compile(r"(?:stadt|gemeinde|landeshauptstadt|hansestadt|kreisfreie stadt) (.+)|(.+?),? stadt", re.I)


@dataclass(frozen=True)
class PlaceMatch:
    """The id for each word of a file (None: none), and what there is to say of it."""

    ids: tuple[str | None, ...]
    findings: tuple[Finding, ...]


def _level(text: str) -> str:
    return LEVELS.get(text.casefold().strip(), text.strip())


class _Areas:
    """The areas of a plan by what a file may call them."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self.areas = areas
        self.by_code: dict[str, list[Area]] = {}
        self.by_name: dict[str, list[Area]] = {}
        for area in areas:
            self.by_code.setdefault(area.code, []).append(area)
            self.by_name.setdefault(folded(area.name), []).append(area)

    def called(self, name: str) -> list[Area]:
        """The areas of a name; "Stadt X" is the city X, and the city whatever it is called where it is one."""
        found = self.by_name.get(folded(name), [])
        city = CITY.fullmatch(name.strip())
        if found or not city:
            return found
        return [area for area in self.by_name.get(folded(city[1] or city[2]), []) if area.level == "Stadt"]

    def lost_zero(self, code: str, level: str) -> list[Area]:
        """The areas whose code is this one with zeros before it."""
        return [a for a in self.areas if a.code != code and a.code.lstrip("0") == code.lstrip("0") and a.level == level]


def _told(message: str, remedy: str) -> Finding:
    return Finding(level="warning", table="areas", message=message, remedy=remedy)


def _place(known: _Areas, place: StatedPlace) -> tuple[str | None, str]:
    """The area of a place, and what is to be said of it as the kind of a finding."""
    level, code, name = _level(place[0]), place[1], place[2]
    by_code = [area for area in known.by_code.get(code, []) if not level or area.level == level] if code else []
    by_name = [area for area in known.called(name) if not level or area.level == level] if name else []
    if by_code and by_name:
        both = [area for area in by_code if area in by_name]
        return (both[0].id, "") if len(both) == 1 else (None, "zwei" if both else "widerspruch")
    if code and by_name and known.lost_zero(code, by_name[0].level) == by_name:
        return by_name[0].id, "null"
    if code and not by_code and not by_name:
        return None, "null_fehlt" if any(known.lost_zero(code, a.level) for a in known.areas) else "unbekannt"
    found = by_code or by_name
    if len(found) == 1:
        return found[0].id, "name" if code and not by_code and found[0].level != "Stadt" else ""
    return None, "zwei" if found else "unbekannt"


SAID = {
    "unbekannt": (
        "Die Planung hat kein Gebiet {}; seine Werte bleiben weg.",
        "Bitte Namen und Schlüssel mit der Tabelle Gebiete vergleichen.",
    ),
    "zwei": (
        "Mehrere Gebiete der Planung heißen {}; die Werte bleiben weg.",
        "Bitte in der Datei die Ebene oder den Schlüssel angeben.",
    ),
    "widerspruch": (
        "Schlüssel und Name gehören zu verschiedenen Gebieten: {}; die Werte bleiben weg.",
        "Bitte in der Datei berichtigen.",
    ),
    "null": (
        "Dem Schlüssel fehlt die führende Null: {}; zugeordnet nach dem Namen.",
        "Bitte die Spalte Schlüssel als Text speichern.",
    ),
    "null_fehlt": (
        "Dem Schlüssel fehlt vermutlich die führende Null: {}; die Werte bleiben weg.",
        "Bitte die Spalte Schlüssel als Text speichern.",
    ),
    "name": (
        "Der Schlüssel ist in der Planung ein anderer: {}; zugeordnet nach dem Namen.",
        "Bitte die Schlüssel in der Tabelle Gebiete prüfen.",
    ),
}


def shown_place(place: StatedPlace) -> str:
    """A place as the file states it: "07 Mitte (Ortsteil)"."""
    level, code, name = (part[:60] for part in place)
    return " ".join(part for part in (code, name) if part) + (f" ({level})" if level else "")


def _placed(known: _Areas, places: Sequence[StatedPlace]) -> tuple[list[str | None], dict[str, list[StatedPlace]]]:
    """The area of each place, and the places by what is to be said of them."""
    found: list[str | None] = []
    kinds: dict[str, list[StatedPlace]] = {}
    for place in places:
        area, kind = _place(known, place)
        found.append(area)
        if kind:
            kinds.setdefault(kind, []).append(place)
    return found, kinds


def match_places(plan: Plan, places: Sequence[StatedPlace]) -> PlaceMatch:
    """The area of each place, by code (text: a leading zero counts), by name, within its level where one is stated.
    Where most codes contradict their names they are running numbers, and the names count alone.
    """
    known = _Areas(plan.areas)
    found, kinds = _placed(known, places)
    findings = []
    if 2 * len(kinds.get("widerspruch", ())) > len(places):
        found, kinds = _placed(known, [(level, "", name) for level, _, name in places])
        message = "Die Schlüssel der Datei sind nicht die der Planung; zugeordnet wird nach den Namen."
        findings.append(_told(message, "Bitte prüfen, ob die Spalte nur durchzählt."))
    findings += [
        _told(SAID[kind][0].format(named([*map(shown_place, which)])), SAID[kind][1]) for kind, which in kinds.items()
    ]
    return PlaceMatch(tuple(found), tuple(findings))


def _by_name(indicators: Iterable[Indicator]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for indicator in indicators:
        found.setdefault(folded(indicator.name), []).append(indicator.id)
    return found


def match_names(
    plan: Plan, names: Sequence[Named], called: Mapping[Named, str], chosen: Mapping[str, str]
) -> tuple[str | None, ...]:
    """The indicator of each name of a file: as it is chosen (by its label), as it was the last time, by id or by name.
    A characteristic that several themes share counts only with its theme.
    """
    ids, by_name = {i.id for i in plan.indicators}, _by_name(plan.indicators)
    bare = [folded(words) for _, words in names]
    taken = {indicator for key, indicator in called.items() if key not in names}

    def of(key: Named) -> str | None:
        if label(key) in chosen:
            return chosen[label(key)] or None
        if called.get(key) in ids:
            return called[key]
        if key[1] in ids:
            return key[1]
        own = by_name.get(folded(label(key)), [])
        alone = [one for one in by_name.get(folded(key[1]), []) if one not in taken and bare.count(folded(key[1])) == 1]
        found = own or alone
        return found[0] if len(found) == 1 else None

    return tuple(map(of, names))
