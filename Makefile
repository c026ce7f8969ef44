# The one door: every way to build, test, lint and show adprov is a target here.
# Everything that a target needs it sets up itself, on Debian 12 with a Swift toolchain.

SWIFT_BUILD_FLAGS ?= --explicit-target-dependency-import-check error
export ADPROV_LAB ?= /var/tmp/adprov-lab
export ADPROV_SCIM ?= /var/tmp/adprov-scim

export ADPROV_DEMO_FOLDER ?= /var/tmp/adprov-demo

.PHONY: help build release demo demo-down test unit-test fuzz memory lint format lab lab-down install-dependencies clean simulate mutants soak

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 24

install-dependencies: ## Install the C libraries to build with and the tools of lab and tests
	scripts/install-dependencies.sh

build: install-dependencies ## Build everything for debugging
	swift build $(SWIFT_BUILD_FLAGS)

release: install-dependencies ## Build the two programs as they ship
	swift build -c release --static-swift-stdlib --product adprovd
	swift build -c release --static-swift-stdlib --product adprovctl

demo: build ## Provision a real AD domain to a real SCIM server and a file, step by step (KEEP=1 leaves it running)
	scripts/demo.sh $(if $(KEEP),--keep)

demo-down: ## Stop what a demo with KEEP=1 left running
	scripts/demo.sh --down

test: lab ## All tests, with a real Samba AD and a real SCIM server
	swift build --build-tests $(SWIFT_BUILD_FLAGS)
	ADPROV_REQUIRE_LAB=1 scripts/test.sh

unit-test: install-dependencies ## The tests that need no server
	swift test --skip IntegrationTests --skip EndToEndTests --skip ContractTests --skip SimulationTests --skip ADSimulatorTests

fuzz: install-dependencies ## Random inputs for the parsers of what comes from outside (RUNS=10000000 for each, TARGET=… for one, JOBS=2)
	RUNS=$(or $(RUNS),1000000) TARGET=$(TARGET) JOBS=$(or $(JOBS),1) scripts/fuzz.sh

simulate: install-dependencies ## The engine against simulated domains, with kills and faults: SEEDS=300 OPS=500 FIRST=1 (DOMAINS=2: not all seeds pass yet)
	swift build -c release --product adprov-simulate
	"$$(swift build -c release --show-bin-path)/adprov-simulate" --seeds $(or $(SEEDS),300) --ops $(or $(OPS),500) --first-seed $(or $(FIRST),1) $(if $(filter 2,$(DOMAINS)),--two-domains)

mutants: install-dependencies ## Plant the bugs of scripts/mutants/list.py, one at a time: all must be caught (takes long)
	scripts/mutants/run.py

soak: build ## Random operations on two replicating DCs, with kills and stops: OPS=2000 KILLS=30 STOPS=10 SEED=1
	scripts/soak.sh --ops $(or $(OPS),2000) --kills $(or $(KILLS),30) --stops $(or $(STOPS),10) --seed $(or $(SEED),1)

memory: release ## Peak memory of a first run of 5,000 users on a domain of its own (takes some minutes)
	scripts/measure-memory.sh

lab: install-dependencies ## Start the Samba domain and install the SCIM server for tests
	scripts/lab/lab.sh install
	scripts/lab/lab.sh up
	scripts/lab/scim.sh install

lab-down: ## Stop the Samba domain and the SCIM server
	-scripts/lab/scim.sh down
	scripts/lab/lab.sh down

lint: ## Formatting and shell scripts, without changing anything
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Fuzzing/Package.swift Fuzzing/Targets
	bash -n $$(git ls-files '*.sh')

format: ## Format the sources
	swift format --in-place --parallel --recursive Package.swift Sources Tests Fuzzing/Package.swift Fuzzing/Targets

clean: ## Remove what was built
	rm -rf .build
