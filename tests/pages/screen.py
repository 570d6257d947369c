"""A screen without a browser: the inner script in AppTest, and what a reader finds on it."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

SCRIPT = Path(__file__).resolve().parents[2] / "pages" / "shell" / "navigation.py"
PAGES = ("ueberblick", "haushalt", "waswaere", "praesentation", "zeitplan", "zielsystem", "karte", "gremien", "daten")
Row = dict[str, str]


class Tables(HTMLParser):
    """Collects the tables of an HTML text as rows by heading."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1] += data


def plain(text: str) -> str:
    """The text with ordinary spaces, as a test would type it."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def without_tags(html: str) -> str:
    """What is to be read in an HTML text: tags gone, their titles and labels kept."""
    html = re.sub(r"<button class='begriff'[^>]*>(.*?)</button>", r"\1", html)  # a word of the sentence
    html = re.sub(
        r"<span class='erklaerung'.*?</span>|<div class='erklaerung begriffe'.*?</div>", " ", html, flags=re.S
    )  # closed
    spoken = " ".join(re.findall(r"(?:title|aria-label)='([^']*)'", html))
    return f"{re.sub('<[^>]*>', ' ', html)} {spoken}"


class Screen:
    """One session of one reader: open a page, work on it, look at what it shows."""

    def __init__(self, page: str, **query: str) -> None:
        self.opened = "Bearbeiten"
        self.at = AppTest.from_file(str(SCRIPT), default_timeout=60)
        # AppTest knows a page by its address only once the navigation has run; else it shows the first page
        self.at.run()
        for name, value in query.items():
            self.at.query_params[name] = value
        self.at.switch_page(f"../{page}.py")
        self.run()

    def run(self) -> "Screen":
        """Run the script once more, with every table and question behind the screen and its boxes opened."""
        self._run()
        if any(switch.key == "dahinter" and not switch.value for switch in self.at.toggle):
            self._run()  # a screen that turned to an address began anew
        for _ in range(3):  # what opens may hold something shut
            shut = [
                shelf
                for shelf in self.at.button_group
                if shelf.key in ("tafeln", "fragen") and len(shelf.value) < len(shelf.options)
            ]
            if not shut:
                break
            for shelf in shut:
                shelf.set_value(shelf.options)
            self._run()
        return self

    def _run(self) -> None:
        # AppTest forgets the state of boxes and tabs from run to run
        self.at.session_state["stichtag_box"] = True
        self.at.session_state["dahinter"] = True
        for switch in self.at.toggle:  # what the run before had is sent again, and would shut it
            if switch.key == "dahinter":
                switch.set_value(True)
        self.at.session_state["auswahl"] = True
        self.at.session_state["reiter"] = self.opened
        self.at.run()

    def tab(self, name: str) -> "Screen":
        """Turn to a tab of the data screen."""
        self.opened = name
        return self.run()

    def click(self, label: str) -> "Screen":
        """Press a button by its words."""
        next(button for button in self.at.button if button.label == label).click()
        return self.run()

    def type(self, label: str, text: str) -> "Screen":
        """Type into the field of this label (the first; a required field bears a star)."""
        fields = (*self.at.text_input, *self.at.text_area)
        next(field for field in fields if field.label.removesuffix(" *") == label).set_value(text)
        return self

    def choose(self, label: str, option: str) -> "Screen":
        """Choose in a list by the value behind it."""
        next(box for box in self.at.selectbox if box.label.removesuffix(" *") == label).set_value(option)
        return self.run()

    def query(self, name: str) -> str:
        """What the address says under a name; AppTest gives a text or a list of texts."""
        value = self.at.query_params[name]
        return value if isinstance(value, str) else value[-1]

    @property
    def html(self) -> list[str]:
        """The HTML of every piece, also of folded and popped-up ones."""
        return [plain(piece.proto.body) for piece in self.at.get("html")]

    @property
    def answers(self) -> list[str]:
        """The answer sentences (on the first screen: the sentences of its situation)."""
        told = (re.findall("<p class='(?:antwort|satz|folientext)'>.*?</p>", html, re.S) for html in self.html)
        return [without_tags(sentence).strip() for sentences in told for sentence in sentences]

    @property
    def messages(self) -> str:
        """Errors, warnings, hints and successes."""
        boxes = (*self.at.error, *self.at.warning, *self.at.info, *self.at.success)
        return plain("\n".join(box.value for box in boxes))

    @property
    def told(self) -> str:
        """Running text: markdown lines such as the Stand and the list of differences."""
        return plain("\n".join(piece.value for piece in self.at.markdown))

    def tables(self) -> list[list[Row]]:
        """Every HTML table whose first row holds headings."""
        found = [table for html in self.html for table in Tables(html).tables if len(table) > 1]
        return [[dict(zip(table[0], row, strict=False)) for row in table[1:]] for table in found]

    def table(self, *headings: str) -> list[Row]:
        """The first table that has all these headings."""
        return next(table for table in self.tables() if set(headings) <= set(table[0]))

    def charts(self) -> list[tuple[dict[str, Any], str]]:
        """Spec and alt text of every chart."""
        protos = [chart.proto for chart in self.at.get("vega_lite_chart")]
        return [(json.loads(proto.spec), proto.alt) for proto in protos]

    def visible(self) -> str:
        """All German and other words on the screen: text, labels, options, values, help."""
        at, words = self.at, [self.told, self.messages, *map(without_tags, self.html)]
        words += [piece.value for kind in (at.title, at.subheader, at.caption) for piece in kind]
        for field in (*at.text_input, *at.text_area, *at.selectbox, *at.multiselect, *at.button, *at.expander):
            words += [field.label, str(getattr(field, "help", "") or ""), str(getattr(field, "placeholder", "") or "")]
        for field in (*at.text_input, *at.text_area):
            words.append(field.value or "")
        for box in (*at.selectbox, *at.multiselect, *at.button_group):
            words += box.options
        return plain("\n".join(words))
