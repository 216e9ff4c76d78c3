// The main job in one run: a fresh server, the local provider, the sample service under the agent, a few questions, and
// the address of the trace they made. With --once it checks that trace through the API and stops everything.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auth, freePort, jars, json, start, stopAll, until } from "./processes.mjs";

const once = process.argv.includes("--once");
const home = mkdtempSync(join(tmpdir(), "sonde-demo-"));
const secret = () => randomBytes(16).toString("hex");
const keys = { public: `pk-lf-${secret()}`, secret: `sk-lf-${secret()}` };
const owner = { email: "demo@localhost", password: secret() };

const questions = [
  ["When is the lighthouse open?", "ada", "visit-planning"],
  ["How do visitors get to the islands?", "ada", "visit-planning"],
  ["Which birds breed on the islands?", "grace", "bird-watching"],
];

async function main() {
  const port = await freePort(Number(process.env.SONDE_PORT ?? 3000));
  const base = `http://localhost:${port}`;
  await startServer(port, base);
  const sample = await startSample(base);
  for (const [question, user, session] of questions) {
    const { answer } = await json(`${sample}/ask`, { method: "POST", body: { question, user, session } });
    console.log(`  ${user} asks   ${question}\n  answer     ${answer}`);
  }
  const trace = await completeTrace(base);
  const link = `${base}/project/demo/traces/${trace.id}`;
  console.log(`
  trace      ${link}
  sign in    ${owner.email} · ${owner.password}
  it has     ${trace.observations.length} observations, $${trace.totalCost.toFixed(6)}, ${trace.latency.toFixed(3)} s`);
  if (once) {
    await finish(0);
  } else {
    console.log("\n  The server keeps running; Ctrl-C ends it.");
  }
}

async function startServer(port, base) {
  start("server", ["-jar", jars.server, "--port", String(port), "--data", process.env.SONDE_DATA ?? join(home, "data")], {
    LANGFUSE_INIT_ORG_ID: "demo",
    LANGFUSE_INIT_ORG_NAME: "Demo",
    LANGFUSE_INIT_PROJECT_ID: "demo",
    LANGFUSE_INIT_PROJECT_NAME: "Demo",
    LANGFUSE_INIT_PROJECT_PUBLIC_KEY: keys.public,
    LANGFUSE_INIT_PROJECT_SECRET_KEY: keys.secret,
    LANGFUSE_INIT_USER_EMAIL: owner.email,
    LANGFUSE_INIT_USER_NAME: "Demo",
    LANGFUSE_INIT_USER_PASSWORD: owner.password,
  });
  await until("the server is ready", async () => (await fetch(`${base}/api/public/ready`)).ok);
  console.log(`  server     ${base}`);
}

async function startSample(base) {
  const openAi = process.env.OPENAI_API_KEY ? {} : await startProvider();
  const port = await freePort(0);
  const agent = `-javaagent:${jars.agent}`;
  start("sample", [agent, "-jar", jars.sample], {
    ...openAi,
    PORT: String(port),
    SONDE_HOST: base,
    SONDE_PUBLIC_KEY: keys.public,
    SONDE_SECRET_KEY: keys.secret,
    SONDE_SERVICE_NAME: "rag-service",
    SONDE_ENVIRONMENT: "demo",
  });
  const address = `http://127.0.0.1:${port}`;
  await until("the sample is ready", async () => (await fetch(`${address}/health`)).ok);
  console.log(`  sample     ${address}, under the agent`);
  return address;
}

async function startProvider() {
  const provider = start("provider", ["-jar", jars.provider, "--port", "0", "--first-chunk-millis", "120", "--chunk-millis", "15"], {}, true);
  const port = await until("the provider is ready", async () => /^\d+$/m.exec(provider.output())?.[0]);
  console.log(`  provider   http://127.0.0.1:${port}/v1, a local stand-in that quotes its context`);
  return { OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_API_KEY: "local" };
}

/** The first question's trace, once everything in it has arrived. */
async function completeTrace(base) {
  let missing = ["the trace"];
  try {
    return await until("the trace is complete", async () => {
      const { data } = await json(`${base}/api/public/traces?userId=ada&orderBy=timestamp.asc&limit=1`, auth(keys));
      if (data.length === 0) {
        return undefined;
      }
      const trace = await json(`${base}/api/public/traces/${data[0].id}`, auth(keys));
      missing = gaps(trace);
      return missing.length === 0 ? trace : undefined;
    });
  } catch (error) {
    throw new Error(`${error.message}; missing: ${missing.join(", ")}`);
  }
}

/** What a complete trace of the first question has and this one does not. */
function gaps(trace) {
  const of = (type) => trace.observations.filter((o) => o.type === type);
  const ids = new Set(trace.observations.map((o) => o.id));
  const roots = trace.observations.filter((o) => !ids.has(o.parentObservationId));
  const threads = new Set(trace.observations.map((o) => o.metadata?.["thread.name"] ?? o.metadata?.attributes?.["thread.name"]));
  const sum = trace.observations.reduce((total, o) => total + (o.calculatedTotalCost ?? 0), 0);
  const generations = of("GENERATION");
  const expected = {
    "one root": roots.length === 1 && roots[0].type === "AGENT",
    "a retriever": of("RETRIEVER").length > 0,
    "an embedding": of("EMBEDDING").length > 0,
    "a guardrail": of("GUARDRAIL").length > 0,
    "a tool": of("TOOL").length > 0,
    "two generations": generations.length >= 2,
    "usage of each generation": generations.every((g) => g.usage.input > 0 && g.usage.output > 0),
    "cost of each generation": generations.every((g) => g.calculatedTotalCost > 0),
    "time to the first token of a stream": generations.some((g) => g.timeToFirstToken > 0),
    "an end of every observation": trace.observations.every((o) => o.endTime),
    "the sum of the costs": sum > 0 && Math.abs(sum - trace.totalCost) < 1e-9,
    "several threads": threads.size > 1,
    "the user": trace.userId === "ada",
    "the session": trace.sessionId === "visit-planning",
    "a score": trace.scores.length > 0,
  };
  return Object.keys(expected).filter((what) => !expected[what]);
}

async function finish(status) {
  await stopAll();
  rmSync(home, { recursive: true, force: true });
  process.exit(status);
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => finish(0));
}
main().catch(async (error) => {
  console.error(`\n  ${error.message}`);
  await finish(1);
});
