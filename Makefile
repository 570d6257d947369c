# Two commands do everything: `make run` and `make test`. Nothing but Python 3.11+ and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
# one test more side by side than there are cores: those with a browser mostly wait
WORKERS ?= $(shell $(PYTHON) -c "import os; print((os.cpu_count() or 1) + 1)")

.PHONY: run test lint fuzz bench clean

run: $(VENV)/.app ## set up and serve the app on http://127.0.0.1:8501
	$(BIN)/uvicorn app:app --host 127.0.0.1 --port $(PORT) --no-access-log

test: lint ## set up, lint, types, all tests
	$(BIN)/python -m pytest -n $(WORKERS) -q

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

fuzz: $(VENV)/.dev ## the property tests alone, with new random examples and ten times as many
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n auto -q -m hypothesis

bench: $(VENV)/.dev ## measure; never part of the test run's verdict
	$(BIN)/python -m pytest benchmarks -q

$(VENV)/.app: requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(VENV)/.dev: $(VENV)/.app requirements-dev.txt requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .hypothesis
