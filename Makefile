# Everything a developer runs. `make` alone lists it; CONTRIBUTING.md explains it.
# PYTHON=python3.12 make test   picks a Python; otherwise scripts/setup.sh finds one.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test test-slow test-all lint format lock bench bench-send picture parts slow-parts clean

BIN := .venv/bin
LOCKS := requirements/run.txt requirements/build.txt
PARTS := browser
SLOW_PARTS := postfix sasl
RUN := .venv/run.stamp
DEV := .venv/dev.stamp

help: ## List these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' Makefile | column -t -s @ 2>/dev/null \
		|| sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1: \2/p' Makefile

demo: $(RUN) ## See the whole sentence done on the sample, in ./demo
	@rm -rf demo
	@$(BIN)/bulletin demo demo

test: $(DEV) parts lint ## Check style, types, imports and behaviour: all but the slow tests
	$(BIN)/python -m pytest -n auto

test-slow: $(DEV) slow-parts ## Run the slow tests alone
	$(BIN)/python -m pytest -n auto -m slow || [ $$? -eq 5 ]  # 5: no test is slow

test-all: test test-slow bench ## Run every test, then the measurements

lint: $(DEV) ## Check style, types and imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV) ## Put the code into its one format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: ## Renew the locks from pyproject.toml, newest versions
	@scripts/lock.sh

bench: $(DEV) ## Measure start-up, composing and sending against their limits
	-@scripts/setup.sh part postfix
	@broken=0; $(BIN)/python scripts/bench.py || broken=1; $(BIN)/python scripts/bench_send.py || broken=1; exit $$broken

bench-send: $(DEV) ## Measure sending alone
	-@scripts/setup.sh part postfix
	@$(BIN)/python scripts/bench_send.py

picture: $(RUN) parts ## Make the pictures in docs/images from the sample
	$(BIN)/python scripts/screenshot.py

parts:
	@scripts/setup.sh part $(PARTS)

slow-parts: parts
	@scripts/setup.sh part $(SLOW_PARTS)

clean: ## Remove what make has made, the virtual environment too
	rm -rf .venv demo dist build .*_cache .hypothesis
	find bulletin scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): $(LOCKS) pyproject.toml scripts/setup.sh
	@scripts/setup.sh run
	@touch $@

$(DEV): requirements/dev.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh dev
	@touch $@
