# Tirek. `make help` lists the commands. Needs Linux, make and Python 3.11 or newer, nothing else.

SHELL := /bin/sh
PORT ?= 8000
export PORT

PYTHON := $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$each" && break; done)
VENV := .venv/bin/python
# Keep what a user's own settings say about Python out of it.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help run demo-reset test coverage coverage-report lint lint-types lint-rest lint-fix messages lock fuzz matrix bench-live bench-faults bench-faults-embedded bench-hostile bench-signals bench-disturbance bench-video bench-pages bench-reports bench-disclosure pictures check-python install-run install-dev

help: ## List the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

run: check-python ## Start everything with demo data. DEMO=0 without, PORT=8001 elsewhere
	@$(PYTHON) -m ops.place
	@$(PYTHON) -m ops.install run
	@$(VENV) -m ops.prepare
	@exec $(VENV) -m ops.supervise

demo-reset: check-python ## Remove the demo data; the next run makes it anew
	@$(PYTHON) -m ops.reset

test: install-dev ## Run all tests. DATABASE_URL, BROKER_URL, CHANNEL_URL choose PostgreSQL and Redis
	@$(VENV) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

coverage: ## Run all tests and report what they did not reach
	@$(MAKE) --no-print-directory test ARGS="--cov --cov-report= $(ARGS)"
	@$(MAKE) --no-print-directory coverage-report

coverage-report: ## What the tests run with --cov did not reach; fails below 95 %, or 100 % where rules are decided
	@$(VENV) -m coverage report
	@$(VENV) -m coverage report --fail-under=100 --include='*/services/*,*/services.py,*/selectors/*,*/selectors.py,*/rules/*,*/rules.py,*/pipeline/*,caseflow/disclosure/*,lockdown/*,prepared/questions.py'

lint: install-dev ## Everything that is checked without running the product
	@$(MAKE) --no-print-directory -j 2 lint-types lint-rest

lint-types:
	@$(VENV) -m mypy .

lint-rest:
	@$(VENV) -m ruff check .
	@$(VENV) -m ruff format --check .
	@find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 --check
	@.venv/bin/lint-imports --no-logo
	@$(VENV) manage.py makemigrations --check --dry-run
	@HTTPS=true ALLOWED_HOSTS=tirek.example $(VENV) manage.py check --deploy --database default --fail-level WARNING
	@$(VENV) -m ops.translations

lint-fix: install-dev ## Mend what the tools can mend
	@$(VENV) -m ruff check --fix . || true
	@$(VENV) -m ruff format .
	@find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 || true

messages: install-dev ## Bring the translation catalogues in line with the sources
	@$(VENV) -m ops.messages update

lock: check-python ## Renew requirements.txt and requirements-dev.txt from pyproject.toml
	@$(PYTHON) -m ops.lock

fuzz: install-dev ## Send the API far more than the tests do. FUZZ=60 examples for each operation and role
	@FUZZ=$${FUZZ:-60} $(VENV) -m pytest -n 2 $(ARGS) tests/api/test_schema.py

matrix: install-dev ## Print the counts of the access matrix as JSON
	@$(VENV) -m tests.matrix

bench-live: install-dev ## Measure delivery on a PostgreSQL and a Redis of its own: 500 pages, 50 presses a second
	@$(VENV) -m bench.live

bench-faults: install-dev ## A thousand faults over ten thousand presses, on servers of its own. SEED, FAULTS, PRESSES, SECONDS
	@$(VENV) -m bench.faults

bench-faults-embedded: install-dev ## The same with the faults that apply, on the embedded default
	@EMBEDDED=1 FAULTS=$${FAULTS:-250} PRESSES=$${PRESSES:-2500} SECONDS=$${SECONDS:-600} $(VENV) -m bench.faults

bench-signals: install-dev ## Simulate false alarms and detection of the mood chart with the product's own chart. PUPILS
	@$(VENV) -m bench.signals

bench-disturbance: install-dev ## How long one picture of a corridor camera takes on one core. FRAMES
	@$(VENV) -m bench.disturbance

bench-video: install-dev ## Analyse a made lesson of twenty seats on one core, beside mere decoding and a plain loop
	@$(VENV) -m bench.video

bench-pages: install-dev ## Ask for the pages of a working day in a full PostgreSQL of its own, beside a hundredth of it
	@$(VENV) -m bench.pages

bench-reports: install-dev ## Report, paper and explorer over a million events in a PostgreSQL of its own, beside a tenth. ASKED, ROUNDS
	@$(VENV) -m bench.reports

bench-disclosure: install-dev ## Release the figures of random regions and attack them all together. REGIONS, SEED, WORKERS
	@$(VENV) -m bench.disclosure

bench-hostile: install-dev ## Files made to harm, through the way every video goes. FILES, CRAFTED, SEED, WORKERS
	@$(VENV) -m bench.hostile

pictures: install-dev ## Take the pictures of the README anew, on the way through the product
	@CI=true PICTURES=docs/pictures $(VENV) -m pytest -q tests/way

install-run: check-python
	@$(PYTHON) -m ops.install run

install-dev: check-python
	@$(PYTHON) -m ops.install dev
	@$(VENV) -m ops.assets
	@$(VENV) -m ops.messages compile

check-python:
	@test -n "$(PYTHON)" || { echo "tirek: Python 3.11 or newer is needed; here is: $$(python3 --version 2>&1 || echo none)" >&2; exit 1; }
