# Kontent Connect. "make help" says what there is to ask for.
#
# Nothing has to be installed beforehand but Go, Node.js and make: build/setup.sh,
# which most targets begin with, brings the rest or says how to bring it.

SHELL := bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# -- What differs between systems ---------------------------------------------

SYSTEM := $(or $(filter Windows_NT,$(OS)),$(shell uname -s))
# What neither program uses: logs packed with zstd, and HTTP/2, which the clients
# do not speak because its tracing could print what they send.
LEAN := timberjack_nozstd,nethttpomithttp2
TAGS := desktop,production,$(LEAN)
LDFLAGS := -s -w
SCREEN := yes
# The command line and the agent need no C compiler; on macOS the tray does.
PLAIN := CGO_ENABLED=0
ifeq ($(SYSTEM),Linux)
TAGS := $(TAGS),webkit2_41
SCREEN := $(DISPLAY)$(WAYLAND_DISPLAY)
endif
ifeq ($(SYSTEM),Darwin)
PLAIN := CGO_ENABLED=1
endif
ifeq ($(SYSTEM),Windows_NT)
EXE := .exe
LDFLAGS += -H windowsgui
endif

# What the programs say of themselves. The date is the commit's, so that the
# same source makes the same programs twice. FEED is the update feed, as
# "https://… KEY" (docs/releasing.md); without it the programs look for none.
VERSION ?= $(shell sed -n 's/^const Version = "\(.*\)"$$/\1/p' backend/config/build.go)
COMMIT := $(shell git rev-parse --short=10 HEAD 2>/dev/null || echo unknown)
EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 315532800)
DATE := $(shell TZ=UTC0 git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd 2>/dev/null || echo 1980-01-01T00:00:00Z)
FEED ?=
CONFIG := github.com/kontent/kontent-connect/backend/config
STAMP := -X "$(CONFIG).stamp=$(VERSION) $(COMMIT) $(DATE)" -X "$(CONFIG).feed=$(FEED)"

WINDOW := build/bin/kontent-connect$(EXE)
COMMAND := build/bin/kontent$(EXE)

TOOL := go tool -modfile=tools/go.mod
WAILS := go tool -modfile=tools/wails/go.mod wails
SQLC := $(TOOL) sqlc -f backend/sqlite/sqlc.yaml

# -- Using it -----------------------------------------------------------------

.PHONY: run
run: build ## Open the window in its demonstration. Without a screen: walk through it, pictures in build/out/walk
ifneq ($(SCREEN),)
	$(WINDOW) --demo
else
	build/setup.sh
	go run ./build/walk
endif

.PHONY: build
build: $(WINDOW) $(COMMAND) ## Build the window and the command line into build/bin

# Only ever the demonstration: the development server takes calls from any page
# that the browser has open, which must not reach real accounts.
.PHONY: dev
dev: setup ## Open the window in its demonstration and rebuild it as its sources change
	$(WAILS) dev -m -tags webkit2_41 -appargs --demo

.PHONY: setup
setup: ## Install what building and testing need
	build/setup.sh

.PHONY: clean
clean: ## Remove everything that can be built again
	rm -rf build/bin build/out frontend/node_modules
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# -- Building -----------------------------------------------------------------

