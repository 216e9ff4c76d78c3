#!/usr/bin/env bash
# The benchmarks in their short form: what an observed call costs, and what a start costs. ROUNDS=5 for the long form.
set -euo pipefail
cd "$(dirname "$0")/.."

agent=$PWD/agent/target/sonde-agent.jar
jar=benchmarks/target/sonde-benchmarks.jar
if [ ! -f "$agent" ] || [ ! -f "$jar" ]; then
  mvn -B -ntp -q package -DskipTests -DskipUi -pl agent,benchmarks -am
fi

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
echo "machine: $(nproc) cores, $(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs); $("$java" -version 2>&1 | sed -n 2p)"
"$java" -cp "$jar:benchmarks/target/lib/*" dev.sonde.benchmarks.ObservedCallRun "$agent" "${ROUNDS:-1}"
"$java" -cp "$jar:benchmarks/target/lib/*" dev.sonde.benchmarks.StartUpRun "$agent" "${RUNS:-7}"
