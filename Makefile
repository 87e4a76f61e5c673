# The ways into the project. `make` lists them; each one installs what it needs and repeats nothing.
.DEFAULT_GOAL := help
.PHONY: help run dev check test bench fuzz clean

# What the browser tests get: the client as it ships, or `make test FRONT=dev` for a quicker build.
FRONT ?= release

# How many case files `make bench` measures with.
ROWS ?= 1000000

# How long `make fuzz` goes on with each parser.
SECONDS ?= 60

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

run: ## build everything and serve invented data on http://127.0.0.1:3000 (the first time about half an hour on 2 cores)
	.ci/front release
	cargo build --release -p server
	target/release/thuocdo serve --demo

dev: ## the same in quick builds, built and started again whenever a source file changes
	.ci/dev

check: ## format, clippy, documentation and the client with its size: what needs no test to fail
	.ci/tools
	cargo fmt --all --check
	.ci/front release
	cargo clippy --workspace --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items

test: ## all tests: Rust on SQLite and PostgreSQL, then the pages in Chromium
	.ci/tools npm chromium postgres readers
	.ci/front $(FRONT)
	cargo test --workspace
	cargo build -p server
	.ci/end2end

bench: ## measure imports, pages and charts beside other tools (10 to 15 min for a million rows; ROWS=10000000)
	.ci/tools postgres sqlite duckdb chromium
	cargo build --release -p server --bin thuocdo --example bench
	. .ci/lib.sh && PATH="$$DUCKDB/bin:$$PATH" target/release/examples/bench $(ROWS) "$(FOLDER)" $(STEP)

fuzz: ## broken files, workbooks, mappings, dates and words into the parsers, a minute for each (SECONDS=60)
	THUOCDO_FUZZ_SECONDS=$(SECONDS) cargo test --release -p intake --test fuzz -- --nocapture --test-threads 2

clean: ## remove what was built; the tools in the cache folder stay
	rm -rf target end2end/node_modules end2end/test-results end2end/playwright-report
