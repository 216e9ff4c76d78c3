import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'vite';
import { terms, valuesOf } from '../src/model/filter.ts';
import { hugeTrace, smallTrace, supportTrace, type Made, type MadeTrace } from './scenario.ts';

/** USD per token, enough for a picture. */
const PRICES: Record<string, [number, number]> = { 'gpt-4o': [2.5e-6, 1e-5], 'gpt-4o-mini': [1.5e-7, 6e-7], 'text-embedding-3-small': [2e-8, 0] };

interface Stored {
  made: MadeTrace;
  start: number;
}

function costOf(one: Made): number | null {
  const price = one.model ? PRICES[one.model] : undefined;
  return price && one.tokens ? one.tokens[0] * price[0] + one.tokens[1] * price[1] : null;
}

const sum = (made: MadeTrace, of: (one: Made) => number | null) => made.observations.reduce((n, one) => n + (of(one) ?? 0), 0);

function rowOf({ made, start }: Stored) {
  const root = made.observations[0]!;
  const ended = made.observations.every((one) => one.took !== null);
  const generation = made.observations.findLast((one) => one.type === 'generation' && one.output);
  const said = generation?.output ? (JSON.parse(generation.output) as { content: string }).content : null;
  const asked = root.input ?? made.observations[1]?.input;
  const costs = made.observations.map(costOf).filter((c) => c !== null);
  return {
    id: made.id,
    timestamp: new Date(start).toISOString(),
    name: made.name,
    userId: made.user,
    sessionId: made.session,
    release: made.release,
    version: null,
    environment: made.environment,
    tags: made.tags,
    level: made.observations.some((one) => one.level === 'ERROR') ? 'ERROR' : 'DEFAULT',
    bookmarked: false,
    public: false,
    latencyMs: ended ? Math.max(...made.observations.map((one) => one.at + (one.took ?? 0))) : null,
    running: !ended,
    observationCount: made.observations.length,
    errorCount: made.observations.filter((one) => one.level === 'ERROR').length,
    warningCount: made.observations.filter((one) => one.level === 'WARNING').length,
    inputUsage: sum(made, (one) => one.tokens?.[0] ?? 0),
    outputUsage: sum(made, (one) => one.tokens?.[1] ?? 0),
    totalUsage: sum(made, (one) => (one.tokens ? one.tokens[0] + one.tokens[1] : 0)),
    cost: costs.length === 0 ? null : costs.reduce((a, b) => a + b, 0),
    scores: Object.fromEntries(made.scores.map((s) => [s.name, s.value])),
    inputPreview: asked ? ((JSON.parse(asked.startsWith('{') ? asked : '{}') as { question?: string }).question ?? asked) : null,
    outputPreview: said,
  };
}

function dictionary(values: string[]) {
  const dict = [...new Set(values)];
  const at = new Map(dict.map((v, i) => [v, i]));
  return { dict, v: values.map((v) => at.get(v)!) };
}

function skeletonOf({ made, start }: Stored) {
  const rows = [...made.observations].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const index = new Map(rows.map((one, i) => [one.id, i]));
  return {
    n: rows.length,
    base: start * 1000,
    id: rows.map((one) => one.id),
    parent: rows.map((one) => (one.parent === null ? -1 : (index.get(one.parent) ?? -2))),
    start: rows.map((one) => one.at * 1000),
    duration: rows.map((one) => (one.took === null ? -1 : one.took * 1000)),
    ttft: rows.map((one) => (one.firstToken === undefined ? -1 : one.firstToken * 1000)),
    type: dictionary(rows.map((one) => one.type.toUpperCase())),
    name: dictionary(rows.map((one) => one.name)),
    level: dictionary(rows.map((one) => one.level ?? 'DEFAULT')),
    model: dictionary(rows.map((one) => one.model ?? '')),
    inputUsage: rows.map((one) => one.tokens?.[0] ?? 0),
    outputUsage: rows.map((one) => one.tokens?.[1] ?? 0),
    totalUsage: rows.map((one) => (one.tokens ? one.tokens[0] + one.tokens[1] : 0)),
    cost: rows.map(costOf),
    thread: dictionary(rows.map((one) => one.thread)),
  };
}

function detailOf({ made, start }: Stored, one: Made) {
  const price = one.model ? PRICES[one.model] : undefined;
  const [input, output] = one.tokens ?? [0, 0];
  const at = (ms: number) => new Date(start + ms).toISOString();
  return {
    id: one.id, traceId: made.id, parentId: one.parent, type: one.type.toUpperCase(), name: one.name, startTime: at(one.at),
    endTime: one.took === null ? null : at(one.at + one.took), completionStartTime: one.firstToken === undefined ? null : at(one.at + one.firstToken),
    level: one.level ?? 'DEFAULT', statusMessage: one.status ?? null, version: null, environment: made.environment, prompt: null,
    input: one.input ?? null, output: one.output ?? null, metadata: one.metadata ?? {}, scores: [],
    model: one.model ? {
      name: one.model, modelId: one.model, tier: null, parameters: one.parameters ?? null, usage: { input, output, total: input + output },
      cost: price ? { input: input * price[0], output: output * price[1] } : {}, totalCost: costOf(one), costProvided: false,
      prices: price ? { input: price[0], output: price[1] } : null,
    } : null,
  };
}

