"""A round of judging in a real browser, by the keyboard alone, reloaded in the middle; its minutes are complete."""

from collections.abc import Callable

import pytest
from test_walk import serious
from visit import Server, Visit

from insek_core.storage.store import Store

pytest_plugins = ["venue"]
pytestmark = pytest.mark.browser
Come = Callable[..., Visit]
FOCUSED = """() => {
  const at = document.activeElement, label = at.closest("label");
  return (at.getAttribute("aria-label") || (label || at).innerText || "").trim();
}"""


def reach(tab: Visit, name: str) -> Visit:
    """Go on with the Tab key until what bears this name has the focus."""
    for _ in range(60):
        if tab.page.evaluate(FOCUSED) == name:
            return tab
        tab.page.keyboard.press("Tab")
    raise AssertionError(f"not reached by Tab: {name}")


def press(tab: Visit, *keys: str) -> Visit:
    for key in keys:
        tab.page.keyboard.press(key)
    return tab


def test_a_round_by_keyboard_reloaded_in_the_middle_keeps_complete_minutes(own_server: Server, visitor: Come) -> None:
    tab = visitor(own_server).open("/bewertungsrunde")
    press(reach(tab, "Runde beginnen"), "Enter")
    tab.until("0 behandelt, 4 offen")
    press(reach(tab, "offen"), *["ArrowRight"] * 6)
    reach(tab, "Begründung").page.keyboard.type("prägt das Wachstum")
    press(tab, "Enter")
    tab.until("1 behandelt, 3 offen")
    assert tab.page.evaluate(FOCUSED) == "Begründung", "the keyboard stays where it was"
    assert serious(tab) == []
    tab.keep("bewertungsrunde")
    tab.page.reload()
    tab.settle().until("1 behandelt, 3 offen")
    assert "Energie und Klimaschutz" in tab.text
    press(reach(tab, "Einigung der Runde"), *["ArrowRight"] * 3)
    reach(tab, "Bereich").page.keyboard.type("Amt für Stadterneuerung")
    press(tab, "Enter")
    reach(tab, "Begründung").page.keyboard.type("bindet Kräfte")
    press(tab, "Enter")
    tab.until("2 behandelt, 2 offen")
    press(tab, "Enter").until("3 behandelt")
    press(tab, "Enter").until("Alle Zielbeiträge dieser Runde sind behandelt.")
    reach(tab, "Frist der Arbeitsaufträge (TT.MM.JJJJ oder „Herbst 2026“; leer: offen)").page.keyboard.type("Ende 2016")
    press(reach(tab, "Beenden: Protokoll und Arbeitsaufträge festhalten"), "Enter")
    tab.until("Protokoll: Bewertungsrunde 1")
    plan = Store(own_server.db).load()
    minutes = plan.reviews[0].minutes
    assert "Behandelt: 4 Zielbeiträge" in minutes and "Gewicht +2, Bewertungsrunde 1" in minutes
    assert "abweichende Auffassung offen (bindet Kräfte)" in minutes and minutes.count("Frist: Ende 2016") == len(
        plan.assignments
    )
    for line in minutes.splitlines():
        assert line.strip() in tab.text
    assert tab.errors == []
