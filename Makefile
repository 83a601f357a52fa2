# Two commands: `make run` opens the app on the shipped data, `make test` runs every check.
# Everything lives in .venv and var/; delete them to start afresh.

PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
SETUP := .venv/.setup
DEVELOP := .venv/.develop

.PHONY: run setup test lint types contracts unit browser browser-ready bench data clean

run: setup ## Set everything up and open the app on http://127.0.0.1:8501
	$(BIN)/streamlit run app.py --server.port $(PORT)

setup: $(SETUP) ## Virtual environment, browser assets, database, shipped data
	@$(BIN)/python -m components.vendor
	@$(BIN)/python -m data bootstrap

$(SETUP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (PYTHON=/path/to/python3.11 make run)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(DEVELOP): $(SETUP) requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

test: setup $(DEVELOP) lint types contracts unit browser ## Every check there is

lint: $(DEVELOP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEVELOP)
	$(BIN)/mypy

contracts: $(DEVELOP)
	$(BIN)/lint-imports --no-cache

unit: setup $(DEVELOP)
	$(BIN)/pytest --ignore=tests/browser -n auto

browser: setup $(DEVELOP) browser-ready
	$(BIN)/pytest tests/browser

browser-ready: # Debian's Chromium, installed here when we may, else a word on how
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	  || test -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
	  || { command -v apt-get >/dev/null && test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	  || { echo "The browser tests need Chromium: 'sudo apt-get install chromium' (Debian) or 'brew install --cask google-chrome' (macOS), then 'make test' again."; exit 1; }

bench: setup $(DEVELOP) ## Time what has to be fast
	$(BIN)/python -m benchmarks

clean: ## Remove the environment, the database and the caches
	rm -rf .venv var static/vendor static/geo node_modules
