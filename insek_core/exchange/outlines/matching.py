"""Which feature is which area: by the property that holds codes or names, of one level."""

from collections.abc import Sequence
from dataclasses import dataclass

from insek_core.exchange.outlines.features import Feature, Told
from insek_core.exchange.statistics.headings import folded
from insek_core.plan.german import named

Known = tuple[str, str, str, str]  # id, code, name and level of an area
COLUMNS = "Bitte Schlüssel und Namen der Datei mit der Tabelle Gebiete vergleichen."


@dataclass(frozen=True)
class PlacedFeatures:
    """The level the features are of, the feature of each area of it, and what is to be said."""

    level: str
    features: dict[str, Feature]
    told: tuple[Told, ...]


def _best(features: Sequence[Feature], wanted: set[str], fold: bool) -> tuple[int, str]:
    """The property that holds most of the wanted words, and how many of them."""
    keys = dict.fromkeys(key for feature in features for key in feature.words)

    def hits(key: str) -> int:
        texts = {feature.words.get(key, "") for feature in features}
        return len({folded(text) if fold else text for text in texts} & wanted)

    return max(((hits(key), key) for key in keys), key=lambda one: one[0], default=(0, ""))


def _keys(features: Sequence[Feature], areas: Sequence[Known]) -> tuple[int, str, str]:
    """How many areas of a level are found, and the properties of code and name (empty: none)."""
    codes, names = {area[1] for area in areas if area[1]}, {folded(area[2]) for area in areas}
    by_code, code = _best(features, codes, fold=False)
    by_name, name = _best(features, names, fold=True)
    code, name = code if by_code else "", name if by_name else ""
    both = [_area(feature, areas, code, name)[1] for feature in features if code and name]
    if 2 * both.count("widerspruch") > len(both):  # one of them only counts the features
        code, name = ("", name) if by_name >= by_code else (code, "")
    return max(by_code, by_name), code, name


def _area(feature: Feature, areas: Sequence[Known], code: str, name: str) -> tuple[str, str]:
    """The id of a feature's area (empty: none), and the kind of what is to be said."""
    own_code, own_name = feature.words.get(code, ""), folded(feature.words.get(name, ""))
    by_code = [a[0] for a in areas if own_code and a[1] == own_code]
    by_name = [a[0] for a in areas if own_name and folded(a[2]) == own_name]
    zero = [a[0] for a in areas if own_code and a[1] != own_code and a[1].lstrip("0") == own_code.lstrip("0")]
    if by_code and by_name:
        return (by_code[0], "") if by_code[0] in by_name else ("", "widerspruch")
    if by_name and own_code and zero == by_name:
        return by_name[0], "null"
    if by_name:
        return by_name[0], "schluessel" if own_code and code else ""
    if by_code:
        return by_code[0], "name" if own_name and name else ""
    return (zero[0], "null") if len(zero) == 1 and not own_name else ("", "fremd")


SAID: dict[str, Told] = {
    "widerspruch": ("error", "Schlüssel und Name gehören zu verschiedenen Gebieten: {}.", COLUMNS),
    "null": (
        "warning",
        "Dem Schlüssel fehlt die führende Null: {}.",
        "Schlüssel sind Text; bitte die Datei so ausgeben.",
    ),
    "schluessel": ("warning", "Der Schlüssel ist in der Planung ein anderer: {}; zugeordnet nach dem Namen.", COLUMNS),
    "name": ("warning", "Der Name ist in der Planung ein anderer: {}; zugeordnet nach dem Schlüssel.", COLUMNS),
    "fremd": (
        "warning",
        "Kein Gebiet der Planung: {}; der Umriss bleibt weg.",
        "Bitte prüfen, ob das ein Gesamtumriss ist.",
    ),
    "ebene": (
        "warning",
        "Gehört zu einer anderen Ebene: {}; der Umriss bleibt weg.",
        "Bitte je Ebene eine Datei einlesen.",
    ),
    "doppelt": ("error", "Ein Gebiet hat mehrere Umrisse: {}.", "Bitte zu einem Umriss zusammenfassen."),
}


def match_features(features: Sequence[Feature], areas: Sequence[Known], wanted: str = "") -> PlacedFeatures:
    """The areas of the level that most features are of (or of the wanted one), each with its feature."""
    levels = [wanted] if wanted else list(dict.fromkeys(area[3] for area in areas))
    counted = [(_keys(features, [a for a in areas if a[3] == level]), level) for level in levels]
    (most, code, name), level = max(counted, key=lambda one: one[0][0], default=((0, "", ""), ""))
    if not most:
        remedy = "Nötig ist eine Eigenschaft mit dem Schlüssel oder dem Namen der Gebiete."
        return PlacedFeatures("", {}, (("error", "Kein Umriss der Datei gehört zu einem Gebiet der Planung.", remedy),))
    own, found = [area for area in areas if area[3] == level], {}
    kinds: dict[str, list[str]] = {}
    for feature in features:
        area, kind = _area(feature, own, code, name)
        if area in found:
            kind = "doppelt"
        elif area:
            found[area] = feature
        elif kind == "fremd" and _area(feature, [a for a in areas if a[3] != level], code, name)[0]:
            kind = "ebene"
        if kind:
            kinds.setdefault(kind, []).append(feature.title)
    told = [(SAID[k][0], SAID[k][1].format(_titles(titles)), SAID[k][2]) for k, titles in kinds.items()]
    if missing := [area[2] for area in own if area[0] not in found]:
        told.append(
            ("warning", f"Ohne Umriss in der Datei ({level}): {named(missing)}.", "Ihr bisheriger Umriss bleibt.")
        )
    return PlacedFeatures(level, found, tuple(told))


def _titles(titles: Sequence[str]) -> str:
    """Titles, which carry their quotes already, at most five."""
    more = f" und {len(titles) - 5} weitere" if len(titles) > 5 else ""
    return ", ".join(titles[:5]) + more
