# The words that people and CI use. Each works on a fresh clone and again later.
.DEFAULT_GOAL := help
.PHONY: help demo test check bench fix lock

help:
	@echo "make demo    the demo province on http://127.0.0.1:8000  (PORT=8080, FRESH=1 for new data)"
	@echo "make test    every test: SQLite, PostgreSQL, browser"
	@echo "make check   the quick one while working: style, layers, migrations, fast tests"
	@echo "make fix     let the tools repair style and formatting"
	@echo "make bench   print the benchmark tables"
	@echo "make lock    renew requirements*.txt and package-lock.json from pyproject.toml and package.json"

demo:
	@PORT="$(PORT)" FRESH="$(FRESH)" scripts/demo

test:
	@scripts/test

check:
	@scripts/check

bench:
	@scripts/bench

fix:
	@scripts/setup test
	@scripts/quality fix

lock:
	@scripts/lock
