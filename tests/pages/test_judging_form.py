"""The question that judges: what is typed is a draft, saving makes one version, a refusal loses nothing."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from matrices import OFFICE, goal_system_plan
from screen import Screen
from small import TODAY

from insek_core.change.judging import edits_text, judge, weights_of
from insek_core.storage.store import Store

OWNER = "a" * 24
MINE = f"bewertung@{OWNER}"
SAVE = "Bewertungen speichern"
EDITS = {("Z1", "FT-02"): -2, ("Z4", "FT-01"): None}


class Judging(Screen):
    """The Zielsystem of somebody who judges, with nothing else open: quicker than all of it."""

    def __init__(self, **query: str) -> None:
        super().__init__("zielsystem", fragen="Wie stark dient was welchem Ziel?", **query)

    def run(self) -> "Judging":
        self.at.session_state["entwurf"] = OWNER
        self._run()
        return self


def asked(**query: str) -> Screen:
    """The question that judges, of somebody whose drafts are known."""
    return Judging(**query)


def typed(path: Path, edits: dict[tuple[str, str], int | None], base: int = 1) -> None:
    """As the browser's keys leave it: a draft."""
    with closing(Store(path)) as store:
        store.put_draft(MINE, {"based_on": str(base), "edits": edits_text(edits)})


def save(screen: Screen, reason: str = "Runde der Bereiche", office: str = "ORG-SPA") -> Screen:
    screen.at.selectbox(key="bewertung.wer").set_value(office)
    next(f for f in screen.at.text_input if str(f.key).startswith("bewertung.grund")).set_value(reason)
    return screen.click(SAVE)


def test_without_the_grid_the_matrix_is_still_there_to_read_and_nothing_is_claimed_to_be_typed(
    example_in_use: Path,
) -> None:
    screen = asked()
    behind = Screen("zielsystem").table("Ziel oder Orientierung", "Von", "Gewicht")
    assert len(behind) > 30, "the table behind the screen has it all"
    assert "23 Ziele × 31 Beiträge stehen zur Bewertung." in screen.answers
    assert any(answer.startswith("Alles gespeichert.") for answer in screen.answers)
    assert not screen.at.exception


def test_a_draft_is_saved_as_one_version_by_an_area_for_a_reason(example_in_use: Path) -> None:
    typed(example_in_use, EDITS)
    screen = asked()
    assert any(answer.startswith("2 Bewertungen sind geändert") for answer in screen.answers)
    screen.click(SAVE)
    assert "Bitte Bereich und Begründung angeben; es wurde nichts gespeichert." in screen.messages
    save(screen)
    assert "2 Zielbeiträge bewertet, gespeichert als Version 2." in screen.messages
    with closing(Store(example_in_use)) as store:
        head, plan, draft = store.head, store.load(), store.draft(MINE)
    assert (head.number, head.author, draft) == (2, "Stadtplanungsamt", {})
    assert head.reason == "2 Zielbeiträge bewertet: Runde der Bereiche"
    assert {pair: weights_of(plan)[pair] for pair in EDITS} == EDITS


def test_somebody_saves_in_between_then_both_are_told_and_the_draft_stays(example_in_use: Path) -> None:
    typed(example_in_use, EDITS)
    screen = asked()
    with closing(Store(example_in_use)) as other:
        theirs = judge(other.load(), {("Z4", "FT-01"): -1}, "ORG-SPA", TODAY, "anders")
        other.save(theirs, based_on=1, author="Umweltamt", reason="anders")
    save(screen)
    assert "Seit Version 1 hat Umweltamt Version 2 gespeichert." in screen.messages
    assert "Ihre Bewertung nicht bewertet; gespeichert ist inzwischen −1." in screen.messages
    save(screen)
    assert "gespeichert als Version 3." in screen.messages and "Umweltamt" not in screen.messages


def test_a_draft_can_be_thrown_away(example_in_use: Path) -> None:
    typed(example_in_use, EDITS)
    screen = asked().click("Entwurf verwerfen")
    assert any(answer.startswith("Alles gespeichert.") for answer in screen.answers)
    with closing(Store(example_in_use)) as store:
        assert store.draft(MINE) == {} and store.head.number == 1


def test_a_draft_of_what_is_not_there_any_more_is_no_edit(example_in_use: Path) -> None:
    typed(example_in_use, {("Z99", "FT-01"): 1, ("Z1", "weg"): 2, ("Z1", "FT-01"): 77})
    assert any(answer.startswith("Alles gespeichert.") for answer in asked().answers)


def test_two_hundred_goals_are_shown_in_parts_and_a_filter_stands_in_the_address(
    tmp_path: Path, use: Callable[[Path], Path]
) -> None:
    path = use(tmp_path / "plan.sqlite")
    Store.create(path, goal_system_plan(200, 500, 0.002), author="Test", reason="groß").close()
    screen = asked(matrixbeitraege="Fachteile")
    assert any("Ziele 1 bis 40 von 200, Beiträge 1 bis 60 von 100" in answer for answer in screen.answers)
    screen.at.selectbox(key="bewertung.ziele.").set_value(161)
    assert any("Ziele 161 bis 200 von 200" in answer for answer in screen.run().answers)
    assert OFFICE.name in screen.at.selectbox(key="bewertung.wer").options


def test_what_cannot_be_saved_is_said_and_no_form_is_shown(
    example_in_use: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("insek_core.storage.store.os.access", lambda *_: False)
    screen = asked()
    assert "schreibgeschützt" in screen.messages
    assert SAVE not in [button.label for button in screen.at.button]
