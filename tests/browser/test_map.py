"""The map on a machine without a graphics card: drawn, answering a click and the keyboard, its outlines sent once."""

import re

from playwright.sync_api import Request, expect
from visit import Visit

pytest_plugins = ["venue"]


def chosen(tab: Visit) -> str:
    return tab.page.get_by_role("combobox", name="Gebiet (auch durch Klick in Karte oder Balken)").input_value()


def test_without_a_graphics_card_the_map_is_drawn_and_answers_click_and_keyboard(bare: Visit) -> None:
    fetched: list[str] = []

    def see(request: Request) -> None:
        if "/umrisse/" in request.url:
            fetched.append(request.url)

    bare.page.on("request", see)
    bare.open("/karte")
    assert chosen(bare) == "Zentrum"
    picture = bare.page.locator("[data-testid=stVegaLiteChart]").first
    box = picture.bounding_box()
    assert box and box["height"] > 400
    bare.page.mouse.click(box["x"] + box["width"] * 0.636, box["y"] + box["height"] * 0.68)  # in the south-east
    expect(bare.page.get_by_role("combobox", name=re.compile("^Gebiet"))).not_to_have_value("Zentrum")
    bare.settle().keep("karte-ohne-webgl")
    assert "gebiet=" in bare.page.url
    bare.choose("Gebiet (auch durch Klick in Karte oder Balken)", "Plagwitz")
    assert chosen(bare) == "Plagwitz"
    slider = bare.page.get_by_role("slider").first
    slider.focus()
    slider.press("ArrowLeft")
    bare.until("Einwohner 2014: am höchsten in")
    assert len(set(fetched)) == 1, "the outlines are sent once, whatever moves"
    sheet = Visit(bare.page.context.new_page(), bare.server).open("/steckbrief?gebiet=Volkmarsdorf")
    sheet.until("Volkmarsdorf (Ortsteil 21)")
    assert sheet.page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, "one page to take along"
    bare.page.get_by_text("Als Säulen über der Karte").click()
    bare.until("Dieses Gerät kann die Säulen nicht zeichnen")
    assert not bare.foreign and not [e for e in bare.errors if "WebGL" not in e]
