// npm langfuse 3: the batch protocol.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Langfuse, LangfuseWeb } from 'langfuse';
import { byName, fresh, pick, projectId, publicKey, read, request, secretKey, url } from '../support/server.js';

const langfuse = new Langfuse({ publicKey, secretKey, baseUrl: url, flushInterval: 100 });
const failures = [];
langfuse.on('error', (error) => failures.push(error));

after(async () => {
  await langfuse.shutdownAsync();
  assert.deepEqual(failures, [], 'the client met errors');
});

const start = new Date('2026-05-04T10:00:00.125Z');
const later = (millis) => new Date(start.getTime() + millis);

test('a nested trace is read back as it was written', async () => {
  const trace = langfuse.trace({
    id: fresh('trace'),
    timestamp: start,
    name: 'answer',
    userId: 'ada',
    sessionId: fresh('session'),
    environment: 'staging',
    release: '1.4.0',
    version: '7',
    tags: ['b', 'a'],
    public: true,
    metadata: { tier: 'gold', nested: { list: [1, null, 'two'] } },
    input: { question: 'Where is Zürich? 🦆' },
  });
  const span = trace.span({ name: 'retrieve', startTime: later(10), input: ['Zürich'], metadata: { k: 3 } });
  const generation = span.generation({
    name: 'rephrase',
    startTime: later(20),
    completionStartTime: later(30),
    model: 'gpt-4o-2024-08-06',
    modelParameters: { temperature: 0.5, stop: ['.'] },
    input: [{ role: 'user', content: 'Where is Zürich?' }],
    usage: { promptTokens: 1000, completionTokens: 200, totalTokens: 1200 },
  });
  generation.update({ output: { role: 'assistant', content: 'Switzerland' }, endTime: later(120) });
  span.event({ name: 'cache miss', startTime: later(15), level: 'WARNING', statusMessage: 'cold', input: 'key' });
  span.update({ output: 'found', endTime: later(200) });
  trace.update({ output: 'In Switzerland', tags: ['c'] });
  await langfuse.flushAsync();

  const stored = await read(`/traces/${trace.id}`);
  assert.deepEqual(
    pick(stored, 'id', 'projectId', 'timestamp', 'name', 'userId', 'environment', 'release', 'version', 'tags'),
    {
      id: trace.id,
      projectId,
      timestamp: start.toISOString(),
      name: 'answer',
      userId: 'ada',
      environment: 'staging',
      release: '1.4.0',
      version: '7',
      tags: ['a', 'b', 'c'],
    },
  );
  assert.equal(stored.public, true);
  assert.deepEqual(stored.metadata, { tier: 'gold', nested: { list: [1, null, 'two'] } });
  assert.deepEqual(stored.input, { question: 'Where is Zürich? 🦆' });
  assert.equal(stored.output, 'In Switzerland');
  assert.equal(stored.latency, 0.19);

  const observations = byName(stored.observations);
  assert.deepEqual(Object.keys(observations).sort(), ['cache miss', 'rephrase', 'retrieve']);
  assert.deepEqual(pick(observations.retrieve, ...Object.keys(expectedSpan(span))), expectedSpan(span));
  assert.deepEqual(
    pick(observations['cache miss'], 'type', 'level', 'statusMessage', 'input', 'parentObservationId', 'endTime'),
    { type: 'EVENT', level: 'WARNING', statusMessage: 'cold', input: 'key', parentObservationId: span.id, endTime: null },
  );
  const expected = expectedGeneration(generation, span);
  assert.deepEqual(pick(observations.rephrase, ...Object.keys(expected)), expected);

  const fetched = await langfuse.fetchTrace(trace.id);
  assert.deepEqual(fetched.data, stored);
  const one = await langfuse.fetchObservation(generation.id);
  assert.deepEqual(pick(one.data, ...Object.keys(expected)), expected);
});

function expectedSpan(span) {
  return {
    id: span.id,
    type: 'SPAN',
    parentObservationId: null,
    startTime: later(10).toISOString(),
    endTime: later(200).toISOString(),
    latency: 0.19,
    level: 'DEFAULT',
    input: ['Zürich'],
    output: 'found',
    metadata: { k: 3 },
    environment: 'default',
  };
}

function expectedGeneration(generation, span) {
  return {
    id: generation.id,
    type: 'GENERATION',
    parentObservationId: span.id,
    startTime: later(20).toISOString(),
    endTime: later(120).toISOString(),
    completionStartTime: later(30).toISOString(),
    latency: 0.1,
    timeToFirstToken: 0.01,
    model: 'gpt-4o-2024-08-06',
    modelParameters: { temperature: 0.5, stop: ['.'] },
    input: [{ role: 'user', content: 'Where is Zürich?' }],
    output: { role: 'assistant', content: 'Switzerland' },
    usage: { unit: 'TOKENS', input: 1000, output: 200, total: 1200 },
    usageDetails: { input: 1000, output: 200, total: 1200 },
    costDetails: { input: 0.0025, output: 0.002, total: 0.0045 },
    calculatedTotalCost: 0.0045,
  };
}

