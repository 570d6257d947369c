"""One look: colours, type sizes and the German locale of every chart."""

from typing import Any

import altair as alt

Picture = alt.LayerChart | alt.FacetChart  # what altair's layer() is typed to give

INK = "#1f2933"
MUTED = "#52606d"
LINE = "#cbd2d9"
SURFACE = "#ffffff"
PALE = "#f3f4f1"
GRANT = "#2b5fa6"  # Förderung
OWN = "#b06c12"  # Eigenanteil
THIRD = "#1b857f"  # Drittmittel
UNKNOWN = "#9aa5b1"
ASSUMED = "#7b4ea3"
CRITICAL = "#a61b1b"
LANES = {"phase": "#3e4c59", "step": "#2b5fa6", "sitting": "#7b4ea3", "participation": "#1b857f"}
SEQUENCE = ("#eef3f8", "#c6d8ea", "#8fb4d9", "#5189c0", "#2b5fa6", "#163a6b")
DIVERGING = ("#8c510a", "#d8b365", "#f0efec", "#5ab4ac", "#01665e")  # falls … about the same … rises
FONT = "Source Sans, Source Sans Pro, Liberation Sans, Arial, sans-serif"

NUMBER_LOCALE = {
    "decimal": ",",
    "thousands": ".",
    "grouping": [3],
    "currency": ["", "\u00a0€"],
    "percent": "\u00a0%",
    "minus": "\u2212",
}
TIME_LOCALE = {
    "dateTime": "%A, der %e. %B %Y, %X", "date": "%d.%m.%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"],
    "days": ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
    "shortDays": ["So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"],
    "months": ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
    "shortMonths": ["Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
}  # fmt: skip


@alt.theme.register("insek", enable=True)
def insek_theme() -> Any:
    """Config of every chart: German locale, dark enough axis text, no frame."""
    text: dict[str, Any] = {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 14,
        "titleFontSize": 14,
        "titleFontWeight": "normal",
    }
    return {
        "config": {
            "locale": {"number": NUMBER_LOCALE, "time": TIME_LOCALE},
            "font": FONT,
            "background": SURFACE,
            "view": {"stroke": None},
            "axis": {**text, "gridColor": "#e4e7eb", "domainColor": LINE, "tickColor": LINE, "labelLimit": 420},
            "legend": {**text, "labelLimit": 320, "orient": "top", "title": None, "symbolSize": 160},
            "header": text,
            "text": {"fontSize": 14, "color": INK, "font": FONT},
        }
    }


def enlarged(spec: Any, times: float) -> Any:
    """A chart's specification with every type size that many times as large, for the back row of a meeting."""
    if isinstance(spec, dict):
        sizes = {
            key: round(value * times)
            for key, value in spec.items()
            if key.endswith("ontSize") and isinstance(value, int | float)
        }
        return {**{key: enlarged(value, times) for key, value in spec.items()}, **sizes}
    return [enlarged(part, times) for part in spec] if isinstance(spec, list) else spec
