// Starts, watches and ends the processes of a demonstration.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const root = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The artifacts by what they are. */
export const jars = {
  server: root("server/target/sonde-server.jar"),
  agent: root("agent/target/sonde-agent.jar"),
  sample: root("samples/rag-service/target/rag-service.jar"),
  provider: root("testkit/target/sonde-testkit.jar"),
};

const running = [];

/** Starts a JVM. Its output is shown with its name in front, or kept when `quiet`. */
export function start(name, args, env, quiet = false) {
  const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : "java";
  const child = spawn(java, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const take = (chunk) => {
    output += chunk;
    if (!quiet) {
      process.stderr.write(chunk.toString().replace(/^(?=.)/gm, `  [${name}] `));
    }
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  const process_ = { name, child, output: () => output };
  running.push(process_);
  return process_;
}

/** Ends what was started, newest first, and waits for it. */
export async function stopAll() {
  for (const { child } of running.splice(0).reverse()) {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(hard);
    }
  }
}

/** `port` if it is free, else any that is. */
export async function freePort(port) {
  const listen = (wanted) =>
    new Promise((resolve, reject) => {
      const server = createServer();
      server.once("error", reject);
      server.listen(wanted, () => {
        const { port: found } = server.address();
        server.close(() => resolve(found));
      });
    });
  return listen(port).catch(() => listen(0));
}

/** Waits until `attempt` answers something, for a minute at most; fails at once when a process has ended. */
export async function until(what, attempt) {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const ended = running.find(({ child }) => child.exitCode !== null);
    if (ended) {
      throw new Error(`${ended.name} ended with status ${ended.child.exitCode}\n${ended.output().trimEnd()}`);
    }
    const answer = await attempt().catch(() => undefined);
    if (answer) {
      return answer;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited a minute: ${what} did not come true`);
}

/** Credentials of a key pair, for `json`. */
export const auth = (keys) => ({
  headers: { Authorization: `Basic ${Buffer.from(`${keys.public}:${keys.secret}`).toString("base64")}` },
});

/** Asks for JSON; a status other than 2xx is an error. */
export async function json(url, { method = "GET", headers = {}, body } = {}) {
  const response = await fetch(url, {
    method,
    headers: body ? { ...headers, "Content-Type": "application/json" } : headers,
    body: body && JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  }
  return response.json();
}
