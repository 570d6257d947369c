"""The tour of the first visit, by keyboard; it is shown once, never on a slide, and comes back when asked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visit import Server, Visit

pytest_plugins = ["venue"]
pytestmark = pytest.mark.browser


def test_the_tour_is_taken_by_keyboard_left_for_good_and_asked_for_again(
    shared_server: Server, visitor: Callable[..., Visit]
) -> None:
    tab = visitor(shared_server, first=True).open("/praesentation")
    tour, keys = tab.page.get_by_role("dialog", name="Rundgang"), tab.page.keyboard
    expect(tour).to_have_count(0)
    tab.open("/")
    expect(tour).to_contain_text("Rundgang 1 von 3")
    tab.keep("rundgang")
    keys.press("Enter")
    expect(tour).to_contain_text("2 von 3")
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(tour).to_contain_text("1 von 3")
    keys.press("Escape")
    expect(tour).to_have_count(0)
    tab.open("/haushalt")
    expect(tour).to_have_count(0)
    tab.page.get_by_role("button", name="Rundgang").click()
    for step in ("1 von 3", "2 von 3", "3 von 3"):
        expect(tour).to_contain_text(step)
        keys.press("Enter")
    expect(tour).to_have_count(0)
    word = tab.page.get_by_role("button", name="Höchstbetrag")
    word.focus()
    keys.press("Enter")
    expect(tab.page.locator("span.erklaerung:popover-open")).to_contain_text("Obergrenze der Förderung")
    keys.press("Escape")
    tab.open("/praesentation")
    keys.press("PageDown")  # no dialog that was closed holds the keys of the presenter
    tab.until("2 von 5")
    assert tab.errors == [] and tab.foreign == []
