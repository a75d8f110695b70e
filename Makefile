# Two commands are enough: `make chat` to try it, `make test` before a commit.
# Set-up is part of both and is skipped while the lock file is unchanged. See README.md.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

CORPUS ?=
INDEX ?=
QUESTIONS ?=
ARGS ?=
# A uv of your own for setting up; without one, pip fetches it for that. UV_TORCH_BACKEND=cu130 and the like chooses torch's build.
UV ?=
# What makes the image, what else it is told, and the image to start from.
ENGINE ?= $(notdir $(firstword $(shell command -v podman docker buildah)))
IMAGE_OPTIONS ?=
PYTHON_IMAGE ?= python:3.11-slim-bookworm
# Each process opens the model; more of them than cores only wait for each other. A file's tests stay in one process, so
# that what they share is made once.
TEST_PROCESSES ?= 2
FUZZ_SECONDS ?= 60
# How long the bot is asked without end, and how many questions a second.
MINUTES ?= 30
RATE ?= 10
# What looks at the locked packages is not among them, and has an environment of its own.
AUDIT := .venv-audit
AUDIT_TOOLS := bandit==1.9.4 cyclonedx-bom==7.5.0 pip-audit==2.10.1
CONTENT_OPTION = $(if $(CORPUS),--content "$(CORPUS)")
INDEX_OPTION = $(if $(INDEX),--index "$(INDEX)")

# Tests start hundreds of processes of Python: compiled once, each of them starts in half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help chat test test-long test-endurance test-package coverage lint bench evaluate audit licences sbom fuzz docs package image \
	setup setup-dev lock clean
.DEFAULT_GOAL := help

help: ## Show what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

chat: setup ## Index the sample articles (or CORPUS=folder) and chat; with input piped, answer each line
	@$(BIN)/quicktakes index build $(CONTENT_OPTION) $(INDEX_OPTION) >&2 </dev/null
	@$(BIN)/quicktakes chat $(INDEX_OPTION)

test: lint ## Everything that CI runs: lint, types, import rules, tests in TEST_PROCESSES processes
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder

test-long: setup-dev ## What `make test` leaves out: long loads, many kills, the oddest articles
	$(BIN)/python -m pytest -m long

test-endurance: setup-dev ## Ask the bot for MINUTES at RATE questions a second while much goes wrong; a report, and what leaked
	$(BIN)/python -m tests.endurance $(MINUTES) $(RATE)

test-package: setup-dev ## Build the wheel, install it into an empty environment, ask it something there
	$(BIN)/python -m pytest -m long tests/packaging

coverage: setup-dev ## Which lines the tests reach
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: setup-dev ## Style, types and import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-dev ## Measure on CORPUS=folder of articles, with its QUESTIONS=file.jsonl where given; ARGS=--everything for all
	@test -n "$(CORPUS)" || { echo "make bench needs CORPUS=folder, a folder of articles to measure on" >&2; exit 2; }
	@test -d "$(CORPUS)" || { echo "make bench: there is no folder $(CORPUS)" >&2; exit 2; }
	$(BIN)/python benchmarks --content "$(CORPUS)" $(INDEX_OPTION) $(if $(QUESTIONS),--questions "$(QUESTIONS)") $(ARGS)

evaluate: setup ## Measure answers on QUESTIONS="file.jsonl ..." over INDEX=folder, made from CORPUS=folder; AGAINST=run, SAVE=run
	@test -n "$(QUESTIONS)" || { echo "make evaluate needs QUESTIONS=file.jsonl, judged questions" >&2; exit 2; }
	@for file in $(QUESTIONS); do test -f "$$file" || { echo "make evaluate: there is no file $$file" >&2; exit 2; }; done
	@test -z "$(CORPUS)" || $(BIN)/quicktakes index build $(CONTENT_OPTION) $(INDEX_OPTION) >&2
	@$(BIN)/quicktakes evaluate $(QUESTIONS) $(INDEX_OPTION) $(if $(AGAINST),--against "$(AGAINST)") $(if $(SAVE),--save "$(SAVE)")

audit: setup $(AUDIT)/audit.stamp ## Known vulnerabilities and licences of what is locked, and bandit; says what could not be checked
	$(AUDIT)/bin/bandit --quiet --recursive --configfile pyproject.toml -ll bot config embeddings retrieval
	$(BIN)/python .ci/licences.py >/dev/null
	$(AUDIT)/bin/python .ci/audit.py

licences: setup ## List the licence of every package that the program runs with
	@$(BIN)/python .ci/licences.py

sbom: $(AUDIT)/audit.stamp ## Write sbom.json, the list of what the program is made of (CycloneDX)
	$(AUDIT)/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o sbom.json requirements.lock

fuzz: setup-dev ## Look for inputs that break what reads them, FUZZ_SECONDS for each target
	@for target in article markdown custom_id webhook; do \
		$(BIN)/python -m tests.fuzz.run $$target $(FUZZ_SECONDS) || exit 1; done

docs: setup-dev ## Write the table of settings in docs/configuration.md anew from their definitions
	$(BIN)/python .ci/document_settings.py

package: setup ## Build wheel and source archive into dist/
	$(BIN)/python -m hatchling build -d dist

image: ## Build the container image quicktakes-bot with ENGINE=podman, docker or buildah; PYTHON_IMAGE, IMAGE_OPTIONS
	@test -n "$(ENGINE)" || { echo "make image needs podman, docker or buildah" >&2; exit 2; }
	$(ENGINE) build $(IMAGE_OPTIONS) --build-arg PYTHON_IMAGE=$(PYTHON_IMAGE) $(if $(UV_TORCH_BACKEND),--build-arg UV_TORCH_BACKEND=$(UV_TORCH_BACKEND)) \
		--tag quicktakes-bot --file deploy/Containerfile .

lock: setup-dev ## Write both lock files anew from pyproject.toml
	$(BIN)/python .ci/lock.py

setup: $(VENV)/run.stamp ## Create .venv and install what is needed to run

setup-dev: $(VENV)/dev.stamp ## Create .venv and install what is needed to develop

clean: ## Remove .venv and caches; the data folder var/ stays
	rm -rf $(VENV) $(AUDIT) .fuzz .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.*

# Set-up writes to standard error and reads nothing: standard input and output belong to the chat.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with make PYTHON=…" >&2; exit 2; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' </dev/null || \
		{ echo "$(PYTHON) is too old: Python 3.11 or newer is needed; name it with make PYTHON=…" >&2; exit 2; }
	@echo "Creating $(VENV) with $(PYTHON)" >&2
	@"$(PYTHON)" -m venv $(VENV) >&2 </dev/null

$(VENV)/run.stamp: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked packages (about 2 GB of disk on the first run)" >&2
	@$(BIN)/python deploy/install_packages.py $(if $(UV),--uv "$(UV)") >&2 </dev/null
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable . >&2 </dev/null
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing the packages for development" >&2
	@$(PIP) install --quiet --requirement requirements-dev.lock >&2 </dev/null
	@touch $@

$(AUDIT)/audit.stamp: Makefile | $(BIN)/python
	@"$(PYTHON)" -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip --disable-pip-version-check install --quiet $(AUDIT_TOOLS)
	@touch $@
