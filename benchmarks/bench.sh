#!/usr/bin/env bash
# Sonde beside its peers. QUICK=1 for a look, ROUNDS=5 for figures, ONLY="hammer chat" for some of the questions.
set -euo pipefail
cd "$(dirname "$0")/.."

agent=$PWD/agent/target/sonde-agent.jar
target=$PWD/benchmarks/target
if [ ! -f "$agent" ] || [ ! -f "$target/sonde-benchmarks.jar" ] || [ ! -d "$target/agents" ]; then
  mvn -B -ntp -q package -Ppeers -DskipTests -DskipUi -pl agent,benchmarks -am
fi

quick=false rounds=${ROUNDS:-3}
if [ -n "${QUICK:-}" ]; then
  quick=true rounds=${ROUNDS:-1}
fi
commit=$(git rev-parse --short HEAD)
# shellcheck disable=SC2086 # several questions are several words
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$target/sonde-benchmarks.jar:$target/lib/*" \
  dev.sonde.benchmarks.PeerRun "$agent" "$target" "$commit" "$rounds" "$quick" ${ONLY:-}
