// npm @langfuse/tracing and @langfuse/otel 5: OTLP as JSON in chunks.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  createTraceId,
  getActiveTraceId,
  observe,
  propagateAttributes,
  startActiveObservation,
  startObservation,
  updateActiveObservation,
} from '@langfuse/tracing';
import { byName, fresh, pick, projectId, read } from '../support/server.js';
import { startTracing } from '../support/tracing.js';

const tracing = startTracing({ environment: 'staging', release: '1.4.0' });
after(async () => {
  await tracing.stop();
  assert.deepEqual(tracing.complaints, [], 'the exporter complained');
});

const start = new Date('2026-05-04T10:00:00.125Z');
const later = (millis) => new Date(start.getTime() + millis);

test('observations started by hand are read back as they were written', async () => {
  const root = startObservation('answer', { input: { question: 'Where is Zürich? 🦆' } }, { startTime: start });
  const retriever = root.startObservation(
    'retrieve',
    { input: 'Zürich', metadata: { k: 3, nested: { list: [1, null, 'two'] } } },
    { asType: 'retriever' },
  );
  retriever.update({ output: ['a', 'b'], level: 'WARNING', statusMessage: 'slow' });
  retriever.end();
  const generation = root.startObservation(
    'rephrase',
    {
      model: 'gpt-4o-2024-08-06',
      modelParameters: { temperature: 0.5, stop: '.' },
      input: [{ role: 'user', content: 'Where?' }],
      version: '7',
    },
    { asType: 'generation' },
  );
  generation.update({
    completionStartTime: later(30),
    output: { role: 'assistant', content: 'Switzerland' },
    usageDetails: { input: 1000, output: 200, total: 1200 },
  });
  generation.end();
  root.update({ output: 'In Switzerland' });
  root.setTraceAsPublic();
  root.end(later(1500));
  await tracing.flush();

  const trace = await read(`/traces/${root.traceId}`);
  assert.deepEqual(pick(trace, 'id', 'projectId', 'name', 'timestamp', 'environment', 'release', 'public', 'input', 'output'), {
    id: root.traceId,
    projectId,
    name: 'answer',
    timestamp: start.toISOString(),
    environment: 'staging',
    release: '1.4.0',
    public: true,
    input: { question: 'Where is Zürich? 🦆' },
    output: 'In Switzerland',
  });
  const observations = byName(trace.observations);
  assert.deepEqual(pick(observations.answer, 'id', 'type', 'parentObservationId', 'startTime', 'endTime', 'latency'), {
    id: root.id,
    type: 'SPAN',
    parentObservationId: null,
    startTime: start.toISOString(),
    endTime: later(1500).toISOString(),
    latency: 1.5,
  });
  const retrieved = ['type', 'parentObservationId', 'input', 'output', 'level', 'statusMessage', 'environment'];
  assert.deepEqual(pick(observations.retrieve, ...retrieved), {
    type: 'RETRIEVER',
    parentObservationId: root.id,
    input: 'Zürich',
    output: ['a', 'b'],
    level: 'WARNING',
    statusMessage: 'slow',
    environment: 'staging',
  });
  assert.deepEqual(pick(observations.retrieve.metadata, 'k', 'nested'), { k: 3, nested: { list: [1, null, 'two'] } });
  const expected = {
    type: 'GENERATION',
    parentObservationId: root.id,
    model: 'gpt-4o-2024-08-06',
    modelParameters: { temperature: 0.5, stop: '.' },
    input: [{ role: 'user', content: 'Where?' }],
    output: { role: 'assistant', content: 'Switzerland' },
    version: '7',
    completionStartTime: later(30).toISOString(),
    usageDetails: { input: 1000, output: 200, total: 1200 },
    costDetails: { input: 0.0025, output: 0.002, total: 0.0045 },
  };
  assert.deepEqual(pick(observations.rephrase, ...Object.keys(expected)), expected);
  assert.equal(trace.totalCost, 0.0045);
});

test('every type of observation keeps its type', async () => {
  const types = ['span', 'generation', 'event', 'embedding', 'agent', 'tool', 'chain', 'retriever', 'evaluator', 'guardrail'];
  const root = startObservation('types');
  for (const type of types) {
    const child = root.startObservation(type, { input: type }, { asType: type });
    if (type !== 'event') {
      child.end(); // events end themselves
    }
  }
  root.end();
  await tracing.flush();

  const { observations } = await read(`/traces/${root.traceId}`);
  const found = byName(observations);
  assert.equal(observations.length, types.length + 1);
  for (const type of types) {
    assert.deepEqual(pick(found[type], 'type', 'input', 'parentObservationId'), {
      type: type.toUpperCase(),
      input: type,
      parentObservationId: root.id,
    });
  }
});

