"""A folder is what it may import (the rooms of the house), the arrows have no circle, and nothing grows out of hand."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORE = ROOT / "insek_core"
GROUND, MONEY = {"plan", "rules.ground"}, {"rules.money", "rules.time", "rules.goals", "rules.places"}
TRUE = GROUND | MONEY | {"rules.people", "rules.chance"}  # what is true of one plan, part by part
RULES = TRUE | {"rules.checks", "rules"}
MAY_IMPORT = {
    "plan": {"plan"},
    "rules.ground": GROUND,
    "rules.goals": GROUND | {"rules.goals"},
    "rules.places": GROUND | {"rules.places"},
    "rules.time": GROUND | {"rules.time", "rules.goals", "rules.places"},
    "rules.money": GROUND | MONEY,
    "rules.people": GROUND | MONEY | {"rules.people"},
    "rules.chance": GROUND | MONEY | {"rules.chance"},
    "rules.checks": TRUE | {"rules.checks"},
    "rules": RULES,
    "change": RULES | {"change"},
    "storage": RULES | {"change", "storage"},
    "exchange": RULES | {"change", "storage", "exchange"},
    "views": RULES | {"change", "views"},
    "papers": RULES | {"change", "views", "papers"},
    "cli": RULES | {"change", "storage", "exchange", "views", "papers", "cli"},
}
WHERE = {  # the files of rules/ that lie in no sub-room
    **dict.fromkeys(("figures", "rounding", "settings", "structure", "__init__"), "rules.ground"),
    **dict.fromkeys(("checks", "moneychecks", "timechecks", "situation"), "rules.checks"),
    **dict.fromkeys(("assessment", "fairness", "guide", "profile", "profilesentences", "registration"), "rules"),
}
OURS = ("plan", "rules", "change", "storage", "exchange", "views", "papers")
THIRD_PARTY: dict[str, set[str]] = {"plan": set(), "rules": {"holidays", "dateutil", "numpy"}, "change": {"ortools"}}
FILES = sorted(CORE.rglob("*.py"))
SCREENS = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
EVERY = [*FILES, *SCREENS]
EVERY_FILE = [
    *EVERY,
    *(path for where in ("tests", "benchmarks", "data") for path in sorted((ROOT / where).rglob("*.py"))),
]


def imports(path: Path) -> Iterator[str]:
    """The full names a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def file_of(found: str) -> Path | None:
    """The file of ours that an imported name lies in: a module, or the package itself; None for a library."""
    parts = found.split(".")
    for length in range(len(parts), 0, -1):
        base = ROOT.joinpath(*parts[:length])
        if (file := base.with_suffix(".py")).is_file():
            return file
        if (file := base / "__init__.py").is_file():
            return file
    return None


def room(path: Path) -> str:
    """The room of a file of the core: its folder, in rules/ the sub-room."""
    first, *rest = path.relative_to(CORE).with_suffix("").parts
    if first != "rules":
        return first
    return WHERE[rest[0]] if len(rest) == 1 else f"rules.{rest[0]}"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


ROOMS = [path for path in FILES if path.parent != CORE]


@pytest.mark.parametrize("path", ROOMS, ids=name)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    for found in imports(path):
        top = found.split(".")[0]
        assert top not in ("streamlit", "pages", "app"), found
        if top == "insek_core":
            target = file_of(found)
            assert target and room(target) in MAY_IMPORT[room(path)], found
        elif (first := room(path).split(".")[0]) in THIRD_PARTY:
            assert top in sys.stdlib_module_names | THIRD_PARTY[first], found


def test_there_is_no_circle_of_imports() -> None:
    edges = {path: {found for text in imports(path) if (found := file_of(text)) and found != path} for path in EVERY}
    list(TopologicalSorter(edges).static_order())


@pytest.mark.parametrize("path", SCREENS, ids=name)
def test_screens_import_rooms_and_one_another_only(path: Path) -> None:
    for found in imports(path):
        top, *rest = found.split(".")
        assert top != "insek_core" or rest[0] in OURS, found
        assert top not in ("sqlite3", "sqlite_utils"), found


@pytest.mark.parametrize("path", sorted((ROOT / "pages").rglob("*.py")), ids=name)
def test_the_shell_knows_no_part_and_a_part_no_page(path: Path) -> None:
    where = path.parent.relative_to(ROOT / "pages").parts[:1]
    known = {("shell",): ("shell",), ("parts",): ("shell", "parts"), (): ("shell", "parts")}[where]
    for found in imports(path):
        top, *rest = found.split(".")
        assert top != "pages" or rest[0] in known, found


