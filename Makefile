# `make` alone lists what there is. Each target does all its own set-up; ground/set_up.py says how.
# Asks for nothing but make, git and python3 >= 3.11 with venv. Written for GNU make 3.81 (macOS) and newer.

PYTHON ?= python3
PORT   ?= 8000
DEMO   ?= demo-home
PAGE   ?=
ARGS   ?=
DATABASE ?= sqlite

SET_UP = $(PYTHON) ground/set_up.py
RUN    = .venv/bin/python
OURS   = .venv/bin/communique
# One more than the processors of a small machine: a process of tests often waits, for a browser or for another process.
AT_ONCE ?= 3
# A test that hangs tells where it stands, ends its process and counts as failed; the others go on.
HUNG   = -o faulthandler_timeout=600 -o faulthandler_exit_on_timeout=true
# Images of containers often set it; then each of the many processes here would compile every package anew, two seconds.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help demo page test trials bench check pictures stories sbom

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: ## the invented embassy at http://localhost:8000/ (PORT=8000, DEMO=folder; Ctrl-C stops it)
	@$(SET_UP) office
	@exec $(RUN) -m communique.demo --home "$(DEMO)" --port $(PORT)

page: ## a trial office from one saved page: make page PAGE=examples/embassy-page.txt (PORT=8000)
	@test -n "$(PAGE)" || { echo "page: no page named. What to do: make page PAGE=examples/embassy-page.txt" >&2; exit 2; }
	@$(SET_UP) office
	@exec $(OURS) page "$(PAGE)" --home page-home --port $(PORT)

test: ## every kind of test, real browser included, and what was skipped and why (ARGS=… to pytest, DATABASE=postgresql)
	@$(SET_UP) dev browser databases
	@echo "Testing with $(AT_ONCE) processes (half an hour)"
	@COMMUNIQUE_TESTS_DATABASE=$(DATABASE) $(RUN) -m pytest -n $(AT_ONCE) -ra $(HUNG) $(ARGS)

trials: ## the tests in full numbers; can be stopped and goes on; writes docs/figures/
	@$(SET_UP) dev browser databases witness
	@echo "Testing in full numbers (hours; Ctrl-C stops it, the next make trials goes on)"
	@TRIALS=1 $(RUN) -m pytest -n 2 -ra $(ARGS) || { test $$? -eq 5 && echo "All trials passed earlier on this source"; }

bench: ## each benchmark with its peer, ratio first
	@$(SET_UP) dev peers
	@for file in bench/*.py; do echo "== $$file"; $(RUN) "$$file" $(ARGS) || exit $$?; done

check: ## format, lint, types, directions of imports, known holes, licences; no tests
	@$(SET_UP) dev
	@exec $(RUN) ground/check.py

pictures: ## the contact sheet: kinds of page, widths, light and dark, scripts; into pictures/
	@$(SET_UP) dev browser
	@PYTHONPATH=.:tests $(RUN) -m press.photograph pictures

stories: ## ten days of a press office in a real browser, counted, with a picture of each step
	@$(SET_UP) dev browser
	@STORIES=1 $(RUN) -m pytest -n 0 -q -ra tests/stories $(ARGS)

sbom: ## a bill of materials with all licences, fonts too: dist/communique.cdx.json
	@$(SET_UP) dev
	@exec $(RUN) ground/bill.py dist/communique.cdx.json
