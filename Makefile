# Two commands serve a newcomer: `make demo` and `make test`. Each sets up what it needs in .venv/ and
# may be run again at any time; what is already there is not made twice.

.DEFAULT_GOAL := help
VENV := .venv
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help demo test check docs format constraints clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/.runtime: pyproject.toml constraints.txt scripts/environment.sh
	@sh scripts/environment.sh runtime

$(VENV)/.dev: pyproject.toml constraints.txt scripts/environment.sh
	@sh scripts/environment.sh dev

demo: $(VENV)/.runtime ## set up, read the example reports, and write the brief as a page
	@mkdir -p build && rm -f build/demo.db*
	$(VENV)/bin/foedus brief examples/*.txt examples/*.html --record build/demo.db --html build/brief.html
	@echo
	@echo "The same brief as a page: $(CURDIR)/build/brief.html"

test: $(VENV)/.dev ## set up, and run every test with the examples in the docstrings
	$(VENV)/bin/pytest

check: $(VENV)/.dev ## everything that must pass before a change lands
	@VENV=$(VENV) sh scripts/check.sh

docs: $(VENV)/.dev ## build the documentation into site/
	$(VENV)/bin/zensical build --clean --strict

format: $(VENV)/.dev ## format the code and mend what the linter can mend
	$(VENV)/bin/ruff check --fix --quiet . || true
	$(VENV)/bin/ruff format .

constraints: $(VENV)/.dev ## pin the newest versions that fit, names and versions only
	@VENV=$(VENV) sh scripts/constraints.sh

clean: ## remove everything that make has made
	rm -rf $(VENV) build site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
