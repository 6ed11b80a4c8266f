# Everything lives in one folder, .venv, made from the hash-pinned requirements files.
# `make chat` and `make test` set up what they need, once; what they print while doing so
# goes to standard error, so that standard output is the chat and nothing else.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
ARGS   ?=

PIP  := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
SBIN := /usr/local/sbin:/usr/sbin:/sbin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SILENT:
.PHONY: help chat test kills faults clock due check rules-size lock texts pictures font clean

help: ## this list
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile

chat: export BEIAN_DATA := $(or $(BEIAN_DATA),$(CURDIR)/.data)
chat: $(VENV)/runtime.stamp ## talk to the bot here; what it keeps is in .data, or in $BEIAN_DATA
	exec $(BIN)/beian chat $(ARGS)

test: $(VENV)/dev.stamp ## run the tests; choose some by ARGS="tests/dialogs -k weibo"
	PATH="$$PATH:$(SBIN)" exec $(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

KILLS ?= 20
SEED  ?= 1

kills: $(VENV)/dev.stamp ## kill the serving bot at random while owners chat; how often: KILLS=200 SEED=1
	exec $(BIN)/python -m tests.channels.killed --kills $(KILLS) --seed $(SEED)

LENGTH ?= 3

faults: $(VENV)/dev.stamp ## file through every sequence of faults of an office; how long: LENGTH=3
	exec $(BIN)/python -m tests.bot.faulty.count $(LENGTH)

COUNT ?= 1000

clock: $(VENV)/dev.stamp ## tell the clock stories with COUNT=1000 reminders each, ten times as many in the first
	BEIAN_TEST_REMINDERS=$(COUNT) exec $(BIN)/python -m pytest -n auto tests/reminders $(ARGS)

due: $(VENV)/dev.stamp ## time the claim of a thousand reminders, with 10,000 and with 1,000,000 waiting
	PATH="$$PATH:$(SBIN)" exec $(BIN)/python -m tests.storage.due $(ARGS)

check: $(VENV)/dev.stamp ## lint, types, import contract, translations, rulebook
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/beian texts check
	$(BIN)/beian rules check

# How the cost of `beian rules check` grows: the shipped rulebook, and one ten times its size.

rules-size: $(VENV)/dev.stamp ## prove the rulebook and one ten times its size: time, classes, states
	exec $(BIN)/python -m tests.dialogs.rules.size

# Pins stay as they are unless the ranges in pyproject.toml exclude them; ARGS=--upgrade takes the newest.
COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet $(ARGS)

lock: $(VENV)/made.stamp ## write the requirements files from pyproject.toml; newest: ARGS=--upgrade
	$(PIP) install uv
	$(COMPILE) pyproject.toml --group build --output-file requirements.txt
	$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

# The template is written without dates and line numbers, and nothing is wrapped or guessed:
# a change of one text changes one entry.
POT = locales/messages.pot

texts: $(VENV)/dev.stamp ## take the texts from code and rulebook into the catalogues
	$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml --output-file $(POT) \
		--no-default-keywords --keywords T --keywords N:1,2 --add-comments translators: \
		--sort-by-file --add-location file --no-wrap .
	sed -i -e '1,/^msgid/{/^#/d}' -e '/^"POT-Creation-Date/d' $(POT)
	$(BIN)/pybabel --quiet update --input-file $(POT) --output-dir locales \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

# A picture of what is no longer there goes.
PICTURES = docs/images/rules

pictures: $(VENV)/dev.stamp ## draw the rulebook anew, into docs/images/rules
	rm -f $(PICTURES)/*.svg
	$(BIN)/beian rules graph --folder $(PICTURES)

font: $(VENV)/dev.stamp ## make the font of the PDFs anew of a whole one: FONT=NotoSansSC-Regular.ttf
	test -f "$(FONT)" || { echo "which font? make font FONT=NotoSansSC-Regular.ttf" >&2; exit 1; }
	$(BIN)/python -m bot.papers.fonts.subset "$(FONT)"

clean: ## remove what can be made again (never .data)
	rm -rf $(VENV) beian.egg-info build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A stamp is written last, so an interrupted set-up is taken up again.

$(VENV)/made.stamp:
	command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: apt install python3" >&2; exit 1; }
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is older than 3.11: apt install python3 (Debian 12 or later)" >&2; exit 1; }
	$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make a virtual environment: apt install python3-venv" >&2; exit 1; }
	echo "Setting up in $(VENV) (once, about half a minute)" >&2
	$(PYTHON) -m venv --clear $(VENV) </dev/null >&2
	touch $@

$(VENV)/runtime.stamp: requirements.txt | $(VENV)/made.stamp
	$(PIP) install --require-hashes --requirement requirements.txt </dev/null >&2
	$(PIP) install --no-deps --no-build-isolation --config-settings editable_mode=compat --editable . </dev/null >&2
	touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/runtime.stamp
	echo "Installing what the tests need (once)" >&2
	$(PIP) install --require-hashes --requirement requirements-dev.txt </dev/null >&2
	touch $@