# The Go side is always asked to build: its cache knows better than make what
# changed. The page is built when something below these paths is newer than it.
PAGE := frontend/dist/index.html
PAGE_SOURCES := $(shell find $(wildcard $(addprefix frontend/,src public wailsjs index.html package-lock.json \
	vite.config.ts svelte.config.js tsconfig.json) backend/text/*.json) ! -name '*.test.ts' ! -name '.*' 2>/dev/null)

.PHONY: $(WINDOW) $(COMMAND)
$(WINDOW): $(PAGE)
	go build -trimpath -buildvcs=false -tags $(TAGS) -ldflags '$(LDFLAGS) $(STAMP)' -o $@ .

$(COMMAND):
	$(PLAIN) go build -trimpath -buildvcs=false -tags $(LEAN) -ldflags '-s -w $(STAMP)' -o $@ ./cmd/kontent

$(PAGE): $(PAGE_SOURCES) | setup-build
	cd frontend && npm run build
	touch $@

.PHONY: setup-build
setup-build:
	build/setup.sh build

# -- What people install ------------------------------------------------------

RELEASE := go run ./build/release -version $(VERSION) -epoch $(EPOCH) -ldflags '$(STAMP)'
RELEASED := build/out/release

# What goes beside the programs: the manual, the shells' completions and the
# licences of the libraries.
PAPERS := build/out/papers
.PHONY: papers
papers: $(COMMAND) licences
	mkdir -p $(PAPERS)
	rm -f $(PAPERS)/*
	for shell in bash zsh fish; do $(COMMAND) completion $$shell >$(PAPERS)/kontent.$$shell || exit 1; done
	$(COMMAND) man >$(PAPERS)/kontent.1

.PHONY: packages
packages: build papers ## Build this machine's deb and rpm packages into build/out/packages
	$(RELEASE) -packages -out build/out/packages

.PHONY: release
release: build papers ## Build every package, installer and archive that this system can, with checksums, into build/out/release
	build/setup.sh installer
	$(RELEASE) -out $(RELEASED)

# Twice, from the programs on: what differs has said where or when it was made.
.PHONY: release-twice
release-twice: release
	rm -rf build/out/release-before
	mv $(RELEASED) build/out/release-before
	$(MAKE) release
	diff -r build/out/release-before $(RELEASED)

.PHONY: version
version:
	@echo $(VERSION)

# -- Tests --------------------------------------------------------------------

# The pictures were taken with Debian's browser and typeface.
ifeq ($(SYSTEM),Linux)
LOOKS := test-looks
endif
TESTS := vet test-go test-page $(LOOKS) cross e2e

.PHONY: test test-looks $(TESTS)
test: $(TESTS) ## Run every test, the whole journey through the real programs last

vet: setup
	go vet ./...
	go vet -tags e2e ./build/...

test-go: setup
	go test -race -timeout 10m ./...
	go test -run TestNinetyDays ./backend/monitor

test-page: setup
	cd frontend && npm run check
	cd frontend && npm test

# The page as a person meets it: how it looks, without a mouse, and with ten thousand accounts.
test-looks: setup
	cd frontend && npm run build:fake
	cd frontend && npm run looks
	cd frontend && npm run keys
	cd frontend && npm run speed

# The other systems, as far as this one can go: the compiler's word, no run.
# On macOS the tray needs cgo, so there the rest is built around its stand-in.
cross:
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go build -o build/out/cross/ ./cmd/kontent
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 go vet -tags desktop,production .
	GOOS=darwin GOARCH=arm64 CGO_ENABLED=0 go build -o build/out/cross/ ./cmd/kontent

# The packages are installed for real, where a system has apt and there is root.
E2E_PACKAGES := $(if $(shell command -v apt-get),packages,build)

# One desktop after the other: each has a browser, a window and a clock to watch.
e2e: setup $(E2E_PACKAGES)
	go test -tags e2e -count=1 -p 1 -timeout 12m ./build/e2e/... ./build/relay

# The one test of what the packages say they need: everywhere else it is there.
# No part of "test", because of what it fetches. SUITE=trixie tries one alone.
.PHONY: test-clean-debian
test-clean-debian: setup packages ## Install the packages on a clean Debian 12 and 13 and use them there (as root; fetches 200 MB for each)
	build/setup.sh cleanroom
	go test -tags e2e -count=1 -timeout 10m -run 'TestACleanDebian/$(SUITE)' ./build/cleanroom

# -- Supply chain -------------------------------------------------------------

.PHONY: vulncheck sbom licences reproducible

# The scan proves first, on a module that has a known vulnerability, that its
# database knows any. DB=file:///folder asks a copy.
vulncheck: ## Look for known vulnerabilities in what the programs link
	go run ./build/parts vulnerable $(DB)

sbom: build ## Write the bill of materials of this build to build/out/sbom.json (CycloneDX)
	go run ./build/parts bill build/out/sbom.json $(COMMAND) $(WINDOW)

licences: setup-build ## List the licences of all that is linked in build/out/licences; fail on one that may not be
	go run ./build/parts licences build/out/licences

# The page is built twice in one folder: it holds no path that could differ.
reproducible: build ## Build both programs and the page a second time, elsewhere, and compare
	build/setup/twice.sh '$(TAGS)' '$(LDFLAGS) $(STAMP)' '$(LEAN)' '-s -w $(STAMP)' $(WINDOW) $(COMMAND)

# -- The long form ------------------------------------------------------------

FUZZTIME ?= 1m

# What is proved by numbers, with larger numbers; then every fuzz target for a while.
.PHONY: soak
soak: setup ## The long form of the tests, and native fuzzing of every target (FUZZTIME=1m each)
	grep -rl --include='*_test.go' KONTENT_SOAK backend cmd build | xargs -n1 dirname | sort -u | sed 's|^|./|' | \
		KONTENT_SOAK=1 xargs -r go test -race -count=1 -timeout 4h
	build/setup/fuzz.sh $(FUZZTIME)

# -- Measuring ----------------------------------------------------------------

BENCH := go run ./build/bench -tags $(TAGS)

.PHONY: bench test-bench
bench: setup build ## Measure start, weight, requests and work against bare ones, and write docs/performance.md
	$(BENCH) -write

# Few rounds: it fails where something costs a quarter more than it may, twice.
# By itself, because what else a machine does is measured along.
test-bench: setup build
	$(BENCH) -short

# -- Lint ---------------------------------------------------------------------

LINTS := lint-go lint-page lint-generated

.PHONY: lint $(LINTS)
lint: $(LINTS) ## Check style, the arrows between packages, and that generated files are up to date

lint-go: setup-build
	$(TOOL) golangci-lint run

lint-page: setup-build
	cd frontend && npm run lint

lint-generated: setup-build
	$(SQLC) diff
	build/setup/bindings.sh --check

# -- Generated files ----------------------------------------------------------

.PHONY: generate bindings arrows icons threats
generate: bindings arrows icons threats ## Write again what is generated: SQL, the page's bindings, the arrows in .golangci.yml, the icons, the threat model's tables
	$(SQLC) generate

bindings:
	build/setup/bindings.sh

icons:
	go run ./build/icons

arrows:
	go test ./build/arrows -run TestLinter -write

threats:
	go test ./build/threats -update

# -- Documentation ------------------------------------------------------------

.PHONY: docs screenshots
generate: docs
docs: ## Write again what the documentation takes from the program: tables of messages and permissions, quoted code, the rooms
	go test ./build/docs -run 'Parts|Picture' -write

# Chromium on the page's stand-in; about a minute.
screenshots: setup ## Take the pictures of the documentation again, in both languages, into docs/images
	cd frontend && npm run build:fake
	cd frontend && npm run pictures

# What continuous integration goes through, one word a step (see .ci/run).
.PHONY: steps
steps:
	@echo setup $(LINTS) $(TESTS) test-bench
