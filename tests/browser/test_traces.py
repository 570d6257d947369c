"""From a goal by click to measure, money and district, and by Back to where one was: no reload, nothing of the address
lost.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from visit import Server, Visit

pytest_plugins = ["venue"]
pytestmark = pytest.mark.browser


def test_names_lead_from_sheet_to_sheet_and_back(shared_server: Server, visitor: Callable[..., Visit]) -> None:
    tab = visitor(shared_server).open("/zielsystem?stichtag=01.07.2015")
    page, sheet = tab.page, tab.page.locator(".st-key-blatt h2")
    page.evaluate("window.kept = 1")
    for name in ("Soziale Stabilität", "Grundschulen in wachsenden Ortsteilen erweitern", "Volkmarsdorf"):
        page.locator("a.eintrag").get_by_text(name, exact=True).first.click()
        expect(sheet).to_contain_text(name)
    assert "stichtag=01.07.2015" in page.url and page.evaluate("window.kept") == 1
    page.go_back()
    expect(sheet).to_contain_text("Maßnahme: Grundschulen")
    assert page.evaluate("window.kept") == 1 and not tab.errors and not tab.foreign


def test_what_an_office_has_to_say_is_taken_home(shared_server: Server, visitor: Callable[..., Visit]) -> None:
    asked = "fragen=Was+fehlt,+und+von+wem%3F&von=Bereich+Wirtschaftsförderung"
    tab = visitor(shared_server).open(f"/zielsystem?{asked}")
    for words, name in (("Mappe zum Ausfüllen", "Ruecklauf-ORG-B-WIFOE.xlsx"), ("Liste herunterladen", "Luecken.xlsx")):
        with tab.page.expect_download() as loading:
            tab.page.get_by_role("button").get_by_text(words).click()
        assert loading.value.suggested_filename == name and not loading.value.failure()
