"""What is said of a statistics file: what it would change, what it changed."""

from insek_core.exchange.statistics.proposal import StatisticsProposal
from insek_core.plan.german import count, named, show_number
from insek_core.plan.imported import Imported


def _figures(number: int) -> str:
    return f"{show_number(number)} {'Wert' if number == 1 else 'Werte'}"


def proposed(found: StatisticsProposal) -> tuple[str, ...]:
    """A statistics file in sentences: what it holds, what it would change, which indicators are new or to be chosen."""
    if found.refused:
        return ("Nichts übernommen: Bitte die Fehler beheben und die Datei noch einmal einlesen.",)
    every = found.added + found.changed + found.removed + found.unchanged
    if not every:
        return ("Die Datei enthält keinen Wert, der zu übernehmen ist.", *_offered(found))
    years = [year for one in found.series for year in (one.first_year, one.last_year)]
    span = f" von {min(years)} bis {max(years)}" if years else ""
    of, where = count(len(found.series), "Indikator", "Indikatoren"), count(found.areas, "Gebiet", "Gebiete")
    holds = f"{_figures(every)}{span}: {of}, {where}."
    if not found.rows and not found.fresh:
        return (holds, f"Die Datei ändert nichts: Alle {_figures(every)} stehen schon da.", *_offered(found))
    parts = (
        (found.added, "neu"),
        (found.changed, "geändert"),
        (found.removed, "entfernt"),
        (found.unchanged, "unverändert"),
    )
    changes = " · ".join(f"{show_number(number)} {word}" for number, word in parts)
    fresh = (f"Neue Indikatoren: {named([one.name for one in found.fresh])}.",) if found.fresh else ()
    return (holds, f"{changes}.", *fresh, *_offered(found))


def _offered(found: StatisticsProposal) -> tuple[str, ...]:
    if not found.offered:
        return ()
    one = len(found.offered) == 1
    return (f"Ohne Indikator in der Planung {'bleibt' if one else 'bleiben'}: {named(found.offered)}.",)


def done(told: Imported) -> str:
    """What was taken over, in a sentence."""
    if told.kind == "outlines":
        drawn = count(told.added + told.changed, "Umriss", "Umrisse")
        return f"Übernommen: {drawn} aus {told.file}, Gebietsstand {told.vintage}."
    changes = (
        f"{show_number(told.added)} neu, {show_number(told.changed)} geändert, {show_number(told.removed)} entfernt"
    )
    return f"Übernommen: {changes} aus {told.file}."
