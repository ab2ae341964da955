# Every word of this file is explained by `make help`; the work is done by scripts/.
.DEFAULT_GOAL := help
.PHONY: help run test lint format bench judge requirements clean
export PORT ARGS UPGRADE
PYTHON ?= python3

help: ## this list
	@echo "make <word>:"
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  \1|/' | while IFS='|' read -r word text; do printf '%-16s %s\n' "$$word" "$$text"; done

run: ## the site with demonstration data on http://127.0.0.1:8000 (another port: make run PORT=8080)
	@$(PYTHON) -m scripts.run

test: ## all checks and tests; some of them: make test ARGS="tests/registries -x"
	@$(PYTHON) -m scripts.test

lint: ## only the checks: ruff, mypy, import-linter, migrations, check --deploy
	@$(PYTHON) -m scripts.lint

format: ## put the code into ruff's format
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

bench: ## requests a second, long lists published and compared, a crowd of writers; beside plain Wagtail
	@$(PYTHON) -m scripts.bench

judge: ## outside judges over every public page: markup and accessibility (some pages: make judge ARGS="home guide")
	@$(PYTHON) -m scripts.judge

requirements: ## pin requirements/*.in with hashes (newer versions: UPGRADE=all or UPGRADE="wagtail")
	@$(PYTHON) -m scripts.requirements

clean: ## remove the environment, the demonstration data and everything else that was made (asks first)
	@printf 'Remove .venv and var (database and uploads of the demonstration)? [y/N] '; read -r answer; [ "$$answer" = y ] && rm -rf .venv var || echo "Nothing removed."