test('user, session, tags and metadata reach the trace from wherever they are set', async () => {
  const sessionId = fresh('session');
  let traceId;
  await startActiveObservation('request', async (root) => {
    traceId = root.traceId;
    await propagateAttributes(
      { userId: 'ada', sessionId, tags: ['b', 'a'], version: '7', traceName: 'named', metadata: { tier: 'gold' } },
      () => startActiveObservation('work', async (span) => span.update({ input: 1, output: 2 })),
    );
  });
  await tracing.flush();

  const trace = await read(`/traces/${traceId}`);
  assert.deepEqual(pick(trace, 'name', 'userId', 'sessionId', 'tags', 'version'), {
    name: 'named',
    userId: 'ada',
    sessionId,
    tags: ['a', 'b'],
    version: '7',
  });
  assert.equal(trace.metadata.tier, 'gold');
  assert.deepEqual((await read(`/sessions/${sessionId}`)).traces.map((one) => one.id), [traceId]);
  assert.deepEqual((await read(`/traces?sessionId=${sessionId}&userId=ada&tags=a`)).data.map((one) => one.id), [traceId]);
});

test('observed functions nest, and their errors are kept', async () => {
  const shout = observe(async (word) => `${word}!`, { name: 'shout', asType: 'tool' });
  const fail = observe(
    async () => {
      updateActiveObservation({ metadata: { attempt: 2 } });
      throw new Error('out of ducks');
    },
    { name: 'fail' },
  );
  let traceId;
  const run = observe(
    async (word) => {
      traceId = getActiveTraceId();
      const loud = await shout(word);
      await fail().catch(() => {});
      return { loud };
    },
    { name: 'run', asType: 'agent' },
  );
  assert.deepEqual(await run('hey'), { loud: 'hey!' });
  await tracing.flush();

  const found = byName((await read(`/traces/${traceId}`)).observations);
  assert.deepEqual(pick(found.run, 'type', 'input', 'output'), { type: 'AGENT', input: 'hey', output: { loud: 'hey!' } });
  assert.deepEqual(pick(found.shout, 'type', 'input', 'output', 'parentObservationId'), {
    type: 'TOOL',
    input: 'hey',
    output: 'hey!',
    parentObservationId: found.run.id,
  });
  assert.deepEqual(pick(found.fail, 'level', 'statusMessage', 'output', 'parentObservationId'), {
    level: 'ERROR',
    statusMessage: 'out of ducks',
    output: { error: 'Error: out of ducks' },
    parentObservationId: found.run.id,
  });
  assert.equal(found.fail.metadata.attempt, 2);
});

test('children that are exported before their parent find it', async () => {
  const root = startObservation('late parent');
  root.startObservation('early child', { input: 'x' }).end();
  await tracing.flush();
  const early = await read(`/traces/${root.traceId}`);
  assert.deepEqual(early.observations.map((one) => one.name), ['early child']);

  root.update({ input: 'asked', output: 'told' });
  root.end();
  await tracing.flush();
  const whole = await read(`/traces/${root.traceId}`);
  assert.deepEqual(pick(whole, 'name', 'input', 'output'), { name: 'late parent', input: 'asked', output: 'told' });
  assert.equal(byName(whole.observations)['early child'].parentObservationId, root.id);
});

test('a trace id made from a seed can be continued elsewhere', async () => {
  const traceId = await createTraceId(fresh('order'));
  const parentSpanContext = { traceId, spanId: '0123456789abcdef', traceFlags: 1 };
  startObservation('here', { input: 'a' }, { parentSpanContext }).end();
  startObservation('there', { input: 'b' }, { parentSpanContext }).end();
  await tracing.flush();

  const { observations } = await read(`/traces/${traceId}`);
  assert.deepEqual(observations.map((one) => one.name).sort(), ['here', 'there']);
  assert.deepEqual(new Set(observations.map((one) => one.parentObservationId)), new Set(['0123456789abcdef']));
});

test('usage in the shape of OpenAI and given costs are kept', async () => {
  const generation = startObservation(
    'given',
    {
      model: 'our-own-model',
      usageDetails: {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 40 },
        completion_tokens_details: { reasoning_tokens: 10 },
      },
      costDetails: { input: 0.1, output: 0.2, total: 0.3 },
    },
    { asType: 'generation' },
  );
  generation.end();
  await tracing.flush();

  const stored = await read(`/observations/${generation.id}`);
  assert.deepEqual(stored.usageDetails, {
    input: 60,
    input_cached_tokens: 40,
    output: 40,
    output_reasoning_tokens: 10,
    total: 150,
  });
  assert.deepEqual(stored.costDetails, { input: 0.1, output: 0.2, total: 0.3 });
});
