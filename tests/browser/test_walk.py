"""Every screen in a real browser at two sizes: silent, German, guarded, legible, accessible."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext
from visit import TOURED, Server, Visit

pytest_plugins = ["venue"]  # no conftest.py: --doctest-modules takes two of that name for one module
pytestmark = pytest.mark.browser

START = "INSEK Leipzig: Kosten, Zeit und Ziele im Blick"
TITLES = {
    "/": START, "/ueberblick": START, "/haushalt": "Haushalt & Förderung", "/was-waere-wenn": "Was wäre, wenn", "/zeitplan": "Zeitplan",
    "/zielsystem": "Zielsystem", "/karte": "Indikatoren & Karte", "/gremien": "Beteiligung & Gremien",
    "/praesentation": "Lage", "/daten": "Daten", "/planung": "Schritt für Schritt", "/neue-planung": "Neue Planung",
    "/bewertungsrunde": "Bewertungsrunde", "/steckbrief": "Steckbrief",
}  # fmt: skip
BESIDE = (
    "Schritt für Schritt",
    "Neue Planung",
    "Bewertungsrunde",
    "Steckbrief",
)  # screens that the navigation does not lead to
SIZES = ((1280, 720), (1440, 900), (1920, 1080))
WORDS = re.compile(  # English that Streamlit or Vega says of itself
    r"\b(the|for|with|axis|titled|Press|Choose|Select|Upload|Clear|Main menu|Skip|Close|Remove|mark|container|Show|"
    r"Help|Running|available)\b"
)
BEYOND = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return main.scrollSide - main.clientSide;
}"""
EVERY_WORD = """() => {
  const found = new Set(), kinds = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
  const walk = document.createTreeWalker(document.body, kinds);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.parentElement.closest("style, script, noscript")) found.add(node.nodeValue.trim());
    } else for (const name of ["aria-label", "title", "placeholder", "aria-roledescription", "alt"])
      if (node.hasAttribute(name)) found.add(node.getAttribute(name));
  }
  return [...found];
}"""
TOO_WIDE = """() => {
  const wide = [], shown = element => element.getClientRects().length > 0;
  const main = document.querySelector('[data-testid=stMain]');
  if (main.scrollWidth > main.clientWidth + 1) wide.push(`main ${main.scrollWidth} > ${main.clientWidth}`);
  for (const column of document.querySelectorAll('[data-testid=stColumn]')) {
    const limit = column.getBoundingClientRect().right + 2;
    for (const part of column.querySelectorAll('table, p, h3, canvas, svg, button, input, ul')) {
      if (!shown(part) || part.closest('.rahmen')) continue;
      const right = part.getBoundingClientRect().right;
      if (right > limit) wide.push(`${part.tagName} ${part.className} ${Math.round(right)} > ${Math.round(limit)}`);
    }
  }
  return wide;
}"""
OVERLAPPING = """() => {
  const boxes = [...document.querySelectorAll('[data-testid=stMain] [data-testid=stElementContainer]')]
    .filter(box => !box.closest('[data-testid=stExpander]'))
    .map(box => [box, box.getBoundingClientRect()]).filter(([, r]) => r.width > 4 && r.height > 4);
  const found = [];
  for (const [a, p] of boxes) for (const [b, q] of boxes) {
    if (a === b || a.contains(b) || b.contains(a) || a.compareDocumentPosition(b) & 2) continue;
    const x = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const y = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    const names = `${a.innerText.slice(0, 40)} | ${b.innerText.slice(0, 40)}`;
    if (x > 3 && y > 3) found.push(`${names}: ${Math.round(x)}×${Math.round(y)}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def walker(browser: Browser, shared_server: Server) -> Iterator[BrowserContext]:
    """Somebody who walks through all screens, and has done so before."""
    context = browser.new_context(locale="de-DE")
    context.add_cookies([{**TOURED, "url": shared_server.url}])
    yield context
    context.close()


@pytest.fixture(
    scope="module",
    params=[(path, size) for size in SIZES for path in TITLES if size != SIZES[1] or TITLES[path] not in BESIDE],
    ids=lambda p: f"{p[0]}-{p[1][0]}",
)
def visit(request: pytest.FixtureRequest, walker: BrowserContext, shared_server: Server) -> Iterator[Visit]:
    """A screen at one size, loaded once for all that is claimed of it."""
    path, (width, height) = request.param
    tab = Visit(walker.new_page(), shared_server, path=path, width=width, height=height)
    tab.page.set_viewport_size({"width": width, "height": height})
    tab.open(path).keep(f"{path.strip('/') or 'start'}-{width}")
    yield tab
    tab.page.close()


def serious(tab: Visit) -> list[str]:
    """What axe finds serious or critical; nothing is excepted, also not what is Streamlit's own."""
    found: list[dict[str, Any]] = Axe().run(tab.page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node['target']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def test_the_screen_is_the_one_of_its_address(visit: Visit) -> None:
    assert visit.page.locator("h1").all_inner_texts() == [TITLES[visit.path]]
    assert "Page not found" not in visit.text
    links = visit.page.get_by_role("banner").get_by_role("link").all_inner_texts()
    other = {"Lage": "Präsentation", START: "Überblick"}
    named = [other.get(title, title) for title in dict.fromkeys(TITLES.values()) if title not in BESIDE]
    assert [link.strip() for link in links if link.strip()] == ([] if visit.path == "/praesentation" else named)


def test_nothing_goes_wrong_on_the_way(visit: Visit) -> None:
    assert not visit.errors
    assert not re.search(r"Traceback|has encountered an error", visit.text)


def test_no_request_leaves_the_server(visit: Visit) -> None:
    assert not visit.foreign


def test_the_page_says_that_it_is_german(visit: Visit) -> None:
    assert visit.page.locator("html").get_attribute("lang") == "de"


def test_the_page_runs_only_its_own_scripts(visit: Visit) -> None:
    policy = visit.response.headers["content-security-policy"]
    assert "default-src 'self'" in policy and "object-src 'none'" in policy
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "'unsafe-eval'" not in scripts and "'unsafe-inline'" not in scripts and "*" not in scripts


def test_nothing_leaves_its_column(visit: Visit) -> None:
    assert visit.page.evaluate(TOO_WIDE) == []


def test_nothing_lies_over_another(visit: Visit) -> None:
    assert visit.page.evaluate(OVERLAPPING) == []


def test_no_barrier_is_serious(visit: Visit) -> None:
    assert serious(visit) == []


def test_no_barrier_is_serious_once_everything_folded_is_open(visit: Visit) -> None:
    if visit.width != SIZES[0][0] or visit.path == "/ueberblick":
        return
    folded = visit.page.locator(".st-key-dahinter label")
    if folded.count():
        folded.first.click() if not visit.page.locator(".st-key-tafeln").count() else None
        visit.page.locator(".st-key-tafeln button").first.wait_for()
    for button in visit.page.locator(".st-key-tafeln button:not([aria-checked=true])").all():
        button.click()
    visit.settle()
    assert visit.page.evaluate(TOO_WIDE) == []
    assert serious(visit) == []


def test_the_overview_fits_on_one_screen(visit: Visit) -> None:
    if visit.path not in ("/", "/ueberblick"):
        return
    for block in (".st-key-lage", ".st-key-naechstes", ".ungeklaert", ".st-key-praesentieren"):
        box = visit.page.locator(block).bounding_box()
        assert box and box["y"] + box["height"] <= visit.height, block


def test_nothing_speaks_english(visit: Visit) -> None:
    said = [text for text in visit.page.evaluate(EVERY_WORD) if WORDS.search(text)]
    assert said == []


def test_the_screen_is_named_in_the_title_and_its_headings_have_an_order(visit: Visit) -> None:
    assert visit.page.title().endswith(" · INSEK Leipzig")
    levels = visit.page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stMain] :is(h1, h2, h3)')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels)), levels


@pytest.mark.parametrize("path", ["/", "/praesentation", "/praesentation?folie=2", "/praesentation?folie=3"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_first_screen_and_the_slides_do_not_scroll(
    path: str, width: int, height: int, walker: BrowserContext, shared_server: Server
) -> None:
    tab = Visit(walker.new_page(), shared_server)
    tab.page.set_viewport_size({"width": width, "height": height})
    below = tab.open(path).page.evaluate(BEYOND.replace("Side", "Height"))
    tab.page.close()
    assert below <= 1


@pytest.mark.parametrize("path", TITLES)
def test_at_twice_the_size_nothing_scrolls_sideways(path: str, walker: BrowserContext, shared_server: Server) -> None:
    """1440×900 at 200 % is a window of 720×450."""
    tab = Visit(walker.new_page(), shared_server)
    tab.page.set_viewport_size({"width": 720, "height": 450})
    tab.open(path)
    wide = tab.page.evaluate(BEYOND.replace("Side", "Width"))
    tab.page.close()
    assert wide <= 1
