# Two commands: `make run` starts Tanggap with a story inside, `make test` runs everything that passes the tests.
# Nothing but Python 3.11+, make and git is needed.

VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/python -m flask --app wsgi
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$p" && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
TYPED := $(wildcard app/*/rules.py app/*/rules app/*/policy.py app/*/actions.py app/*/policy app/*/actions)

# Left out of `make check`, which is to take less than a minute; `make test` has them all.
LONG := tests/isolation tests/demo tests/monitoring/test_killed.py

export TANGGAP_DEMO ?= 1

.PHONY: run test test-slow check static lint types arrows unit clean
.DEFAULT_GOAL := run

run: $(VENV)/.ready
	@$(FLASK) setup
	@exec $(FLASK) up

test: export TANGGAP_DEMO = 0
test: $(VENV)/.ready-dev
	@sh tests/run.sh "not slow"

test-slow: export TANGGAP_DEMO = 0
test-slow: $(VENV)/.ready-dev
	@sh tests/run.sh "slow"

check: export TANGGAP_DEMO = 0
check: static unit

static: lint types arrows

lint types arrows unit: $(VENV)/.ready-dev

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint --lint --quiet app/templates

types:
	@$(BIN)/mypy $(TYPED)

arrows:
	@$(BIN)/lint-imports --no-cache --no-logo

unit:
	@$(BIN)/pytest -q -n 2 -m "not slow and not browser and not tree and not postgres and not office" $(LONG:%=--ignore=%)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Tanggap memerlukan Python 3.11 atau lebih baru. Pasang Python itu, lalu ulangi." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Folder .venv tidak dapat dibuat. Di Debian/Ubuntu pasang dahulu paket python3-venv." >&2; exit 2; }

$(VENV)/.ready: requirements.txt | $(VENV)/bin/python
	@echo "Memasang paket Python …" >&2
	@$(PIP) -r requirements.txt || { \
		echo "Paket tidak dapat dipasang. Periksa sambungan ke PyPI dan isi requirements.txt, lalu ulangi." >&2; exit 2; }
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt $(VENV)/.ready
	@$(PIP) -r requirements-dev.txt || { \
		echo "Paket pengembang tidak dapat dipasang. Periksa sambungan ke PyPI, lalu ulangi." >&2; exit 2; }
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
