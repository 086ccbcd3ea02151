# What a person needs to run, check and change vindue; `make` alone lists it.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin

# A strict editable install (the only one that type checkers see) links file by
# file: a new file needs a new install, so the marks bear a sum of the names.
ROOMS := $(dir $(wildcard */__init__.py))
NAMES := $(shell { cat pyproject.toml requirements/dev.lock; find *.py $(ROOMS) -type f -not -path '*/__pycache__/*' | LC_ALL=C sort; } | cksum | cut -d ' ' -f 1)
RUN := $(VENV)/.run-$(NAMES)
DEV := $(VENV)/.dev-$(NAMES)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --config-settings editable_mode=strict

.PHONY: help parse test lint format types layers check fuzz lock dist mutation clean

help:
	@echo "make parse   set up and print the records of the shipped page as JSON lines"
	@echo "make test    set up and run the tests"
	@echo "make check   lint, types, layers and tests, as CI does"
	@echo "make fuzz    feed the readers what nobody would write; FUZZ_SECONDS=60 a reader"
	@echo "make bench   vindue and its peers side by side: speed, memory, growth"
	@echo "make peers   vindue and its peers side by side: what is found"
	@echo "make lock    renew requirements/*.lock (needs uv)"
	@echo "make dist    build the wheel and the source archive, with a list of their parts"
	@echo "make mutation  put faults into the resolver and see which the tests miss; SAMPLE=300"
	@echo "make lint | format | types | layers | clean"

parse: $(RUN)
	@$(BIN)/vindue parse corpus/skat/page.txt

test: $(DEV)
	@$(BIN)/python -m pytest

lint: $(DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: $(DEV)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(DEV)
	@$(BIN)/mypy

layers: $(DEV)
	@$(BIN)/lint-imports

check: lint types layers test

# Coverage-guided; atheris has no wheel for every Python, the tests run the same targets without it.
TARGETS ?= page times html mail jsonl ical statuspage notice records
FUZZ_SECONDS ?= 60
fuzz: $(DEV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'atheris>=3'
	@for target in $(TARGETS); do \
		echo "fuzz $$target for $(FUZZ_SECONDS) s"; \
		$(BIN)/python -m fuzz.run $$target --seconds $(FUZZ_SECONDS) || exit 1; \
	done

bench: $(PEERS)
	@$(BENCH)/bin/python -m benchmarks $(ARGS)

peers: $(PEERS)
	@$(BENCH)/bin/python -m benchmarks.peers

# Every package that the checks run with, pinned and with its hashes, for every Python at once.
lock:
	@uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet \
		pyproject.toml --output-file requirements/run.lock
	@uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet \
		--extra dev --extra browser pyproject.toml --output-file requirements/dev.lock

dist: $(DEV)
	@.ci/supply $(BIN)/python dist

SAMPLE ?= 300
mutation: $(DEV)
	@$(BIN)/python -m tests.mutation --sample $(SAMPLE)

clean:
	@rm -rf $(VENV) $(BENCH) bench.json bench.svg build *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "vindue needs Python 3.11 or later: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUN): $(BIN)/python
	@$(INSTALL) --editable . >&2
	@rm -f $(VENV)/.run-*
	@touch $@

$(DEV): $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock >&2
	@$(INSTALL) --no-deps --no-build-isolation --editable . >&2
	@rm -f $(VENV)/.run-* $(VENV)/.dev-*
	@touch $(RUN) $@

$(BENCH)/bin/python:
	@$(PYTHON) -m venv $(BENCH)

$(PEERS): $(BENCH)/bin/python benchmarks/requirements.txt
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check \
		--config-settings editable_mode=strict --editable . -r benchmarks/requirements.txt >&2
	@rm -f $(BENCH)/.bench-*
	@touch $@
