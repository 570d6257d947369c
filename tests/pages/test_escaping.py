"""What a person types is text on every screen: no tag of theirs reaches the browser as one."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from screen import PAGES, Screen

from insek_core.plan import TABLES, Plan
from insek_core.plan.codec import with_tables
from insek_core.plan.record import Record, columns_of
from insek_core.storage.store import Store

TAG = "<i>x</i>"


def typed(row: Record) -> Record:
    """The record with a tag behind each of its free texts."""
    free = [c.name for c in columns_of(type(row)) if c.kind.name == "text" and c.name not in ("id", "value")]
    names = {field.name for field in fields(row)}
    return replace(
        row, **{name: f"{getattr(row, name)} {TAG}" for name in free if name in names and getattr(row, name)}
    )


def plan_of_tags(plan: Plan) -> Plan:
    return with_tables(plan, {table: tuple(map(typed, plan.rows(table))) for table in TABLES if table != "settings"})


@pytest.fixture
def tags_in_use(example_in_use: Path) -> Path:
    """The example with tags in every text, saved by a person with a tag in name and reason."""
    store = Store(example_in_use)
    store.save(plan_of_tags(store.load()), based_on=1, author=f"Frau {TAG}", reason=f"weil {TAG}", name=f"Stand {TAG}")
    store.save(store.load(), based_on=2, author=f"Herr {TAG}", reason=f"deshalb {TAG}")
    store.close()
    return example_in_use


@pytest.mark.parametrize("page", PAGES)
def test_no_typed_tag_is_a_tag_on_any_screen(page: str, tags_in_use: Path) -> None:
    screen = Screen(page)
    screen.at.session_state["aenderungen"] = ("longer:P2=90", "drop=KO-10")
    for box in ("anmeldung", "risiko", "reparatur"):
        screen.at.session_state[box] = True
    screen.run()
    assert not screen.at.exception
    assert [html[max(0, html.find(TAG) - 80) :][:160] for html in screen.html if TAG in html] == []
    assert any("&lt;i&gt;x&lt;/i&gt;" in html for html in screen.html), "the text itself is shown"


def test_author_and_reason_of_the_last_save_are_text(tags_in_use: Path) -> None:
    html = "".join(Screen("daten").html)
    assert "zuletzt gespeichert von Herr &lt;i&gt;x&lt;/i&gt;: deshalb &lt;i&gt;x&lt;/i&gt;." in html


def test_the_name_of_an_indicator_is_text(tags_in_use: Path) -> None:
    (answer,) = (html for html in Screen("karte").html if "class='antwort'" in html)
    assert "&lt;i&gt;x&lt;/i&gt;" in answer and TAG not in answer


@pytest.mark.parametrize("tab", ["Versionen", "Rücklauf der Ämter"])
def test_the_other_tabs_of_the_data_screen_show_text_too(tab: str, tags_in_use: Path) -> None:
    assert not any(TAG in html for html in Screen("daten").tab(tab).html)
