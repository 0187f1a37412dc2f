# The commands of this project; each starts from nothing and does only what is still to be done.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup run test test-postgres system check fix bench doors lock

PYTHON ?= python3
PORT ?= 8000
export PYTHON PORT

VENV := .venv/bin/python
# Two workers: the suite is a mixture of waiting for a browser and computing.
# Each takes files in order, so that both rarely build the same register or start the same browser, and helps the other.
PYTEST := $(VENV) -m pytest -n 2 --dist worksteal
BROWSER := command -v chromium >/dev/null || .ci/system || echo "Without Chromium the browser journeys are skipped."
# What a site in production sets, for the checks that judge settings; nothing here is used to serve one.
PRODUCTION := env DEBUG=off HTTPS_ONLY=on BEHIND_PROXY=on ALLOWED_HOSTS=matrix.example \
    SECRET_KEY=not-a-secret-only-long-enough-for-the-check-of-its-length-0123456789 DATABASE_URL=sqlite://:memory:

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1|/' | \
	    while IFS='|' read -r name what; do printf '  make %-14s %s\n' "$$name" "$$what"; done

setup: ## Make the environment in .venv, with the tools for tests
	@.ci/environment dev

run: ## Serve the register on 127.0.0.1:8000 from nothing (PORT=8001, ADMIN=you@example.org)
	@.ci/serve

test: check ## Check everything and run all tests, browser journeys included
	@$(BROWSER)
	$(PYTEST)

test-postgres: setup ## Run all tests on a PostgreSQL server of their own
	@$(BROWSER)
	.ci/postgres $(PYTEST)

system: ## Install Chromium and a PostgreSQL server (Debian, as root)
	@.ci/system

check: setup ## Lint, types, settings for production, migrations
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m djlint --lint --quiet .
	$(VENV) -m mypy
	$(PRODUCTION) $(VENV) manage.py check --deploy --fail-level WARNING
	$(PRODUCTION) $(VENV) manage.py makemigrations --check --dry-run

fix: setup ## Mend what the linter can mend, and format
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .

bench: ## Measure pages at 1,000 and 10,000 partnerships, and imports (some half an hour; writes docs/bench)
	@.ci/bench
	@.ci/bench-imports

doors: setup ## Try the API with requests of every kind (some minute)
	@.ci/doors

lock: ## Lock the packages of pyproject.toml anew (UPGRADE=1: to their newest versions)
	@.ci/lock $(if $(UPGRADE),--upgrade)
