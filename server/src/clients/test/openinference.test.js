// npm @arizeai/openinference-instrumentation-openai on npm openai 6, over OTLP as compressed protobuf.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import OpenAI from 'openai';
import { answer, apiKey, baseURL, messages } from '../support/provider.js';
import { otlpProvider } from '../support/otlp.js';
import { pick, read } from '../support/server.js';

const provider = otlpProvider();
const instrumentation = new OpenAIInstrumentation();
instrumentation.setTracerProvider(provider);
instrumentation.manuallyInstrument(OpenAI);
after(() => provider.shutdown());

const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const tracer = provider.getTracer('application');
const model = 'gpt-4o-mini';

/** Calls under a span of its own; the one observation below it is what the instrumentation made. */
async function observed(call) {
  let traceId;
  const result = await tracer.startActiveSpan('request', async (span) => {
    traceId = span.spanContext().traceId;
    try {
      return await call();
    } finally {
      span.end();
    }
  });
  await provider.forceFlush();
  const { observations } = await read(`/traces/${traceId}`);
  const root = observations.find((one) => one.name === 'request');
  const below = observations.filter((one) => one.parentObservationId === root.id);
  assert.equal(below.length, 1);
  return { result, observation: below[0] };
}

test('a chat completion is a generation with what was asked, answered and used', async () => {
  const { result, observation } = await observed(() =>
    client.chat.completions.create({ model, messages, temperature: 0.5 }),
  );

  assert.equal(result.choices[0].message.content, answer);
  assert.deepEqual(pick(observation, 'type', 'level', 'model', 'input'), {
    type: 'GENERATION',
    level: 'DEFAULT',
    model,
    input: { model, messages, temperature: 0.5 },
  });
  assert.equal(observation.output.choices[0].message.content, answer);
  assert.equal(observation.modelParameters.temperature, 0.5);
  assert.deepEqual(pick(observation.usage, 'input', 'output', 'total'), {
    input: result.usage.prompt_tokens,
    output: result.usage.completion_tokens,
    total: result.usage.total_tokens,
  });
  assert.ok(observation.calculatedTotalCost > 0);
});

test('a stream is a generation with its whole text', async () => {
  const { observation } = await observed(async () => {
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    for await (const chunk of stream) {
      assert.ok(chunk.id);
    }
  });

  assert.deepEqual(pick(observation, 'type', 'output', 'model'), { type: 'GENERATION', output: answer, model });
});

test('an embedding names its model', async () => {
  const { observation } = await observed(() =>
    client.embeddings.create({ model: 'text-embedding-3-small', input: 'duck' }),
  );

  assert.deepEqual(pick(observation, 'type', 'model', 'input'), {
    type: 'EMBEDDING',
    model: 'text-embedding-3-small',
    input: 'duck',
  });
});
