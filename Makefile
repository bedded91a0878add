# `make serve` publishes the shipped claims on this machine, `make test` runs the tests; each sets up what it needs.

PYTHON ?= python3
PORT ?= 8001
TEXT ?=

bin := .venv/bin
ready := .venv/ready

.PHONY: serve test check clean

serve: $(ready)
	$(bin)/claimbook serve --port $(PORT) $(if $(TEXT),--text $(TEXT))

test: $(ready)
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/python -m pytest

check: $(ready)
	$(bin)/claimbook check $(if $(TEXT),--text $(TEXT))

clean:
	rm -rf .venv .*_cache dist

# Whatever is installed has the hash that the lock file names; the package itself is linked, not copied.
$(ready): requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "claimbook needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(bin)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
