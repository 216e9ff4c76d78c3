// npm @langfuse/openai 5 around npm openai 6, against a local stand-in for the provider.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { observeOpenAI } from '@langfuse/openai';
import { startActiveObservation } from '@langfuse/tracing';
import OpenAI from 'openai';
import { answer, apiKey, baseURL, messages } from '../support/provider.js';
import { byName, fresh, pick, read } from '../support/server.js';
import { startTracing } from '../support/tracing.js';

const tracing = startTracing();
after(async () => {
  await tracing.stop();
  assert.deepEqual(tracing.complaints, [], 'the exporter complained');
});

const model = 'gpt-4o-mini';

/** Calls under a root of their own, and what the server then has of them, by name. */
async function traced(call) {
  let traceId;
  const result = await startActiveObservation('request', async (root) => {
    traceId = root.traceId;
    return call();
  });
  await tracing.flush();
  const trace = await read(`/traces/${traceId}`);
  return { result, trace, observations: byName(trace.observations) };
}

test('a chat completion is a generation with usage and cost', async () => {
  const sessionId = fresh('session');
  const client = observeOpenAI(new OpenAI({ baseURL, apiKey }), {
    generationName: 'chat',
    generationMetadata: { try: 1 },
    userId: 'ada',
    sessionId,
    tags: ['openai'],
  });
  const { result, trace, observations } = await traced(() =>
    client.chat.completions.create({ model, messages, temperature: 0 }),
  );

  assert.equal(result.choices[0].message.content, answer);
  assert.deepEqual(pick(trace, 'userId', 'sessionId', 'tags'), { userId: 'ada', sessionId, tags: ['openai'] });
  const { chat } = observations;
  assert.deepEqual(pick(chat, 'type', 'level', 'parentObservationId'), {
    type: 'GENERATION',
    level: 'DEFAULT',
    parentObservationId: observations.request.id,
  });
  assert.deepEqual(chat.input, { messages });
  assert.deepEqual(pick(chat.output, 'role', 'content'), { role: 'assistant', content: answer });
  assert.equal(chat.modelParameters.temperature, 0);
  assert.equal(chat.metadata.try, 1);
  assert.ok(chat.model.startsWith(model));
  assert.deepEqual(pick(chat.usage, 'input', 'output', 'total'), {
    input: result.usage.prompt_tokens,
    output: result.usage.completion_tokens,
    total: result.usage.total_tokens,
  });
  const dollars = (result.usage.prompt_tokens * 0.15 + result.usage.completion_tokens * 0.6) / 1e6;
  assert.ok(Math.abs(chat.calculatedTotalCost - dollars) < 1e-12, `${chat.calculatedTotalCost} is not ${dollars}`);
});

test('a stream is a generation with its whole text and the time of its first token', async () => {
  const client = observeOpenAI(new OpenAI({ baseURL, apiKey }), { generationName: 'stream' });
  const { result, observations } = await traced(async () => {
    const stream = await client.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? '';
    }
    return text;
  });

  assert.equal(result, answer);
  const { stream } = observations;
  assert.deepEqual(pick(stream, 'type', 'output'), { type: 'GENERATION', output: answer });
  assert.ok(stream.completionStartTime >= stream.startTime);
  assert.ok(stream.usage.input > 0 && stream.usage.output > 0);
});

test('a tool call is kept in the output', async () => {
  const client = observeOpenAI(new OpenAI({ baseURL, apiKey }), { generationName: 'tools' });
  const tools = [
    {
      type: 'function',
      function: {
        name: 'get_weather',
        description: 'The weather of a city',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    },
  ];
  const { result, observations } = await traced(() =>
    client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'What is the weather in Lima?' }],
      tools,
      tool_choice: 'required',
    }),
  );

  const [call] = result.choices[0].message.tool_calls;
  assert.equal(call.function.name, 'get_weather');
  assert.deepEqual(observations.tools.output.tool_calls, [call]);
  assert.deepEqual(observations.tools.input.tools, tools);
});

test('embeddings and responses are observed too', async () => {
  const client = observeOpenAI(new OpenAI({ baseURL, apiKey }));
  const { observations } = await traced(async () => {
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'duck' });
    await client.responses.create({ model, input: 'Context: Ducks swim. Question: What do ducks do?' });
  });

  const found = Object.values(observations).filter((one) => one.name !== 'request');
  assert.equal(found.length, 2);
  for (const one of found) {
    assert.ok(one.usage.total > 0, `${one.name} has no usage`);
    assert.ok(one.model, `${one.name} has no model`);
  }
});

test('a failed call is an error', async () => {
  const client = observeOpenAI(new OpenAI({ baseURL, apiKey, maxRetries: 0 }), { generationName: 'refused' });
  const { observations } = await traced(() => client.chat.completions.create({ model }).catch((error) => error));

  assert.equal(observations.refused.level, 'ERROR');
  assert.match(observations.refused.statusMessage, /400/);
});
