"""README and glossary are held to the code."""

import re
from datetime import date
from pathlib import Path

import pytest

from insek_core.cli.main import COMMANDS
from insek_core.papers.report import assessment
from insek_core.plan import TABLES, Plan
from insek_core.plan.finance import FINANCING
from insek_core.plan.process import LINK_TYPES
from insek_core.plan.values import EVIDENCE
from insek_core.rules.assessment import assess

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in ("insek_core", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
)


def rows_of_glossary() -> list[list[str]]:
    lines = [
        line for line in GLOSSARY.splitlines() if line.startswith("| ") and not line.startswith(("| Deutsch", "| ---"))
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_glossary_rows_have_term_identifier_meaning_and_source() -> None:
    for row in rows_of_glossary():
        assert len(row) == 4 and all(row), row


@pytest.mark.parametrize("identifier", [*TABLES, *FINANCING, *LINK_TYPES, *EVIDENCE])
def test_glossary_holds_every_table_and_code(identifier: str) -> None:
    assert f"`{identifier}`" in GLOSSARY


def test_every_identifier_of_the_glossary_is_in_the_code() -> None:
    missing = [
        name
        for row in rows_of_glossary()
        for name in re.findall(r"`([^`]+)`", row[1])
        if not re.search(rf"\b{name}\b", CODE)
    ]
    assert missing == []


def test_readme_names_only_commands_that_exist() -> None:
    assert set(re.findall(r"python -m insek_core ([\w-]+)", README)) == set(COMMANDS)
    for target in re.findall(r"^make (\w+)", README, re.M):
        assert re.search(rf"^{target}:", MAKEFILE, re.M), target


def test_readme_names_only_places_that_exist() -> None:
    for place in re.findall(r"`((?:[\w.]+/)+[\w.]*|app\.py)`", README):
        assert (ROOT / place).exists(), place


def test_readme_pictures_exist() -> None:
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).stat().st_size > 10_000, picture


def test_windows_lines_install_what_make_installs() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(
        re.findall(r"^([A-Za-z0-9-]+)==([\w.]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    )
    assert pinned
    for name, version in pinned.items():
        assert f"{name}=={version}" in lock, name


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs/decisions").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_requirement_says_why() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if "==" in line:
                assert re.search(r"==\S+\s+# \w", line), line


def test_command_line_page_names_every_key_of_assess(example: Plan) -> None:
    documented = set(re.findall(r"`(\w+)`", (ROOT / "docs/cli.md").read_text(encoding="utf-8")))
    printed = assessment(assess(example, (), date(2015, 6, 1)))
    assert set(printed) <= documented