def test_every_room_is_known() -> None:
    assert {room(path) for path in ROOMS} == set(MAY_IMPORT)
    assert {path.name for path in FILES if path.parent == CORE} == {"__init__.py", "__main__.py"}


def test_a_room_of_rules_holds_fourteen_files_at_most() -> None:
    for folder in [CORE / "rules", *(path for path in (CORE / "rules").rglob("*") if path.is_dir())]:
        assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= 14, folder.name


# lines and lengths: the habit of the house, and who may depart from it


def _tables(tree: ast.Module) -> set[int]:
    """The lines of tables of data: literals of more than a line that a module names at its top."""
    rows = (
        node
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and isinstance(node.value, ast.Dict | ast.Tuple | ast.List | ast.Set)
    )
    return {line for node in rows for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}


@pytest.mark.parametrize("path", EVERY_FILE, ids=name)
def test_lines_fit_and_the_formatter_is_only_held_off_tables_of_data(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tables = _tables(ast.parse(text))
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if n not in tables]
    assert [n for n, line in lines if len(line) > 120 or re.search(r"# fmt: (skip|off)$", line)] == []


SAME_NAME: dict[str, str] = {}  # public names that two modules below the screens share, and why


def _public_names(path: Path) -> set[str]:
    """The classes, functions and types (names in CamelCase) a module defines for others."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.add(node.targets[0].id)
    return {n for n in found if not n.startswith("_") and not n.isupper()}


def test_no_name_has_two_meanings() -> None:
    """Below views, papers and command line, which name a picture or a table after what it shows."""
    homes: dict[str, list[str]] = {}
    for room in ("plan", "rules", "change", "exchange", "storage"):
        for path in (CORE / room).rglob("*.py"):
            for n in _public_names(path):
                homes.setdefault(n, []).append(name(path))
    assert {n for n, paths in homes.items() if len(paths) > 1} == set(SAME_NAME)


LONG_FILES = {  # of more than 250 lines, and why they are one piece
    "insek_core/storage/store.py": "one connection with its transactions: load, save, versions, drafts and statistics",
    "insek_core/plan/process.py": "the records of process and people, nothing but columns",
    "insek_core/rules/time/net/worktasks.py": "the critical path of a project file from its tasks to their dates",
    "pages/parts/time.py": "the questions of the Zeitplan, each drawn only when it is asked",
}
LONG_FUNCTIONS = {  # of more than 45 lines: one literal each, a list of facts, keys or layers
    "_time": "the facts of time, one after the other",
    "assessment": "the keys of `assess --json`, as documented",
    "forecast": "one record filled from one simulation",
    "kink_rows": "the rows of one picture",
    "seats_chart": "the layers of one picture",
    "years_spec": "the layers of one picture",
}
LONG_PAGES = {  # of more than 60 lines: screens that are made of several pictures
    "gremien.py",
    "haushalt.py",
    "praesentation.py",
    "ueberblick.py",
}


def _lengths(path: Path) -> dict[str, int]:
    """The length of each function of a file, without its docstring."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            told = node.body[0] if ast.get_docstring(node) else None
            less = (told.end_lineno or told.lineno) - told.lineno + 1 if told else 0
            found[node.name] = (node.end_lineno or node.lineno) - node.lineno + 1 - less
    return found


@pytest.mark.parametrize("path", EVERY, ids=name)
def test_no_file_and_no_function_is_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert (lines > 250) == (name(path) in LONG_FILES), "an exception is named, and taken back when it is none"
    assert {n for n, length in _lengths(path).items() if length > 45} <= set(LONG_FUNCTIONS)


def test_a_page_fits_on_a_screen_and_a_rule_in_fifteen_lines() -> None:
    pages = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "pages").glob("*.py")}
    assert {page for page, lines in pages.items() if lines > 60} == LONG_PAGES and max(pages.values()) <= 105
    rules = sorted(n for path in (CORE / "rules").rglob("*.py") for n in _lengths(path).values())
    assert rules[len(rules) // 2] <= 8 and sum(n > 30 for n in rules) <= 9 and rules[len(rules) * 9 // 10] <= 20
