"""A folder is what it may import (the rooms of the house), and nothing in it grows out of hand."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OURS = ("plan", "rules", "storage", "views", "papers")
MAY_IMPORT = {
    "plan": {"plan"},
    "rules": {"rules", "plan"},
    "storage": {"storage", "rules", "plan"},
    "views": {"views", "rules", "plan"},
    "papers": {"papers", "views", "rules", "plan"},
}
THIRD_PARTY = {"plan": set(), "rules": {"holidays", "dateutil", "numpy"}}
SOLVER = {"repair.py": {"ortools"}}  # the one rule that needs it
FILES = sorted((ROOT / "insek_core").rglob("*.py"))
SCREENS = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    """The full names a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports relatively"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def room(path: Path) -> str:
    return path.relative_to(ROOT / "insek_core").parts[0]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    for found in imports(path):
        top, *rest = found.split(".")
        if top == "insek_core" and room(path) in MAY_IMPORT:
            assert rest and rest[0] in MAY_IMPORT[room(path)], found
        assert top not in ("streamlit", "pages", "app"), found
        if top != "insek_core" and room(path) in THIRD_PARTY:
            assert top in sys.stdlib_module_names | THIRD_PARTY[room(path)] | SOLVER.get(path.name, set()), found


@pytest.mark.parametrize("path", SCREENS, ids=name)
def test_screens_import_rooms_and_one_another_only(path: Path) -> None:
    for found in imports(path):
        top, *rest = found.split(".")
        assert top != "insek_core" or rest[0] in OURS, found
        assert top not in ("sqlite3", "sqlite_utils"), found


def test_every_room_is_known() -> None:
    assert {room(path) for path in FILES} <= {*OURS, "__init__.py", "__main__.py", "scheduling.py", "whatif.py"}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_function_and_no_file_is_too_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 420
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > 45] == []