test('usage and costs that the application gives are kept', async () => {
  const trace = langfuse.trace({ id: fresh('trace') });
  trace.generation({
    name: 'given',
    model: 'our-own-model',
    usageDetails: { input: 5, output: 7, total: 12, input_cached_tokens: 3 },
    costDetails: { input: 0.1, output: 0.2, total: 0.3 },
  });
  await langfuse.flushAsync();

  const { observations, totalCost } = await read(`/traces/${trace.id}`);
  assert.deepEqual(observations[0].usageDetails, { input: 5, output: 7, total: 12, input_cached_tokens: 3 });
  assert.deepEqual(observations[0].costDetails, { input: 0.1, output: 0.2, total: 0.3 });
  assert.equal(totalCost, 0.3);
});

test('an update of a later batch adds to what is stored', async () => {
  const trace = langfuse.trace({ id: fresh('trace'), name: 'first', input: 'in', metadata: { a: 1 } });
  const span = trace.span({ name: 'work', input: 'kept' });
  await langfuse.flushAsync();
  trace.update({ name: 'second', metadata: { b: 2 } });
  span.end({ output: 'done' });
  await langfuse.flushAsync();

  const stored = await read(`/traces/${trace.id}`);
  assert.deepEqual(pick(stored, 'name', 'input', 'metadata'), { name: 'second', input: 'in', metadata: { a: 1, b: 2 } });
  assert.deepEqual(pick(stored.observations[0], 'name', 'input', 'output'), { name: 'work', input: 'kept', output: 'done' });
});

test('scores of every type are read back with their value', async () => {
  const trace = langfuse.trace({ id: fresh('trace'), userId: 'grace', tags: ['scored'] });
  const span = trace.span({ name: 'judged' });
  const ids = { number: fresh('s'), label: fresh('s'), flag: fresh('s') };
  trace.score({ id: ids.number, name: 'accuracy', value: 0.25, comment: 'low', metadata: { judge: 'human' } });
  span.score({ id: ids.label, name: 'tone', value: 'friendly', dataType: 'CATEGORICAL' });
  langfuse.score({ id: ids.flag, name: 'safe', traceId: trace.id, value: 1, dataType: 'BOOLEAN' });
  await langfuse.flushAsync();

  const number = await read(`/v2/scores/${ids.number}`);
  const fields = ['name', 'value', 'stringValue', 'dataType', 'source', 'traceId', 'observationId', 'comment'];
  const of = (score) => pick(score, ...fields);
  assert.deepEqual(of({ ...number, stringValue: number.stringValue ?? null }), {
    name: 'accuracy',
    value: 0.25,
    stringValue: null,
    dataType: 'NUMERIC',
    source: 'API',
    traceId: trace.id,
    observationId: null,
    comment: 'low',
  });
  assert.deepEqual(number.metadata, { judge: 'human' });
  assert.deepEqual(pick(await read(`/v2/scores/${ids.label}`), 'value', 'stringValue', 'dataType', 'observationId'), {
    value: 0,
    stringValue: 'friendly',
    dataType: 'CATEGORICAL',
    observationId: span.id,
  });
  assert.deepEqual(pick(await read(`/v2/scores/${ids.flag}`), 'value', 'stringValue', 'dataType'), {
    value: 1,
    stringValue: 'True',
    dataType: 'BOOLEAN',
  });
  const { scores } = await read(`/traces/${trace.id}`);
  assert.deepEqual(scores.map((score) => score.id).sort(), Object.values(ids).sort());

  const listed = await langfuse.api.scoreV2Get({ traceId: trace.id, name: 'accuracy' });
  assert.equal(listed.meta.totalItems, 1);
  assert.deepEqual(listed.data[0].trace.tags, ['scored']);
});

test('a browser scores with the public key alone, and may do nothing else', async () => {
  const trace = langfuse.trace({ id: fresh('trace') });
  await langfuse.flushAsync();
  const web = new LangfuseWeb({ publicKey, baseUrl: url });
  const id = fresh('feedback');
  await web.score({ id, traceId: trace.id, name: 'feedback', value: 1 });
  await web.shutdownAsync();
  assert.equal((await read(`/v2/scores/${id}`)).traceId, trace.id);

  const refused = await fetch(`${url}/api/public/traces/${trace.id}`, {
    headers: { Authorization: `Bearer ${publicKey}` },
  });
  assert.equal(refused.status, 403);
});

