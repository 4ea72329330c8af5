# Two commands matter: `make demo` shows the site, `make test` proves it. Both need only Python 3.11 or later.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-everything test-faults test-hostile lint reset bench bench-hall lock messages

demo: $(VENV)/.demo
	@SITE_MODE=demo PORT=$(PORT) $(BIN)/python -m otg_site.demo

# The whole suite; TESTS narrows it down: make test TESTS=tests/events/rsvps, make test TESTS="-m unit"
TESTS ?= tests
test: $(VENV)/.tests
	@command -v chromium >/dev/null || echo "Chromium was not found: the browser tests are skipped (apt-get install chromium)."
	@SITE_MODE=test EVERYTHING=$(EVERYTHING) $(BIN)/pytest -n 2 --dist worksteal $(TESTS)

# As `make test`, with the full product of languages, themes and widths, and every hostile part at every address; for the night.
test-everything:
	@$(MAKE) --no-print-directory test EVERYTHING=1

# Real processes are killed, the mail server and the disk taken away, people are slow. FAULTS=short takes 5 minutes, full about 35.
FAULTS ?= full
test-faults: $(VENV)/.tests
	@FAULTS=$(FAULTS) SITE_MODE=test $(BIN)/pytest -s tests/faults

# Every address as four roles with what no browser sends, from a seed: 20,000 take two or three minutes.
REQUESTS ?= 20000
SEED ?= 1
test-hostile: $(VENV)/.tests
	@FAULTS=full REQUESTS=$(REQUESTS) SEED=$(SEED) SITE_MODE=test $(BIN)/pytest -s tests/faults/storm/test_hostile.py

lint: $(VENV)/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates

# Throw away what people did in the demo: its database, its mails, its pictures.
reset:
	@SITE_MODE=demo $(BIN)/python -m otg_site.demo reset

# How fast pages, sign-ups and boards are, and how pages grow: ten minutes, on this machine alone; PARTS narrows it
# down: make bench PARTS="growth board"
PARTS ?=
bench: $(VENV)/.demo
	@$(BIN)/python -m bench $(PARTS)

# A hall of 1,400 phones plays 25/10 for six minutes. HALL takes options: make bench-hall HALL="--people 60 --seconds 5",
# HALL="--leave 0.3 --late 0.1", HALL=--kill
HALL ?=
bench-hall: $(VENV)/.demo
	@$(BIN)/python -m bench.hall $(HALL)

$(VENV)/.demo: requirements.lock
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "Installing (once) …"
	@$(BIN)/pip install --quiet --require-hashes --no-deps -r requirements.lock
	@touch $@

$(VENV)/.tests: tests/requirements.lock $(VENV)/.demo
	@echo "Installing what the tests need (once) …"
	@$(BIN)/pip install --quiet --require-hashes --no-deps -r tests/requirements.lock
	@touch $@

# The locks come from pyproject.toml: all of it, what the demo needs, and what a server may turn on. The smaller ones are
# held to the versions of the largest. To be run once a month (docs/operations.md, Staying up to date).
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
lock: $(VENV)/.tests
	$(LOCK) --all-extras pyproject.toml -o tests/requirements.lock
	$(LOCK) --extra demo -c tests/requirements.lock pyproject.toml -o requirements.lock
	$(LOCK) --extra server -c tests/requirements.lock pyproject.toml -o server.lock

# Collect new texts for translation, and compile what is translated (needs gettext).
messages: $(VENV)/.demo
	SITE_MODE=development $(BIN)/python manage.py makemessages --locale nb --locale sv --no-obsolete --no-location --ignore .venv
	SITE_MODE=development $(BIN)/python manage.py compilemessages --ignore .venv
