"""The matrix of the Zielsystem by keyboard, at 40 goals × 60 origins: no key is lost, nothing typed either."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from matrices import OFFICE, goal_system_plan
from playwright.sync_api import expect
from small import TODAY
from test_walk import serious
from visit import Server, Visit, running

from insek_core.change.judging import judge, weights_of
from insek_core.plan import Plan
from insek_core.storage.store import Store

pytest_plugins = ["venue"]
pytestmark = pytest.mark.browser
Come = Callable[[Server], Visit]
ADDRESS = f"/zielsystem?fragen={quote('Wie stark dient was welchem Ziel?')}"
PLAN = goal_system_plan(40, 60, 0.5)
ROW = [row.id for row in (*PLAN.sector_plans, *PLAN.measures)]  # the origins in the order of their columns
HERE = "document.activeElement?.shadowRoot?.activeElement?.getAttribute('aria-label')"


@pytest.fixture
def matrix(tmp_path: Path) -> Iterator[Server]:
    """A server with forty goals and sixty origins."""
    Store.create(tmp_path / "insek.sqlite", PLAN, author="Test", reason="angelegt").close()
    with running(tmp_path) as server:
        yield server
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def stored(server: Server) -> tuple[int, Plan]:
    with closing(Store(server.db)) as store:
        return store.head.number, store.load()


def opened(tab: Visit) -> Visit:
    tab.open(ADDRESS)
    tab.page.get_by_role("grid").wait_for()
    tab.page.locator("[role=gridcell][tabindex='0']").focus()
    return tab


def press(tab: Visit, *keys: str) -> None:
    for key in keys:
        tab.page.keyboard.press(key)


def save(tab: Visit, reason: str) -> None:
    tab.choose("Welcher Bereich bewertet?", OFFICE.name)
    tab.page.get_by_label("Begründung", exact=True).fill(reason)
    tab.click("Bewertungen speichern")


def test_fifty_keys_without_a_pause_a_reload_and_a_refusal_lose_nothing(matrix: Server, visitor: Come) -> None:
    tab = opened(visitor(matrix))
    weights = [(3 * n) % 4 for n in range(17)]
    for weight in weights:
        press(tab, *((str(weight), "ArrowRight") if weight != 1 else ("-", "1", "ArrowRight")))
    press(tab, "ArrowDown", "2", "Home", "Delete", "End", "PageDown", "Control+Home", "ArrowDown")
    want = {("Z0", ROW[n]): -1 if weight == 1 else weight for n, weight in enumerate(weights)}
    want |= {("Z1", ROW[17]): 2, ("Z1", ROW[0]): None}
    want = {pair: weight for pair, weight in want.items() if weights_of(PLAN).get(pair) != weight}
    tab.until(f"{len(want)} Bewertungen sind geändert und noch nicht gespeichert")
    assert "Fachteil 0 auf Ziel 1" in str(tab.page.evaluate(HERE)), "the focus has stayed where the keys left it"
    assert stored(matrix) == (1, PLAN), "nothing is saved by typing"

    tab = opened(tab)
    tab.until(f"{len(want)} Bewertungen sind geändert und noch nicht gespeichert")
    with closing(Store(matrix.db)) as other:
        theirs = judge(PLAN, {("Z0", ROW[1]): -3, ("Z9", ROW[9]): -3}, OFFICE.id, TODAY, "anders gesehen")
        other.save(theirs, based_on=1, author="Umweltamt", reason="anders gesehen")
    save(tab, "Runde der Bereiche")
    tab.until("Seit Version 1 hat Umweltamt Version 2 gespeichert")
    tab.until("Fachteil 1 → Ziel 0")
    assert stored(matrix) == (2, theirs)
    tab.page.get_by_label("Begründung", exact=True).fill("Runde der Bereiche")
    tab.click("Bewertungen speichern").until("gespeichert als Version 3").until("Alles gespeichert.")
    number, plan = stored(matrix)
    assert number == 3 and weights_of(plan) == {**weights_of(theirs), **want}
    expect(tab.page.locator("td.neu")).to_have_count(0)
    assert tab.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 1440


def test_the_screen_with_the_matrix_has_no_serious_barrier(shared_server: Server, visitor: Come) -> None:
    tab = opened(visitor(shared_server))
    press(tab, "ArrowDown", "ArrowRight", "-", "2", "Enter")
    line = tab.page.locator(".zelle")
    expect(line).to_contain_text("−2 – geändert, noch nicht gespeichert (gespeichert: +3)")
    expect(line).to_contain_text("Wirtschaft und Beschäftigung → Wettbewerbsfähigkeit, gespeichert: +3, bewertet von:")
    assert serious(tab) == []
    assert not tab.errors and not tab.foreign
    press(tab, "Escape")
    tab.until("Alles gespeichert.")
