# Everything goes through the program, which owns messages and exit codes (0 done, 1 the run failed, 2 the
# input is wrong, 3 refused, 4 drift). Values reach it as they were typed, whatever characters they hold.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
export NODE_NO_WARNINGS := 1
export CHECKPOINT_DISABLE := 1

# make would expand what stands in them, shell calls included, to put them into the environment of each command
unexport ENV EXAMPLE SCOPE REGION JOBS OUT SERVICE NAME DIGEST ADDRESS ALLOW_DESTROY

cli = npm run -s cli --
quoted = '$(subst ','\'',$(1))'
option = $(if $(value $(1)),$(2) $(call quoted,$(value $(1))))
common = $(call option,ENV,--env) $(call option,EXAMPLE,--example)
place = $(common) $(call option,SCOPE,--scope) $(call option,REGION,--region) $(call option,JOBS,--jobs)

.PHONY: help
help: ## list these targets
	@echo 'Usage: make <target> [ENV=dev] [EXAMPLE=minimal] ...'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  %-11s %s\n' "$$name" "$$text"; done

.PHONY: synth
synth: install ## write Terraform JSON: [ENV=dev,qa] [SCOPE=shared] [EXAMPLE=name] [OUT=cdktf.out]
	@$(cli) synth $(common) $(call option,SCOPE,--scope) $(call option,OUT,--out)

.PHONY: test
test: install ## run all tests; needs no Terraform and no AWS account
	@npm run -s test

.PHONY: settings
settings: install ## print merged settings and where each comes from: ENV=dev
	@$(cli) settings $(common)

.PHONY: explain
explain: install ## say which setting, file and module make a resource: ADDRESS=aws_vpc.network [ENV=dev] [SCOPE=shared]
	@$(cli) explain $(common) $(call option,SCOPE,--scope) $(call option,ADDRESS,--address)

.PHONY: bootstrap
bootstrap: install ## make the state buckets: ENV=dev or SCOPE=shared
	@$(cli) bootstrap $(common) $(call option,SCOPE,--scope)

.PHONY: secrets
secrets: install ## list secrets, or set one from standard input: ENV=dev [SERVICE=inventory NAME=API_KEY]
	@$(cli) secrets $(common) $(call option,SERVICE,--service) $(call option,NAME,--name)

.PHONY: release
release: install ## choose the image that a service runs: ENV=dev SERVICE=inventory DIGEST=sha256:...
	@$(cli) release $(common) $(call option,SERVICE,--service) $(call option,DIGEST,--digest)

.PHONY: plan
plan: install ## plan with Terraform and save the plans: ENV=dev or SCOPE=shared, [REGION=us-east-1] [JOBS=2]
	@$(cli) plan $(place)

.PHONY: apply
apply: install ## apply the saved plans: ENV=dev or SCOPE=shared, [REGION=us-east-1] [ALLOW_DESTROY=address]
	@$(cli) apply $(place) $(call option,ALLOW_DESTROY,--allow-destroy)

.PHONY: check
check: install ## types, lint and format
	@npm run -s check

.PHONY: coverage
coverage: install ## run all tests and report which lines they reach
	@npx vitest run --coverage

.PHONY: bench
bench: install ## time and memory of synthesis, as ratios to importing the bindings
	@npm run -s bench

.PHONY: rehearse
rehearse: install ## init, validate, plan, apply and plan again with real Terraform, offline: [ENV=dev] [EXAMPLE=name]
	@npm run -s rehearse -- $(common) $(call option,SCOPE,--scope)

.PHONY: golden
golden: install ## accept changed addresses and outputs as they are now; look at the diff before committing it
	@UPDATE_GOLDEN=1 npx vitest run test/estate/golden.test.ts

# What is missing is installed, and only then. The stamp is made last, so that a broken install is made again.
.PHONY: install
install: node-version node_modules/.installed

node_modules/.installed: package.json package-lock.json .npmrc
	@echo 'Installing packages (once; about a minute) ...'
	@npm ci --no-progress --loglevel=error
	@touch $@

.PHONY: node-version
node-version:
	@command -v node >/dev/null 2>&1 || { echo 'Node.js 20.19 or later must be installed, found none; see https://nodejs.org' >&2; exit 1; }
	@command -v npm >/dev/null 2>&1 || { echo 'npm must be installed, found none; it comes with Node.js' >&2; exit 1; }
	@node -e 'var v = process.versions.node.split(".").map(Number); if (v[0] < 20 || v[0] == 20 && v[1] < 19 || v[0] == 21 || v[0] == 22 && v[1] < 12 || v[0] == 23) { console.error("Node.js must be 20.19, 22.12, 24 or later, found " + process.versions.node + "; install a supported release"); process.exit(1); }'
