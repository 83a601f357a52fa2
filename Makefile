# Two commands: `make run` opens the app on the shipped data, `make test` runs every check.
# Everything lives in .venv and var/; delete them to start afresh.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
SETUP := .venv/.setup
DEVELOP := .venv/.develop

.PHONY: run run-all aggregate new use setup test lint types contracts unit browser browser-ready postgres-ready nginx-ready promtool-ready faults drills firefox attack simulate mutants fuzz audit bench bench-short data clean

run: setup ## Set everything up and open the app on http://127.0.0.1:8501
	@$(BIN)/python -m server.port $(PORT)
	$(BIN)/streamlit run app.py --server.port $(PORT)

run-all: $(SETUP) ## Open every partnership in partnerships/ behind http://127.0.0.1:8501, one process each
	@$(BIN)/python -m server.vendor
	@$(BIN)/python -m server.precompressed
	$(BIN)/python -m server.partnerships --port $(PORT)

setup: $(SETUP) ## Virtual environment, browser assets, database, shipped data
	@$(BIN)/python -m server.vendor
	@$(BIN)/python -m server.precompressed
	@$(BIN)/python -m data.publishing.bootstrap

aggregate: $(SETUP) ## Count cases or answers on a page of this machine alone (127.0.0.1:8502); nothing is kept
	@$(BIN)/python -m data aggregate page

new: $(SETUP) ## Begin a partnership of your own: make new NAME=nordby asks six questions; `make run` then opens it
	@test -n "$(NAME)" || { echo "make new NAME=nordby"; exit 1; }
	@$(BIN)/python -m data new partnerships/$(NAME) --use

use: ## Let `make run` open another partnership of your own (NAME=nordby), or the shipped example (no NAME)
	@mkdir -p partnerships && echo "$(NAME)" > partnerships/chosen

$(SETUP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=/path/to/python3.11 make run)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(DEVELOP): $(SETUP) requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

test: setup $(DEVELOP) lint types contracts unit browser bench-short ## Every check there is

lint: $(DEVELOP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEVELOP)
	$(BIN)/mypy

contracts: $(DEVELOP)
	$(BIN)/lint-imports --no-cache

unit: setup $(DEVELOP) postgres-ready nginx-ready promtool-ready
	$(BIN)/pytest --ignore=tests/browser -n auto --dist worksteal

browser: setup $(DEVELOP) browser-ready
	$(BIN)/pytest tests/browser -n 2 --dist worksteal

browser-ready: # Debian's Chromium, installed here when we may, else a word on how
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	  || test -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
	  || { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	  || { echo "The browser tests need Chromium: 'sudo apt-get install chromium' (Debian) or 'brew install --cask google-chrome' (macOS), then 'make test' again."; exit 1; }

nginx-ready: # Debian's nginx, installed here when we may; without it the test of the deployment is skipped, in CI it fails
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx \
	  || { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq nginx >/dev/null; } \
	  || echo "The test of the deployment is skipped: 'sudo apt-get install nginx' (Debian) or 'brew install nginx' (macOS) brings it in."

promtool-ready: # Debian's promtool, installed here when we may; without it the test of the alerts is skipped, in CI it fails
	@command -v promtool >/dev/null \
	  || { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq --no-install-recommends prometheus >/dev/null; } \
	  || echo "The test of the alerts is skipped: 'sudo apt-get install prometheus' (Debian) or 'brew install prometheus' (macOS) brings it in."

postgres-ready: # Debian's PostgreSQL server, installed here when we may; without it the tests on it are skipped, in CI they fail
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null \
	  || { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq postgresql >/dev/null; } \
	  || echo "The tests on PostgreSQL are skipped: 'sudo apt-get install postgresql' (Debian) or 'brew install postgresql' (macOS) brings them in."

.PHONY: screens
screens: setup $(DEVELOP) browser-ready ## Pictures of every page at three widths, light and dark, in test-results/screens
	$(BIN)/python -m tests.browser.screens

faults: setup $(DEVELOP) postgres-ready ## Kill, fill, stop and tamper, 200 rounds instead of the few that 'make test' runs, and upgrade databases of older commits
	TRYGHED_FAULT_ROUNDS=200 $(BIN)/pytest tests/faults
	$(BIN)/python -W ignore -m tests.faults.upgrades

drills: setup $(DEVELOP) ## Grow an installation to 200 releases and look for leaks for half an hour; tells figures, and fails where one is above its bound
	$(BIN)/python -W ignore -m tests.faults.scale 200 10000 200
	$(BIN)/python -W ignore -m tests.faults.leaks

firefox: setup $(DEVELOP) ## Journeys of a reader in this machine's Firefox (Debian: apt install firefox-esr)
	$(BIN)/python -W ignore -m tests.firefox

attack: setup $(DEVELOP) ## Try to work out hidden counts: 1,000 random tables, 1,000 random histories of releases, all shipped data
	ATTACKED_CUBES=1000 ATTACKED_HISTORIES=1000 $(BIN)/pytest tests/analysis/test_disclosure.py tests/analysis/test_disclosure_over_time.py tests/data/test_protect.py tests/data/test_correction_over_releases.py -n auto

mutants: setup $(DEVELOP) ## Change analysis/ and data/contracts a little, thousands of times: which changes no test notices (an hour or more; WHICH="analysis.trends*" for a part)
	$(BIN)/mutmut run $(WHICH)
	$(BIN)/mutmut results

fuzz: setup $(DEVELOP) ## Hand every reader thousands of broken files, ten minutes in all (FUZZ_SECONDS)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-fuzz.txt
	$(BIN)/python -m tests.fuzz $(or $(FUZZ_SECONDS),600)

audit: setup $(DEVELOP) ## Look for known vulnerabilities in everything we stand on; needs the network
	@$(BIN)/python -c 'import urllib.request as u; u.urlopen("https://pypi.org/pypi/pip/json", timeout=20)' 2>/dev/null \
	  || { echo "The register of known vulnerabilities cannot be reached from here, so nothing has been looked up."; exit 1; }
	$(BIN)/pip-audit --strict --requirement requirements.txt --no-deps --disable-pip

simulate: setup $(DEVELOP) ## How often the verdicts are wrong when the truth is known, each beside its promise; minutes
	$(BIN)/python -m benchmarks.simulations

bench-short: setup $(DEVELOP) ## What CI runs of it: fails where we have fallen back tenfold beside a rival
	$(BIN)/python -m benchmarks --short

bench: setup $(DEVELOP) ## Time what has to be fast, beside its rivals; the table of the README
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	$(BIN)/python -m benchmarks

clean: ## Remove the environment, the database and the caches
	rm -rf .venv var static/vendor static/packed static/geo node_modules
