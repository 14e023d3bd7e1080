# make run, test, check, bench, soak: each does its own set-up, and only what is not yet done.

PY ?= python3
PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --no-input -qq
JOBS ?= 2
WITH_NODE := PATH="$(CURDIR)/.venv/bin:$$PATH"
ASSETS := $(shell find assets -type f)
# Running needs less than testing: Node comes with either list of packages.
INSTALLED := $(if $(filter-out run assets,$(or $(MAKECMDGOALS),run)),.venv/.dev,.venv/.run)

.DELETE_ON_ERROR:
.PHONY: run test check bench soak assets browser clean

# From a clean clone to a force with its fictional population; `exec`, so that Ctrl-C reaches the supervisor.
run: .venv/.run build/.assets
	@exec .venv/bin/watchward up --demo

# Every check, then every test; pytest's closing line comes last.
test: .venv/.dev build/.assets browser
	@$(MAKE) --no-print-directory check && checked=0 || checked=1; \
	$(PYTHON) -m pytest -n $(JOBS) --dist worksteal -m "not soak" $(ARGS) || exit 1; \
	if [ $$checked -ne 0 ]; then echo "The tests passed; the checks before them did not."; exit 1; fi

check: .venv/.dev
	@failed=0; \
	for check in "-m ruff check" "-m mypy"; do \
		echo "python $$check"; $(PYTHON) $$check || failed=1; \
	done; \
	if [ -f .importlinter ] || grep -q importlinter pyproject.toml; then \
		echo lint-imports; .venv/bin/lint-imports || failed=1; \
	fi; \
	exit $$failed

bench: .venv/.dev build/.assets browser
	@exec $(PYTHON) -m bench $(if $(QUICK),--quick) $(ARGS)

soak: .venv/.dev build/.assets browser
	@exec $(PYTHON) -m pytest -m soak $(ARGS)

assets: build/.assets

# What is installed and built goes; the force's own data in var/ stays.
clean:
	rm -rf .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache *.egg-info

.venv/.made:
	@set -e; for python in $(PY) python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then \
			$$python -m venv .venv || { echo "Python's venv is missing: on Debian, apt-get install python3-venv." >&2; exit 1; }; \
			touch $@; exit 0; \
		fi; \
	done; \
	echo "Python 3.11, 3.12 or 3.13 is needed; PY=/path/to/python chooses one." >&2; exit 1

.venv/.run: requirements.txt pyproject.toml | .venv/.made
	@echo "Installing what the force needs"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Holds all of requirements.txt too, so that after `make test` nothing is left to install for `make run`.
.venv/.dev: requirements-dev.txt requirements.txt pyproject.toml | .venv/.made
	@echo "Installing what the force and its tests need"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.run

node_modules/.made: package-lock.json package.json .npmrc | $(INSTALLED)
	@echo "Installing what the pages are built with"
	@$(WITH_NODE) npm ci --no-progress --loglevel=error >/dev/null
	@touch $@

build/.assets: $(ASSETS) node_modules/.made
	@echo "Building styles and scripts"
	@$(WITH_NODE) node assets/build.mjs
	@touch $@

browser:
	@for name in chromium chromium-browser google-chrome; do \
		if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the tests in a browser"; \
		apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; \
	else \
		echo "The tests in a browser need Chromium: install the package chromium, as root." >&2; exit 1; \
	fi
