# Every command of this repository. `make help` lists them.
SHELL := /bin/bash
MVN   := mvn -B -ntp

SERVER_JAR := server/target/sonde-server.jar
AGENT_JAR  := agent/target/sonde-agent.jar
SAMPLE_JAR := samples/rag-service/target/rag-service.jar

.PHONY: help build demo test dev fmt bench clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

build: ## Build every artifact, no tests
	$(MVN) -q package -DskipTests

$(SERVER_JAR) $(AGENT_JAR) $(SAMPLE_JAR):
	$(MVN) -q package -DskipTests

demo: $(SERVER_JAR) $(AGENT_JAR) $(SAMPLE_JAR) ## Server, sample under the agent, and the address of its trace (ONCE=1 checks it and stops)
	@node samples/demo.mjs $(if $(ONCE),--once)

test: ## Everything that CI runs
	$(MVN) verify
	cd server/ui && SONDE_SERVER_JAR="$(CURDIR)/$(SERVER_JAR)" npm run --silent e2e

dev: $(SERVER_JAR) $(AGENT_JAR) $(SAMPLE_JAR) ## Server on a throw-away data directory, and the UI with hot reload
	@node samples/dev.mjs

fmt: ## Format the code
	$(MVN) -q spotless:apply

bench: ## Sonde beside its peers (QUICK=1 for a look); figures go to docs/performance.md
	@benchmarks/bench.sh

clean: ## Delete what was built
	$(MVN) -q clean
