"""The Zeitplan in a real browser: 20 and 200 steps at both widths, the keyboard, the knock-on figures beside the
words.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect
from test_walk import serious
from visit import Server, Visit, running

from insek_core.plan.process import Link, Task
from insek_core.storage.embedded import example_plan
from insek_core.storage.store import Store
from tests.exchange.project_files import link, project, task

pytest_plugins = ["venue"]
pytestmark = pytest.mark.browser
Come = Callable[[Server], Visit]
QUESTIONS = (
    "Warum liegt ein Schritt dort?",
    "Was kostet eine verspätete Gremienvorlage?",
    "Planstand festhalten",
    "Kalenderdatei mitnehmen",
)
PICTURE = "[data-testid=stVegaLiteChart] :is(canvas, svg).marks"


@pytest.fixture(scope="module")
def large_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The example with two hundred steps."""
    folder = tmp_path_factory.mktemp("gross")
    plan = example_plan()
    first = next(task for task in plan.tasks if task.id == "B1")
    more = [
        replace(
            first,
            id=f"NEU-{n}",
            name=f"Arbeitsschritt mit einem längeren Namen {n}",
            short_name="",
            duration_days=n % 17 + 1,
        )
        for n in range(200 - len(plan.tasks))
    ]
    links = [
        Link(
            id=f"ZL{n}", predecessor=f"NEU-{n}", successor=f"NEU-{n + 7}", type="FS", source="Test", evidence="assumed"
        )
        for n in range(len(more) - 7)
    ]
    tasks: tuple[Task, ...] = (*plan.tasks, *more)
    Store.create(
        folder / "insek.sqlite", replace(plan, tasks=tasks, links=(*plan.links, *links)), author="Test", reason="200"
    ).close()
    with running(folder) as server:
        yield server


def inside(tab: Visit) -> None:
    """Every picture lies within the screen's width, and none is so narrow that its labels fill it."""
    tab.page.locator(PICTURE).first.wait_for()
    pictures = tab.page.locator(PICTURE).all()
    for box in (picture.bounding_box() for picture in pictures):
        # type: ignore[index]
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= tab.page.viewport_size["width"] + 1, box
    wide = tab.page.evaluate("document.documentElement.scrollWidth")
    assert wide <= tab.page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)])
def test_twenty_steps_fit_the_width_with_everything_switched_on(
    shared_server: Server, visitor: Come, size: tuple[int, int]
) -> None:
    tab = visitor(shared_server)
    tab.page.set_viewport_size({"width": size[0], "height": size[1]})
    tab.open("/zeitplan?raster=Monat&puffer=true&pfeile=true").choose("Vergleichen mit", "tatsächlicher Verlauf")
    tab.until("Am weitesten liegt Beschlussfassung: 344 Tage später")
    inside(tab)
    tab.keep(f"zeitplan-{size[0]}")
    assert serious(tab) == [] and not tab.errors and not tab.foreign


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)])
def test_two_hundred_steps_have_a_row_each(large_server: Server, visitor: Come, size: tuple[int, int]) -> None:
    tab = visitor(large_server)
    tab.page.set_viewport_size({"width": size[0], "height": size[1]})
    tab.open("/zeitplan?bahnen=Arbeitsschritte")
    inside(tab)
    box = tab.page.locator(PICTURE).first.bounding_box()
    assert box and box["height"] >= 200 * 18, "a label of 14 px needs its row"
    tab.keep(f"zeitplan-200-{size[0]}")
    assert not tab.errors


def test_the_keyboard_reaches_every_control(shared_server: Server, visitor: Come) -> None:
    tab = visitor(shared_server).open("/zeitplan")
    for name in QUESTIONS:
        tab.click(name)
    tab.page.get_by_role("button", name="Stelle, Puffer, Pfeile").focus()
    tab.page.keyboard.press("Enter")
    tab.until("Abhängigkeiten als Pfeile")
    wanted = {
        "Stelle",
        "Vergleichen mit",
        "Arbeitsschritt",
        "Gremienvorlage",
        "Kalender",
        "Puffer",
        "Abhängigkeiten",
        "Monat",
        "Planstand festhalten",
    }
    met: set[str] = set()
    for _ in range(70):
        tab.page.keyboard.press("Tab")
        name = tab.page.evaluate(
            "() => { const e = document.activeElement; return (e.getAttribute('aria-label') || (e.labels "
            "&& e.labels[0] && e.labels[0].innerText) || e.innerText || '').trim() }"
        )
        met |= {word for word in wanted if word in name}
    assert met == wanted


def test_three_months_more_are_told_in_words_and_figures_on_screen_and_slide(
    shared_server: Server, visitor: Come
) -> None:
    for path in ("/was-waere-wenn?var=longer%3AP2%3D90&stand=1", "/praesentation?folie=5&var=longer%3AP2%3D90&stand=1"):
        tab = visitor(shared_server).open(path)
        strip = tab.page.locator(".folgen")
        for told in (
            "21.06.2017 → 20.09.2017",
            "91 Tage später",
            "82 Tage verfehlt",
            "0 → 4",
            "30.05.2017, 06.06.2017",
        ):
            expect(strip).to_contain_text(told)
        assert "verpasst 4 Sitzungen" in tab.text and "wird am 20.09.2017 statt am 21.06.2017 beschlossen" in tab.text
        assert not tab.errors


def test_a_plan_from_microsoft_project_comes_in_with_a_dry_run_and_lies_on_the_zeitplan(
    own_server: Server, visitor: Come, tmp_path: Path
) -> None:
    path = tmp_path / "zeitplan.xml"
    first = task(1, 40, name="Druck der Broschüre", ConstraintType=4, ConstraintDate="2017-03-06T08:00:00")
    path.write_bytes(
        project(
            first, task(2, 0, link(1), name="Broschüre liegt vor"), Title="Druckplan", StartDate="2017-03-01T08:00:00"
        )
    )
    tab = visitor(own_server).open("/daten?reiter=Excel+und+Project")
    tab.page.locator("input[type=file]").first.set_input_files(path)
    tab.until("3 neu · 0 Angaben geändert · 0 entfernt")
    assert "die in der Planung frei sind" in tab.text and "Verglichen mit dem Stand vom" in tab.text
    tab.keep("project-herein")
    tab.page.get_by_role("textbox", name="Wer übernimmt?").fill("SPA")
    tab.click("Als neue Version übernehmen").until("Übernommen als Version 2.")
    tab.open("/zeitplan").click("Warum liegt ein Schritt dort?")
    tab.choose("Arbeitsschritt", "Broschüre liegt vor").until("10.03.2017")
    assert "nicht früher als 06.03.2017" in tab.text
    assert not tab.errors and not tab.foreign
