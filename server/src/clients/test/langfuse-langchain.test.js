// npm @langfuse/langchain 5 on a chain of npm @langchain/core 1, against a local stand-in for the provider.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { DynamicTool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { CallbackHandler } from '@langfuse/langchain';
import { answer, apiKey, baseURL } from '../support/provider.js';
import { byName, fresh, pick, read } from '../support/server.js';
import { startTracing } from '../support/tracing.js';

const tracing = startTracing();
after(async () => {
  await tracing.stop();
  assert.deepEqual(tracing.complaints, [], 'the exporter complained');
});

const prompt = ChatPromptTemplate.fromMessages([
  ['system', 'Context: The capital of {country} is Lima. Ducks swim.'],
  ['user', 'Question: What is the capital of {country}?'],
]);
const chat = new ChatOpenAI({ model: 'gpt-4o-mini', temperature: 0, apiKey, configuration: { baseURL } });

test('a chain nests its prompt, its model and its parser', async () => {
  const sessionId = fresh('session');
  const handler = new CallbackHandler({ userId: 'ada', sessionId, tags: ['chain'], traceMetadata: { tier: 'gold' } });
  const chain = prompt.pipe(chat).pipe(new StringOutputParser());

  const said = await chain.invoke({ country: 'Peru' }, { callbacks: [handler], runName: 'capital' });
  await tracing.flush();

  assert.equal(said, answer);
  const trace = await read(`/traces/${handler.last_trace_id}`);
  assert.deepEqual(pick(trace, 'name', 'userId', 'sessionId', 'input', 'output'), {
    name: 'capital',
    userId: 'ada',
    sessionId,
    input: { country: 'Peru' },
    output: answer,
  });
  assert.ok(trace.tags.includes('chain'));
  assert.equal(trace.metadata.tier, 'gold');

  const found = byName(trace.observations);
  const root = found.capital;
  assert.equal(root.type, 'SPAN'); // the handler marks no chains
  assert.deepEqual(
    trace.observations.filter((one) => one.parentObservationId === root.id).map((one) => one.name).sort(),
    ['ChatOpenAI', 'ChatPromptTemplate', 'StrOutputParser'],
  );
  const generation = found.ChatOpenAI;
  assert.equal(generation.type, 'GENERATION');
  assert.ok(generation.model.startsWith('gpt-4o-mini'));
  assert.deepEqual(generation.input.map((message) => pick(message, 'role', 'content')), [
    { role: 'system', content: 'Context: The capital of Peru is Lima. Ducks swim.' },
    { role: 'user', content: 'Question: What is the capital of Peru?' },
  ]);
  assert.equal(generation.output.content, answer);
  assert.ok(generation.usage.input > 0 && generation.usage.output > 0);
  assert.ok(generation.calculatedTotalCost > 0);
});

test('tools and their errors', async () => {
  const handler = new CallbackHandler();
  const shout = new DynamicTool({ name: 'shout', description: 'Shouts', func: async (word) => `${word}!` });
  const fail = new DynamicTool({
    name: 'fail',
    description: 'Fails',
    func: async () => {
      throw new Error('out of ducks');
    },
  });
  assert.equal(await shout.invoke('hey', { callbacks: [handler] }), 'hey!');
  const shouted = handler.last_trace_id;
  await assert.rejects(fail.invoke('x', { callbacks: [handler] }), /out of ducks/);
  const failed = handler.last_trace_id;
  await tracing.flush();

  const [tool] = (await read(`/traces/${shouted}`)).observations;
  assert.deepEqual(pick(tool, 'name', 'type', 'input', 'output'), {
    name: 'shout',
    type: 'TOOL',
    input: { input: 'hey' },
    output: 'hey!',
  });
  const [error] = (await read(`/traces/${failed}`)).observations;
  assert.equal(error.level, 'ERROR');
  assert.match(error.statusMessage, /out of ducks/);
});
