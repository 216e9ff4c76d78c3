// For contributors: a server on a throw-away data directory, the sample asking a question every few seconds, and the
// pages with hot reload.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, jars, json, start, stopAll, until } from "./processes.mjs";

const home = mkdtempSync(join(tmpdir(), "sonde-dev-"));
const base = `http://localhost:${await freePort(3000)}`;
const keys = { public: "pk-lf-dev", secret: "sk-lf-dev" };
const questions = ["When is the lighthouse open?", "Which birds breed on the islands?", "When does the bakery close?"];

async function main() {
  start("server", ["-jar", jars.server, "--port", new URL(base).port, "--data", join(home, "data")], {
    LANGFUSE_INIT_PROJECT_ID: "dev",
    LANGFUSE_INIT_PROJECT_PUBLIC_KEY: keys.public,
    LANGFUSE_INIT_PROJECT_SECRET_KEY: keys.secret,
    LANGFUSE_INIT_USER_EMAIL: "dev@localhost",
    LANGFUSE_INIT_USER_PASSWORD: "development",
  });
  await until("the server is ready", async () => (await fetch(`${base}/api/public/ready`)).ok);
  const provider = start("provider", ["-jar", jars.provider, "--port", "0"], {}, true);
  const model = await until("the provider is ready", async () => /^\d+$/m.exec(provider.output())?.[0]);
  const port = await freePort(0);
  start("sample", [`-javaagent:${jars.agent}`, "-jar", jars.sample], {
    OPENAI_BASE_URL: `http://127.0.0.1:${model}/v1`,
    OPENAI_API_KEY: "local",
    PORT: String(port),
    SONDE_HOST: base,
    SONDE_PUBLIC_KEY: keys.public,
    SONDE_SECRET_KEY: keys.secret,
  });
  const sample = `http://127.0.0.1:${port}`;
  await until("the sample is ready", async () => (await fetch(`${sample}/health`)).ok);
  spawn("npm", ["run", "dev"], {
    cwd: fileURLToPath(new URL("../server/ui", import.meta.url)),
    env: { ...process.env, SONDE_URL: base },
    stdio: "inherit",
  });
  console.log(`\n  server ${base}, sign in as dev@localhost · development; Ctrl-C ends everything\n`);
  for (let turn = 0; ; turn++) {
    const body = { question: questions[turn % questions.length], user: `user-${turn % 5}`, session: `session-${turn % 7}` };
    await json(`${sample}/ask`, { method: "POST", body }).catch((error) => console.error(`  ${error.message}`));
    await new Promise((resolve) => setTimeout(resolve, 4_000));
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    await stopAll();
    rmSync(home, { recursive: true, force: true });
    process.exit(0);
  });
}
main().catch(async (error) => {
  console.error(`\n  ${error.message}`);
  await stopAll();
  process.exit(1);
});
