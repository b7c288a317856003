# make run · make test · make accessibility · make walk · make test-wagtail8 · make services · make search-server · make format · make messages · make lock

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
VAR_DIR ?= $(CURDIR)/var
UV_VERSION = 0.13.9
BIN = .venv/bin
MANAGE = $(BIN)/python manage.py
# The machine's certificates where it has them: they may be those of a company's proxy.
CERTS = $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),--system-certs)
INSTALL = $(BIN)/uv pip sync --quiet $(CERTS) --python $(BIN)/python --require-hashes --compile-bytecode
COMPILE = $(BIN)/uv pip compile --quiet $(CERTS) --upgrade --generate-hashes --python-version 3.11 --no-emit-index-url
export PORT VAR_DIR

.NOTPARALLEL:
.PHONY: run test accessibility walk test-wagtail8 services search-server format messages lock

# ---- Trying it out -----------------------------------------------------------------------

run: .venv/run build/catalogues
	@$(MANAGE) start
	@PATH="$(CURDIR)/$(BIN):$$PATH" BASE_URL="$${BASE_URL:-http://localhost:$(PORT)}" \
		PYTHONUNBUFFERED=1 DJANGO_RUNSERVER_HIDE_WARNING=true \
		$(BIN)/honcho start || test $$? = 130 # Ctrl-C

.venv/bin/uv:
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

.venv/run: .venv/bin/uv requirements.txt
	@$(INSTALL) requirements.txt
	@touch $@

build/catalogues: .venv/run $(wildcard locale/*/LC_MESSAGES/*.po)
	@mkdir -p build
	@$(MANAGE) catalogues
	@touch $@

# ---- Checking ----------------------------------------------------------------------------

test: .venv/test build/catalogues
	@BIN=$(BIN) deploy/test

# Every address of the admin as every role, random sequences of steps, and an Elasticsearch that is
# killed: minutes of their own.
walk: .venv/test build/catalogues
	@BIN=$(BIN) deploy/walk

.venv/test: .venv/run requirements-dev.txt
	@$(INSTALL) requirements.txt requirements-dev.txt
	@touch $@

# Axe on every page, screen and form: as long as all other journeys, so it is a step of its own.
accessibility: .venv/test build/catalogues
	@set -a; ! test -f build/services.env || . build/services.env; \
		$(BIN)/pytest -q --durations=8 tests/journeys -m accessibility

# The second row: the same code and tests on the next Wagtail, whose other packages are as locked.
test-wagtail8: export DJANGO_SETTINGS_MODULE = portal.settings.test
test-wagtail8: build/wagtail8/ready build/catalogues
	@build/wagtail8/bin/python manage.py check --fail-level WARNING
	@build/wagtail8/bin/python manage.py makemigrations --check --dry-run
	@build/wagtail8/bin/pytest -n auto -q --ignore=tests/journeys

build/wagtail8/ready: .venv/test requirements-wagtail8.txt
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python build/wagtail8
	@$(BIN)/uv pip install --quiet $(CERTS) --python build/wagtail8/bin/python --no-verify-hashes \
		--override requirements-wagtail8.txt -r requirements.txt -r requirements-dev.txt
	@touch $@

services:
	@deploy/services

# Elasticsearch on this machine: SEARCH_ENGINE=elasticsearch ELASTICSEARCH_URL=http://127.0.0.1:59200 make run
search-server:
	@deploy/elasticsearch
	@echo "SEARCH_ENGINE=elasticsearch ELASTICSEARCH_URL=http://127.0.0.1:$${ELASTICSEARCH_PORT:-59200} make run"
	@echo "searches with it; deploy/elasticsearch stop stops it."

# ---- Changing ----------------------------------------------------------------------------

format: .venv/test
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

messages: .venv/run
	$(MANAGE) messages

lock: .venv/bin/uv
	$(COMPILE) requirements.in -o requirements.txt
	$(COMPILE) requirements-dev.in -o requirements-dev.txt
