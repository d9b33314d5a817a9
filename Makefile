# Everything runs with the pinned Node of node_modules; nothing is installed globally.
NODE      := node_modules/.bin/node --conditions=source
INSTALLED := node_modules/.installed-$(shell git hash-object package-lock.json)

.DEFAULT_GOAL := help
.PHONY: help setup demo test bench preview note fix generate bundle lock record

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(INSTALLED) ## What the other targets need, below node_modules/ and .cache/

demo: setup ## Quality gate, tests and security scan of examples/orders-service, as on a pull request
	@$(NODE) scripts/demo.ts

test: setup ## Everything that must hold; the last line counts it
	@$(NODE) scripts/test.ts

bench: setup ## Speed beside the same tools run one after the other
	@$(NODE) scripts/bench.ts

preview: setup ## Sample reports as pages to look at
	@$(NODE) scripts/preview.ts

note: setup ## A note for the changelog, about a change that users notice
	@$(NODE) node_modules/@changesets/cli/bin.js add

fix: setup ## Formats, mends what the linter can, and brings generated files and bundles up to date
	@status=0; \
	$(NODE) node_modules/@biomejs/biome/bin/biome check --write --log-level=warn || status=1; \
	$(NODE) scripts/generate.ts || status=1; \
	$(NODE) scripts/bundle.ts || status=1; \
	exit $$status

generate: setup ## action.yml, tables and schemas from the specs
	@$(NODE) scripts/generate.ts

bundle: setup ## actions/*/dist from the sources
	@$(NODE) scripts/bundle.ts

lock: setup ## Locks the tools that actions/*/locks/*.in ask for; needs uv
	@$(NODE) scripts/lock.ts

record: setup ## What real tools and test runners print, as fixtures: make record tool=ruff, make record runner=jest
	@$(NODE) scripts/$(if $(runner),result-fixtures,fixtures).ts $(tool) $(runner)

# The name holds the digest of the lock file, so that another lock file means another installation.
$(INSTALLED):
	npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@