test('sessions gather their traces', async () => {
  const sessionId = fresh('session');
  const first = langfuse.trace({ id: fresh('trace'), sessionId, timestamp: start, environment: 'staging' });
  const second = langfuse.trace({ id: fresh('trace'), sessionId, timestamp: later(1000), environment: 'staging' });
  await langfuse.flushAsync();

  const session = await langfuse.api.sessionsGet(sessionId);
  assert.deepEqual(pick(session, 'id', 'projectId', 'environment'), { id: sessionId, projectId, environment: 'staging' });
  assert.deepEqual(session.traces.map((trace) => trace.id).sort(), [first.id, second.id].sort());

  const sessions = await langfuse.fetchSessions({ limit: 100 });
  assert.ok(sessions.data.some((one) => one.id === sessionId));
});

test('lists are filtered and paged', async () => {
  const name = fresh('listed');
  for (let i = 0; i < 3; i++) {
    const trace = langfuse.trace({ name, timestamp: later(i * 1000), userId: `user-${i}`, tags: ['all', `t${i}`] });
    trace.span({ name, startTime: later(i * 1000) });
  }
  await langfuse.flushAsync();

  const page = await langfuse.fetchTraces({ name, limit: 2, page: 1 });
  assert.deepEqual(page.meta, { page: 1, limit: 2, totalItems: 3, totalPages: 2 });
  assert.deepEqual(page.data.map((trace) => trace.userId), ['user-2', 'user-1']);
  const rest = await langfuse.fetchTraces({ name, limit: 2, page: 2 });
  assert.deepEqual(rest.data.map((trace) => trace.userId), ['user-0']);
  const tagged = await langfuse.fetchTraces({ name, tags: ['all', 't1'] });
  assert.deepEqual(tagged.data.map((trace) => trace.userId), ['user-1']);
  const timed = await langfuse.fetchTraces({ name, fromTimestamp: later(1000), toTimestamp: later(2000) });
  assert.deepEqual(timed.data.map((trace) => trace.userId), ['user-1']);
  const ordered = await langfuse.fetchTraces({ name, orderBy: 'timestamp.asc' });
  assert.deepEqual(ordered.data.map((trace) => trace.userId), ['user-0', 'user-1', 'user-2']);

  const spans = await langfuse.fetchObservations({ name, type: 'SPAN' });
  assert.equal(spans.meta.totalItems, 3);
});

test('text prompts: made, labelled, fetched, cached, compiled, linked', async () => {
  const name = `folder/${fresh('greeting')}`;
  const made = await langfuse.createPrompt({
    name,
    prompt: 'Hello {{who}}, it is {{day}}.',
    config: { model: 'gpt-4o', temperature: 0 },
    labels: ['production'],
    tags: ['greeting'],
  });
  assert.equal(made.version, 1);
  assert.equal(made.compile({ who: 'Ada', day: 'Monday' }), 'Hello Ada, it is Monday.');
  await langfuse.createPrompt({ name, prompt: 'Bye {{who}}.', labels: ['staging'] });

  const production = await langfuse.getPrompt(name);
  assert.deepEqual(pick(production, 'name', 'version', 'prompt', 'config', 'tags', 'isFallback'), {
    name,
    version: 1,
    prompt: 'Hello {{who}}, it is {{day}}.',
    config: { model: 'gpt-4o', temperature: 0 },
    tags: ['greeting'],
    isFallback: false,
  });
  assert.deepEqual(production.labels, ['production']);
  assert.equal((await langfuse.getPrompt(name, undefined, { label: 'latest' })).prompt, 'Bye {{who}}.');
  assert.equal((await langfuse.getPrompt(name, 2)).version, 2);

  await langfuse.updatePrompt({ name, version: 2, newLabels: ['production'] });
  assert.equal((await langfuse.getPrompt(name)).version, 2, 'relabelling drops what was cached');
  assert.deepEqual((await read(`/v2/prompts/${encodeURIComponent(name)}?version=1`)).labels, []);

  const trace = langfuse.trace({ id: fresh('trace') });
  trace.generation({ name: 'greet', prompt: production, model: 'gpt-4o' });
  await langfuse.flushAsync();
  const { observations } = await read(`/traces/${trace.id}`);
  assert.deepEqual(pick(observations[0], 'promptName', 'promptVersion'), { promptName: name, promptVersion: 1 });
  assert.ok(observations[0].promptId);

  const listed = await langfuse.api.promptsList({ name });
  listed.data[0].labels.sort();
  assert.deepEqual(pick(listed.data[0], 'name', 'versions', 'labels', 'tags', 'lastConfig'), {
    name,
    versions: [1, 2],
    labels: ['latest', 'production', 'staging'],
    tags: ['greeting'],
    lastConfig: {},
  });
});

