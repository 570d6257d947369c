"""What many tests need: the example as a plan, as a database of one's own, and the worked cases beside the
repository.
"""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

from insek_core.plan import Plan
from insek_core.storage.embedded import example_plan
from insek_core.storage.example import create_example

ROOT = Path(__file__).resolve().parents[1]

PROFILE, TIMES = os.environ.get("HYPOTHESIS_PROFILE", "ci"), 10  # docs/decisions/0009-hypothesis-profiles.md
common = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("ci", common, derandomize=True)
kept = DirectoryBasedExampleDatabase(ROOT / ".hypothesis" / "examples")
settings.register_profile("fuzz", common, database=kept, print_blob=True)
settings.load_profile(PROFILE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """When fuzzing, every law is tried with ten times its examples, whatever number it states itself."""
    stated = "_hypothesis_internal_use_settings"
    tests = {getattr(item, "obj", None) for item in items}  # one law can be several items
    for law in (test for test in tests if PROFILE == "fuzz" and hasattr(test, stated)):
        own = getattr(law, stated)
        setattr(law, stated, settings(own, max_examples=TIMES * own.max_examples))


@pytest.fixture(scope="session")
def example() -> Plan:
    """The council paper as a plan."""
    return example_plan()


@pytest.fixture(scope="session")
def example_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh example database, made once; tests that write take `db`."""
    path = tmp_path_factory.mktemp("example") / "example.sqlite"
    create_example(path).close()
    return path


@pytest.fixture
def db(example_db: Path, tmp_path: Path) -> Path:
    """A copy of the example database for one test."""
    return Path(shutil.copy(example_db, tmp_path / "insek.sqlite"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the worked cases, which lies beside the repository and is not part of it."""
    folder = ROOT.parent / "shared"
    if not (folder / "cases").is_dir():
        pytest.skip("the worked cases in ../shared/cases are not here")
    return folder


@pytest.fixture(scope="session")
def shared_case(shared: Path) -> Callable[[str], Any]:
    """Reads one file of worked cases."""

    def read(name: str) -> Any:
        path = shared / "cases" / name
        if not path.exists():
            pytest.skip(f"../shared/cases/{name} is not here")
        return json.loads(path.read_text(encoding="utf-8"))

    return read


@pytest.fixture(scope="session")
def own_case() -> Callable[[str], Any]:
    """Reads one file of tests/cases: worked by hand, each case with its source."""

    def read(name: str) -> Any:
        return json.loads((ROOT / "tests" / "cases" / name).read_text(encoding="utf-8"))

    return read
