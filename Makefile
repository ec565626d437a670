# Two commands matter: `make run` and `make test`. What they make lives in .venv, web, build and var.
# PYTHON=python3.12 chooses the Python for the virtual environment; PORT=9000 the server's port.

BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help run web test test-full lint bench-join bench-chat bench-archive bench-booking bench-relay bench-relay-rooms fuzz-relay lock schema clean env env-dev

help:
	@echo 'make run         the demo hospital on http://localhost:8080 (PORT= to change)'
	@echo 'make test        everything that must pass; sets up what it needs'
	@echo 'make test-full   the same, and the long tests'
	@echo 'make lint        style, types and the import contract'
	@echo 'make bench-join  time from "join" to both first frames'
	@echo 'make bench-chat  durable chat messages a second'
	@echo 'make bench-archive  durable appends, sealing, proofs and verification'
	@echo 'make bench-relay  processor time for each packet relayed, beside Janus'
	@echo 'make bench-relay-rooms  rooms that one core relays, beside Janus'
	@echo 'make bench-booking  visits booked over HTTP, and finding a free slot'
	@echo 'make fuzz-relay  ten million hostile datagrams at the relay during a call (RELAY_LOOP=python: at the other loop)'
	@echo 'make schema      regenerate web/schema and the TypeScript types from the models'
	@echo 'make lock        regenerate requirements/*.txt'
	@echo 'make clean       remove what was made, data in var/ excepted'

# The server stops with its parent, which is make: whoever kills make has meant the server too.
run:
	@$(MAKE) --no-print-directory -j 2 env web
	@exec $(BIN)/televisit serve --demo --stop-with-parent

env:
	@scripts/python-env run

env-dev:
	@scripts/python-env dev

web:
	@scripts/build-web

test:
	@scripts/test

test-full:
	@scripts/test --full

lint: env-dev
	@scripts/lint

bench-join: env-dev web
	@scripts/setup-tests
	@scripts/relay-peers
	@$(BIN)/python -m bench.join
	@$(BIN)/python -m bench.join_relay

bench-chat: env-dev
	@$(BIN)/python -m bench.chat

bench-archive: env-dev
	@$(BIN)/python -m bench.archive

bench-booking: env-dev
	@$(BIN)/python -m bench.booking

bench-relay: env-dev
	@scripts/relay-peers
	@$(BIN)/python -m bench.relay

bench-relay-rooms: env-dev
	@scripts/relay-peers
	@$(BIN)/python -m bench.relay_rooms

fuzz-relay: env-dev
	@$(BIN)/python -m pytest -q -n 0 -s -m full tests/integration/media/test_relay_fuzz.py

lock:
	@scripts/lock

schema: env-dev
	@scripts/write-schema

clean:
	rm -rf .venv build web/node_modules web/dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