test('chat prompts keep their messages and placeholders', async () => {
  const name = fresh('chat');
  const prompt = [
    { role: 'system', content: 'You know {{topic}}.' },
    { type: 'placeholder', name: 'history' },
    { role: 'user', content: '{{question}}' },
  ];
  await langfuse.createPrompt({ name, type: 'chat', prompt, labels: ['production'] });

  const fetched = await langfuse.getPrompt(name, undefined, { type: 'chat' });
  const history = [{ role: 'assistant', content: 'Ask.' }];
  assert.deepEqual(fetched.compile({ topic: 'ducks', question: 'Why?' }, { history }), [
    { role: 'system', content: 'You know ducks.' },
    { role: 'assistant', content: 'Ask.' },
    { role: 'user', content: 'Why?' },
  ]);
});

test('a prompt that is not there falls back, or fails with 404', async () => {
  const name = fresh('missing');
  const fallback = await langfuse.getPrompt(name, undefined, { fallback: 'Hi {{who}}', maxRetries: 0 });
  assert.equal(fallback.isFallback, true);
  assert.equal(fallback.compile({ who: 'Ada' }), 'Hi Ada');
  await assert.rejects(langfuse.getPrompt(name, undefined, { maxRetries: 0 }), /404|not found/i);
  const answer = await request(`/v2/prompts/${name}`);
  assert.equal(answer.status, 404);
  assert.equal((await answer.json()).error, 'LangfuseNotFoundError');
});

test('a dataset, its items and a run over them', async () => {
  const name = `sets/${fresh('capitals')}`;
  await langfuse.createDataset({ name, description: 'Capitals', metadata: { owner: 'qa' } });
  const itemIds = [fresh('item'), fresh('item')];
  await langfuse.createDatasetItem({
    datasetName: name,
    id: itemIds[0],
    input: { country: 'France' },
    expectedOutput: 'Paris',
    metadata: { level: 1 },
  });
  await langfuse.createDatasetItem({ datasetName: name, id: itemIds[1], input: 'Peru', expectedOutput: ['Lima'] });

  const dataset = await langfuse.getDataset(name, { fetchItemsPageSize: 1 });
  assert.deepEqual(pick(dataset, 'name', 'description', 'metadata', 'projectId'), {
    name,
    description: 'Capitals',
    metadata: { owner: 'qa' },
    projectId,
  });
  assert.deepEqual(new Set(dataset.items.map((item) => item.id)), new Set(itemIds));
  const france = dataset.items.find((item) => item.id === itemIds[0]);
  assert.deepEqual(pick(france, 'input', 'expectedOutput', 'metadata', 'status', 'datasetName'), {
    input: { country: 'France' },
    expectedOutput: 'Paris',
    metadata: { level: 1 },
    status: 'ACTIVE',
    datasetName: name,
  });

  const linked = [];
  for (const item of dataset.items) {
    const trace = langfuse.trace({ id: fresh('trace'), input: item.input });
    linked.push((await item.link(trace, 'run/1', { description: 'First', metadata: { model: 'm' } })).datasetRunId);
    trace.score({ name: 'exact', value: 1 });
  }
  await langfuse.flushAsync();
  assert.equal(new Set(linked).size, 1);

  const run = await langfuse.getDatasetRun({ datasetName: name, runName: 'run/1' });
  assert.deepEqual(pick(run, 'id', 'name', 'description', 'metadata', 'datasetName'), {
    id: linked[0],
    name: 'run/1',
    description: 'First',
    metadata: { model: 'm' },
    datasetName: name,
  });
  assert.deepEqual(new Set(run.datasetRunItems.map((item) => item.datasetItemId)), new Set(itemIds));
  const runs = await langfuse.getDatasetRuns(name);
  assert.deepEqual(runs.data.map((one) => one.name), ['run/1']);

  const changed = await langfuse.createDatasetItem({ datasetName: name, id: itemIds[0], status: 'ARCHIVED' });
  assert.deepEqual(pick(changed, 'status', 'input'), { status: 'ARCHIVED', input: { country: 'France' } });
  assert.equal((await langfuse.getDataset(name)).items.length, 1);
  assert.equal((await langfuse.getDatasetItem(itemIds[0])).status, 'ARCHIVED');
});

test('the project of the key is known, and a wrong key is refused', async () => {
  const projects = await langfuse.api.projectsGet();
  assert.deepEqual(projects.data.map((project) => project.id), [projectId]);

  const stranger = new Langfuse({ publicKey, secretKey: 'sk-lf-wrong', baseUrl: url });
  await assert.rejects(stranger.getPrompt('any', undefined, { maxRetries: 0 }), /Invalid credentials/);
  await stranger.shutdownAsync();
});
