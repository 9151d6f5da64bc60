.POSIX:
.PHONY: help test test-slow lint generate check-generated bench oracles fuzz lock wheel clean ci

# `make PYTHON=python READY= test` takes another Python, with the dev group of pyproject.toml in it
PYTHON = .venv/bin/python
READY = .venv/ready
ORACLES = .venv-oracles
FUZZ = .venv-fuzz
FUZZ_RUNS = 20000

help: ## list the targets (the default)
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' Makefile

test: $(READY) ## run the tests
	$(PYTHON) -m pytest -n auto

test-slow: $(READY) ## check files of gigabytes under a bound on memory
	JSONL_LINT_SLOW_TESTS=1 $(PYTHON) -m pytest tests/e2e/test_resources.py

lint: $(READY) ## check style and types
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy

generate: $(READY) ## rewrite the texts that are made from code and real output
	$(PYTHON) tests/bless.py

check-generated: generate ## see that the generated texts were up to date
	git diff --exit-code -- README.md SECURITY.md fixtures/files fixtures/reports fixtures/stats

bench: $(READY) ## measure speed and memory against a bare orjson loop
	$(PYTHON) tests/benchmarks/bench.py

oracles: $(ORACLES)/ready ## compare verdicts with those of mistral-common
	$(ORACLES)/bin/python tests/oracles/compare.py

fuzz: $(FUZZ)/ready ## fuzz each target for FUZZ_RUNS inputs
	for target in reader record tools fix config reporters; do \
	  $(FUZZ)/bin/python tests/fuzz/run.py $$target -runs=$(FUZZ_RUNS) -max_len=1024 -len_control=0 || exit 1; \
	done

lock: ## write the requirements with hashes again (needs uv)
	bash .ci/lock

wheel: $(READY) ## build the wheel into dist/
	rm -rf dist
	$(PYTHON) -m build --wheel

clean: ## delete what was built and cached, the environments included
	rm -rf .venv $(ORACLES) $(FUZZ) .fuzz build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache

ci: ## run all that has to pass before a change lands
	bash .ci/run

.venv/ready: pyproject.toml
	python3 -m venv .venv
	.venv/bin/python -m pip install --quiet --upgrade pip
	.venv/bin/python -m pip install --quiet --editable . --group dev
	touch .venv/ready

$(ORACLES)/ready: pyproject.toml tests/oracles/requirements.txt
	python3 -m venv $(ORACLES)
	$(ORACLES)/bin/python -m pip install --quiet --editable . --requirement tests/oracles/requirements.txt
	touch $(ORACLES)/ready

$(FUZZ)/ready: pyproject.toml tests/fuzz/requirements.txt
	python3 -m venv $(FUZZ)
	$(FUZZ)/bin/python -m pip install --quiet --editable . --requirement tests/fuzz/requirements.txt
	touch $@
