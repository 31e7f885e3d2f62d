# Everything goes through the program, which owns messages and exit codes (0 done, 1 the run failed, 2 the
# input is wrong, 3 refused, 4 drift). Values reach it as they were typed, whatever characters they hold.
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
export NODE_NO_WARNINGS := 1
export CHECKPOINT_DISABLE := 1

# Each variable, and how it is said to the program.
flags := ENV:--env SCOPE:--scope REGION:--region EXAMPLE:--example OUT:--out JOBS:--jobs SERVICE:--service \
  NAME:--name DIGEST:--digest ADDRESS:--address ALLOW_DESTROY:--allow-destroy CONFIRM:--confirm FORMAT:--format ALL:--all \
  MIRROR:--mirror FROM:--from FROM_PROFILE:--from-profile TO:--to PROVIDER:--provider
variables := $(foreach pair,$(flags),$(firstword $(subst :, ,$(pair))))
# make would expand what stands in them, shell calls included, to put them into the environment of each command
unexport $(variables)

# What was typed after the target is passed on whatever it is, and the program refuses what the command does not
# take. What only stands in the environment, as NAME does on some machines, is passed on if the target takes it.
cli = npm run -s cli --
quoted = '$(subst ','\'',$(1))'
is-typed = $(filter command override,$(firstword $(origin $(1))))
is-taken = $(and $(filter $(1),$(takes)),$(value $(1)))
flag = $(patsubst $(1):%,%,$(filter $(1):%,$(flags)))
options = $(foreach one,$(variables),$(if $(or $(call is-typed,$(one)),$(call is-taken,$(one))),$(call flag,$(one)) $(call quoted,$(value $(one)))))

.PHONY: help
help: ## list these targets
	@echo 'Usage: make <target> [ENV=dev] [EXAMPLE=minimal] ...'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)$$/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf '  %-16s %s\n' "$$name" "$$text"; done

.PHONY: synth
synth: takes := ENV SCOPE EXAMPLE OUT
synth: install ## write Terraform JSON: [ENV=dev,qa] [SCOPE=shared] [EXAMPLE=name] [OUT=cdktf.out]
	@$(cli) $@ $(options)

.PHONY: test
test: install ## run all tests; needs no Terraform and no AWS account
	@npm run -s test

.PHONY: settings
settings: takes := ENV EXAMPLE FORMAT ALL
settings: install ## print merged settings and where each comes from: ENV=dev [FORMAT=json] [ALL=1]
	@$(cli) $@ $(options)

.PHONY: explain
explain: takes := ENV SCOPE EXAMPLE ADDRESS
explain: install ## say which setting, file and module make a resource: ADDRESS=aws_vpc.network [ENV=dev] [SCOPE=shared]
	@$(cli) $@ $(options)

.PHONY: matrix
matrix: takes := EXAMPLE OUT
matrix: install ## print the environments that a pipeline plans and applies, as JSON: [OUT=file]
	@$(cli) $@ $(options)

.PHONY: bootstrap
bootstrap: takes := ENV SCOPE EXAMPLE
bootstrap: install ## make the state buckets: ENV=dev or SCOPE=shared
	@$(cli) $@ $(options)

.PHONY: secrets
secrets: takes := ENV EXAMPLE SERVICE NAME
secrets: install ## list secrets, or set one from standard input: ENV=dev [SERVICE=inventory NAME=API_KEY]
	@$(cli) $@ $(options)

.PHONY: release
release: takes := ENV EXAMPLE SERVICE DIGEST FROM FROM_PROFILE
release: install ## choose the image that a service runs: ENV=dev SERVICE=inventory DIGEST=sha256:... or FROM=qa
	@$(cli) $@ $(options)

.PHONY: users-image
users-image: install ## put the program that makes database users beside its Dockerfile, in .work/database-users
	@npm run -s users-image
	@echo 'docker build --platform linux/amd64 --tag <registry>/database-users:<version> .work/database-users'

.PHONY: proxy-image
proxy-image: ## put what the proxy of egress is built from in .work/egress-proxy
	@mkdir -p .work && rm -rf .work/egress-proxy && cp -R modules/egress/proxy-image .work/egress-proxy
	@echo 'docker build --pull --platform linux/amd64 --tag <registry>/egress-proxy:<version> .work/egress-proxy'

.PHONY: doctor
doctor: takes := ENV SCOPE EXAMPLE
doctor: install ## say what must be true before a first plan, and change nothing: ENV=dev or SCOPE=shared
	@$(cli) $@ $(options)

.PHONY: plan
plan: takes := ENV SCOPE REGION EXAMPLE JOBS
plan: install ## plan with Terraform and save the plans: ENV=dev or SCOPE=shared, [REGION=us-east-1 or global] [JOBS=2]
	@$(cli) $@ $(options)

# ALLOW_DESTROY and CONFIRM count if they were typed, and never because they stand in the environment, where an earlier
# run may have left them: no target takes them.
.PHONY: apply
apply: takes := ENV SCOPE REGION EXAMPLE JOBS
apply: install ## apply the saved plans: ENV=dev or SCOPE=shared, [REGION=us-east-1] [ALLOW_DESTROY=address]
	@$(cli) $@ $(options)

.PHONY: users
users: takes := ENV REGION EXAMPLE
users: install ## make database users as the last apply says, again: ENV=dev [REGION=us-east-1]
	@$(cli) $@ $(options)

.PHONY: destroy
destroy: takes := ENV SCOPE REGION EXAMPLE JOBS
destroy: install ## plan to destroy: ENV=dev, [REGION=us-east-1]; with CONFIRM=dev do it [ALLOW_DESTROY=address]
	@$(cli) $@ $(options)

.PHONY: move
move: takes := FROM TO EXAMPLE
move: install ## let a resource go on in another stack: FROM=dev-us-east-1-foundation:aws_vpc.network TO=dev-us-east-1-workload
	@$(cli) $@ $(options)

.PHONY: drift
drift: takes := ENV SCOPE REGION EXAMPLE JOBS
drift: install ## say what differs from what was applied, and end with 4: ENV=dev or SCOPE=shared, [REGION=us-east-1]
	@$(cli) $@ $(options)

.PHONY: lock
lock: takes := MIRROR
lock: install ## write .terraform.lock.hcl, checksums of the providers: [MIRROR=folder or https://address/]
	@$(cli) $@ $(options)

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
rehearse: takes := ENV SCOPE EXAMPLE
rehearse: install ## the life of every stack with real Terraform, offline: [ENV=dev] [SCOPE=shared] [EXAMPLE=name]
	@npm run -s rehearse -- $(options)

.PHONY: rehearse-upgrade
rehearse-upgrade: takes := PROVIDER ENV SCOPE EXAMPLE
rehearse-upgrade: install ## what another provider would change of what stands, offline: PROVIDER=<version of the bindings> [ENV=dev]
	@npm run -s rehearse-upgrade -- $(options)

.PHONY: golden
golden: install ## accept changed addresses and outputs as they are now; look at the diff before committing it
	@UPDATE_GOLDEN=1 npx vitest run test/estate/golden.test.ts

.PHONY: docs
docs: install ## write the pages of docs that are made out of the program
	@UPDATE_DOCS=1 npx vitest run test/src/report/pages.test.ts test/requirements/coverage.test.ts

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
	@node src/check-node.js