/** The UI's API answered from memory, for working on the UI without a server. It knows a part of the filter language. */
export function mockApi(): Plugin {
  const empty = process.env['SONDE_MOCK_EMPTY'] === '1';
  const now = Date.now();
  const made = [supportTrace(), ...Array.from({ length: 400 }, (_, n) => smallTrace(n)), hugeTrace(10_000)];
  const stored: Stored[] = empty ? [] : made.map((one, i) => ({ made: one, start: now - 42_000 - i * 97_000 - ((i * 7919) % 60_000) })).sort((a, b) => b.start - a.start);
  let signedIn = process.env['SONDE_MOCK_SIGNED_OUT'] !== '1';
  const session = { user: { id: 'u1', email: 'owner@example.org', name: 'Ada Owner' }, csrf: 'c', version: '0.0.0', projects: [{ id: 'demo', name: 'Support', organisation: { id: 'o', name: 'Fjord Rail' }, role: 'OWNER' }] };
  const matching = (q: string) => stored.filter(({ made: one }) => terms(q).every((t) => {
    const row = rowOf({ made: one, start: 0 });
    const of: Record<string, string[]> = { name: [row.name], user: [row.userId], session: [row.sessionId], tag: row.tags, env: [row.environment], level: [row.level] };
    if (t.kind === 'text') return one.name.includes(t.value);
    return t.key === null || valuesOf(t).some((v) => (of[t.key!] ?? []).includes(v)) !== t.negated;
  }));
  const answer = (url: URL): [number, unknown] => {
    const path = url.pathname.replace('/api/ui', '');
    const q = url.searchParams.get('q') ?? '';
    if (path === '/session') return signedIn ? [200, session] : [401, { message: 'Not signed in', error: 'Unauthorized' }];
    if (path === '/login') return (signedIn = true), [200, session];
    if (path === '/logout') return (signedIn = false), [204, undefined];
    if (path === '/state') return [200, { setupNeeded: true }];
    if (path.startsWith('/setup/')) return [200, path.endsWith('used') ? { valid: false } : session];
    const [, , , what, a, b] = path.split('/');
    if (what === 'onboarding') return [200, { host: 'http://localhost:3000', publicKey: 'pk-lf-8d1f', tracesReceived: !empty }];
    if (what === 'facets') {
      const counts = (of: (s: Stored) => string[]) => {
        const n = new Map<string, number>();
        for (const value of matching(q).flatMap(of)) n.set(value, (n.get(value) ?? 0) + 1);
        return [...n].map(([value, count]) => ({ value, count })).sort((x, y) => y.count - x.count).slice(0, 20);
      };
      return [200, { facets: { name: counts((s) => [s.made.name]), user: counts((s) => [s.made.user]), session: counts((s) => [s.made.session]), tag: counts((s) => s.made.tags), env: counts((s) => [s.made.environment]), level: counts((s) => [rowOf(s).level]) } }];
    }
    if (what === 'traces' && a === undefined) {
      const wrong = /nmae:/.exec(q);
      if (wrong) return [400, { message: 'There is no key nmae. Did you mean name?', error: 'InvalidFilter', position: wrong.index, length: 4, suggestion: 'name' }];
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const limit = Number(url.searchParams.get('limit'));
      const rows = matching(q).slice(from, from + limit).map(rowOf);
      return [200, { rows, cursor: rows.length === limit ? String(from + limit) : null }];
    }
    if (what === 'traces' && a === 'count') return [200, { count: matching(q).length }];
    const trace = stored.find((s) => s.made.id === (what === 'traces' ? a : url.searchParams.get('traceId')));
    if (!trace) return [404, { message: 'Trace not found', error: 'LangfuseNotFoundError', requestId: 'r1' }];
    if (what === 'observations') {
      const one = trace.made.observations.find((o) => o.id === a);
      return one ? [200, { observation: detailOf(trace, one) }] : [404, { message: 'Observation not found' }];
    }
    if (b === 'skeleton') return [200, skeletonOf(trace)];
    const first = trace.made.observations.find((o) => o.input && o.output);
    const stamp = new Date(trace.start).toISOString();
    const scores = trace.made.scores.map((s, i) => ({ id: `s${i}`, dataType: 'NUMERIC', stringValue: null, source: 'API', observationId: null, timestamp: stamp, ...s }));
    return [200, { trace: { ...rowOf(trace), scores, input: first?.input ?? null, output: first?.output ?? null, metadata: { tenant: 'fjordrail', channel: 'web' }, createdAt: stamp, updatedAt: stamp } }];
  };
  const serve = (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (!url.pathname.startsWith('/api/ui')) return next();
    if (url.pathname.endsWith('/live')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': hello\n\n');
      return;
    }
    const [status, body] = answer(url);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  return {
    name: 'sonde-mock-api',
    configureServer: (server) => void server.middlewares.use(serve),
    configurePreviewServer: (server) => void server.middlewares.use(serve),
  };
}
