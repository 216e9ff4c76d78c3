import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MadeTrace } from '../dev/scenario.ts';
import { otlpOf } from './otlp.ts';

export const PROJECT = 'ui-e2e';
export const OWNER = { email: 'owner@example.org', password: 'correct-horse-battery' };
const PUBLIC = 'pk-lf-ui-e2e';
const SECRET = 'sk-lf-ui-e2e';
const START_MILLIS = 60_000;

/** A real server on a fresh data directory. */
export interface Server {
  url: string;
  /** As a client with the project's keys. */
  post: (path: string, body: string) => Promise<void>;
  send: (trace: MadeTrace, startMillis: number) => Promise<void>;
  stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((found, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts the jar named by SONDE_SERVER_JAR, or the one beside this folder, with a project, its keys and an owner. */
export async function startServer(): Promise<Server> {
  const jar = resolve(process.env['SONDE_SERVER_JAR'] ?? '../target/sonde-server.jar');
  if (!existsSync(jar)) throw new Error(`SONDE_SERVER_JAR: ${jar} does not exist (expected: the path of sonde-server.jar)`);
  const data = mkdtempSync(join(tmpdir(), 'sonde-ui-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn('java', ['-jar', jar, '--port', String(port), '--data', join(data, 'data')], {
    cwd: data,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      LANGFUSE_INIT_ORG_ID: 'ui-org',
      LANGFUSE_INIT_ORG_NAME: 'Fjord Rail',
      LANGFUSE_INIT_PROJECT_ID: PROJECT,
      LANGFUSE_INIT_PROJECT_NAME: 'Support',
      LANGFUSE_INIT_PROJECT_PUBLIC_KEY: PUBLIC,
      LANGFUSE_INIT_PROJECT_SECRET_KEY: SECRET,
      LANGFUSE_INIT_USER_EMAIL: OWNER.email,
      LANGFUSE_INIT_USER_NAME: 'Ada Owner',
      LANGFUSE_INIT_USER_PASSWORD: OWNER.password,
    },
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
    rmSync(data, { recursive: true, force: true });
  };
  for (const deadline = Date.now() + START_MILLIS; ; ) {
    const ready = await fetch(`${url}/api/public/ready`).then((r) => r.ok, () => false);
    if (ready) break;
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`The server did not become ready:\n${said}`);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
  const authorization = `Basic ${Buffer.from(`${PUBLIC}:${SECRET}`).toString('base64')}`;
  const post = async (path: string, body: string) => {
    const response = await fetch(url + path, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  };
  const send = async (trace: MadeTrace, startMillis: number) => {
    const whole = trace.observations;
    for (let at = 0; at < whole.length; at += 1000) {
      await post('/api/public/otel/v1/traces', otlpOf({ ...trace, observations: whole.slice(at, at + 1000) }, startMillis));
    }
    if (trace.scores.length === 0) return;
    const timestamp = new Date().toISOString();
    const batch = trace.scores.map((score, i) => ({
      id: `${trace.id}-event-${i}`,
      type: 'score-create',
      timestamp,
      body: { id: `${trace.id}-score-${i}`, traceId: trace.id, dataType: 'NUMERIC', ...score },
    }));
    await post('/api/public/ingestion', JSON.stringify({ batch }));
  };
  return { url, post, send, stop };
}
