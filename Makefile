# Everything that is done with the portal from a command line. `make` alone lists it.
# Kept to what GNU make 3.81 (macOS) understands.

VENV := .venv
PYTHON := $(VENV)/bin/python
PORT ?= 8000
PYTEST_ARGS ?=
AUDIT_ARGS ?=
PIP_INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check messages bench audit pictures requirements checkers

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.run ## The portal with its demo content at http://localhost:8000 (another port: make run PORT=8001; with fictional professionals: PEOPLE=1)
	@PROFILE=embedded PORT=$(PORT) $(PYTHON) manage.py start $(if $(PEOPLE),--people)

test: $(VENV)/.dev checkers ## Every test this machine can run (one file: make test PYTEST_ARGS=tests/test_build.py)
	@$(PYTHON) -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

check: export PROFILE := test
check: $(VENV)/.dev ## Style, types, layers, migrations and production settings
	@echo "ruff: style"
	@$(PYTHON) -m ruff check --quiet .
	@$(PYTHON) -m ruff format --check --quiet .
	@echo "djade: templates"
	@find . -name '*.html' -path '*/templates/*' ! -path './$(VENV)/*' ! -path './node_modules/*' \
		-exec $(VENV)/bin/djade --target-version 5.2 --check {} +
	@echo "mypy: types"
	@$(PYTHON) -m mypy
	@echo "import-linter: layers"
	@$(VENV)/bin/lint-imports --no-cache
	@echo "Django: no migration is missing"
	@DATABASE_URL=sqlite://:memory: $(PYTHON) manage.py makemigrations --check --dry-run
	@echo "Django: models against the database"
	@DATABASE_URL=sqlite://:memory: $(PYTHON) manage.py check --database default --fail-level WARNING
	@echo "Django: production settings"
	@PROFILE=production SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		ALLOWED_HOSTS=perhekeskus.example DATABASE_URL=postgres://portal@127.0.0.1/portal \
		EMAIL_URL=smtp://mail.example DEFAULT_FROM_EMAIL=portal@perhekeskus.example \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

messages: $(VENV)/.run ## Collect the interface's texts into locale/ and compile them (needs GNU gettext)
	@command -v xgettext >/dev/null || { echo "GNU gettext is needed: install the package \"gettext\"." >&2; exit 1; }
	@PROFILE=test $(PYTHON) manage.py makemessages --all --add-location file --no-wrap --no-obsolete --ignore node_modules --ignore var --ignore tests
	@PROFILE=test $(PYTHON) manage.py compilemessages --ignore $(VENV) --ignore node_modules

bench: $(VENV)/.dev ## Requests per second of the main pages, as ratios to an empty Django view
	@$(PYTHON) tests/bench.py

audit: $(VENV)/.dev checkers ## Accessibility and HTML of every page of the whole site (long)
	@REQUIRE_ALL=1 $(PYTHON) -m tests.audit $(AUDIT_ARGS)

pictures: $(VENV)/.dev ## The pictures in docs/pictures/, taken anew
	@$(PYTHON) -m pytest -q tests/pictures.py

requirements: ## Compile requirements/*.txt from requirements/*.in (needs uv; everything newest: make requirements UPGRADE=--upgrade)
	@command -v uv >/dev/null || { echo "uv is needed: \"pipx install uv\" brings it." >&2; exit 1; }
	@for name in run dev; do \
		uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
			$(UPGRADE) --output-file requirements/$$name.txt requirements/$$name.in >/dev/null || exit 1; \
	done

# The stamps below say which pinned list the virtual environment holds, so that a second start takes seconds.

$(VENV)/.run: requirements/run.txt | $(PYTHON)
	@echo "Installing what the portal needs into $(VENV) (once, about a minute) …"
	@$(PIP_INSTALL) -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(PYTHON)
	@echo "Installing what the portal and its tests need into $(VENV) (once, a minute or two) …"
	@$(PIP_INSTALL) -r requirements/dev.txt
	@touch $(VENV)/.run $@

$(PYTHON):
	@for python in python3 python3.13 python3.12 python3.11; do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed, and none is on the PATH." >&2; exit 1; fi; \
	echo "Making a virtual environment in $(VENV) with $$("$$python" --version) …"; \
	"$$python" -m venv --clear $(VENV) || { rm -rf $(VENV); \
		echo "That needs Python's venv module (Debian, Ubuntu: install the package \"python3-venv\")." >&2; exit 1; }

# axe-core and the Nu HTML checker. Without npm the tests that need them are named, not run.
checkers: node_modules/.installed
node_modules/.installed: package-lock.json
	@if command -v npm >/dev/null; then \
		echo "Installing the page checkers into node_modules (once, seconds) …"; \
		npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch $@ || \
			echo "npm could not install the page checkers."; \
	else \
		echo "There is no npm here, so the page checkers are not installed."; \
	fi
