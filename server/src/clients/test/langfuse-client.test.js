// npm @langfuse/client 5: prompts, scores, datasets, experiments and the whole interface.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { LangfuseClient } from '@langfuse/client';
import { startActiveObservation, startObservation } from '@langfuse/tracing';
import { byName, fresh, pick, projectId, publicKey, read, secretKey, url } from '../support/server.js';
import { startTracing } from '../support/tracing.js';

const notFound = { statusCode: 404 };

const tracing = startTracing();
const langfuse = new LangfuseClient({ publicKey, secretKey, baseUrl: url });
after(async () => {
  await langfuse.shutdown();
  await tracing.stop();
  assert.deepEqual(tracing.complaints, [], 'the exporter complained');
});

test('text prompts: made, labelled, fetched, cached, compiled, deleted', async () => {
  const name = `folder/${fresh('greeting')}`;
  const made = await langfuse.prompt.create({
    name,
    prompt: 'Hello {{who}}.',
    config: { model: 'gpt-4o' },
    labels: ['production'],
    tags: ['greeting'],
    commitMessage: 'First words',
  });
  assert.deepEqual(pick(made, 'name', 'version', 'type', 'commitMessage'), {
    name,
    version: 1,
    type: 'text',
    commitMessage: 'First words',
  });
  await langfuse.prompt.create({ name, prompt: 'Bye {{who}}.' });

  const production = await langfuse.prompt.get(name);
  assert.deepEqual(pick(production, 'version', 'prompt', 'config', 'labels', 'tags', 'isFallback'), {
    version: 1,
    prompt: 'Hello {{who}}.',
    config: { model: 'gpt-4o' },
    labels: ['production'],
    tags: ['greeting'],
    isFallback: false,
  });
  assert.equal(production.compile({ who: 'Ada' }), 'Hello Ada.');
  assert.equal((await langfuse.prompt.get(name, { label: 'latest' })).version, 2);
  assert.equal((await langfuse.prompt.get(name, { version: 1 })).prompt, 'Hello {{who}}.');

  await langfuse.prompt.update({ name, version: 2, newLabels: ['production'] });
  assert.equal((await langfuse.prompt.get(name, { cacheTtlSeconds: 0 })).version, 2);

  await langfuse.prompt.delete(name, { version: 2 });
  await assert.rejects(langfuse.prompt.get(name, { version: 2, maxRetries: 0, cacheTtlSeconds: 0 }), notFound);
  await langfuse.prompt.delete(name);
  assert.equal((await langfuse.api.prompts.list({ name })).data.length, 0);
});

test('a cached prompt is served without the server', async () => {
  const name = fresh('cached');
  await langfuse.prompt.create({ name, prompt: 'one', labels: ['production'] });
  assert.equal((await langfuse.prompt.get(name)).prompt, 'one');
  await langfuse.api.prompts.delete(name);

  assert.equal((await langfuse.prompt.get(name)).prompt, 'one');
  const fallback = await langfuse.prompt.get(name, { cacheTtlSeconds: 0, maxRetries: 0, fallback: 'two' });
  assert.deepEqual(pick(fallback, 'prompt', 'isFallback'), { prompt: 'two', isFallback: true });
});

test('chat prompts keep messages and placeholders', async () => {
  const name = fresh('chat');
  await langfuse.prompt.create({
    name,
    type: 'chat',
    prompt: [
      { role: 'system', content: 'You know {{topic}}.' },
      { type: 'placeholder', name: 'history' },
    ],
    labels: ['production'],
  });

  const chat = await langfuse.prompt.get(name, { type: 'chat' });
  assert.deepEqual(chat.compile({ topic: 'ducks' }, { history: [{ role: 'user', content: 'Why?' }] }), [
    { role: 'system', content: 'You know ducks.' },
    { role: 'user', content: 'Why?' },
  ]);
});

test('a prompt inside a prompt is resolved', async () => {
  const part = fresh('part');
  const whole = fresh('whole');
  await langfuse.prompt.create({ name: part, prompt: 'Be brief.', labels: ['production'] });
  await langfuse.prompt.create({
    name: whole,
    prompt: `@@@langfusePrompt:name=${part}|label=production@@@ Answer {{q}}`,
    labels: ['production'],
  });

  assert.equal((await langfuse.prompt.get(whole)).prompt, 'Be brief. Answer {{q}}');
});

test('a generation is linked to its prompt', async () => {
  const name = fresh('linked');
  const prompt = await langfuse.prompt.create({ name, prompt: 'p', labels: ['production'] });
  const generation = startObservation('use', { prompt, model: 'gpt-4o' }, { asType: 'generation' });
  generation.end();
  await tracing.flush();

  const stored = await read(`/observations/${generation.id}`);
  assert.deepEqual(pick(stored, 'promptName', 'promptVersion'), { promptName: name, promptVersion: 1 });
  assert.ok(stored.promptId);
});

test('scores of observations, traces and sessions', async () => {
  const sessionId = fresh('session');
  const ids = { number: fresh('s'), text: fresh('s'), flag: fresh('s'), session: fresh('s') };
  let traceId;
  let spanId;
  await startActiveObservation('judged', async (span) => {
    traceId = span.traceId;
    spanId = span.id;
    langfuse.score.activeObservation({ id: ids.number, name: 'accuracy', value: 0.25, comment: 'low', metadata: { by: 'me' } });
    langfuse.score.activeTrace({ id: ids.text, name: 'tone', value: 'friendly' });
    langfuse.score.trace(span, { id: ids.flag, name: 'safe', value: 1, dataType: 'BOOLEAN' });
  });
  langfuse.score.create({ id: ids.session, sessionId, name: 'happy', value: 5 });
  await langfuse.flush();
  await tracing.flush();

  const number = {
    name: 'accuracy',
    value: 0.25,
    dataType: 'NUMERIC',
    traceId,
    observationId: spanId,
    comment: 'low',
    metadata: { by: 'me' },
  };
  assert.deepEqual(pick(await langfuse.api.scores.getById(ids.number), ...Object.keys(number)), number);
  const listed = await langfuse.api.scores.getMany({ traceId, limit: 10 });
  assert.deepEqual(new Set(listed.data.map((score) => score.id)), new Set([ids.number, ids.text, ids.flag]));
  assert.deepEqual(pick(await read(`/v2/scores/${ids.text}`), 'value', 'stringValue', 'dataType', 'traceId', 'observationId'), {
    value: 0,
    stringValue: 'friendly',
    dataType: 'CATEGORICAL',
    traceId,
    observationId: null,
  });
  assert.equal((await read(`/v2/scores/${ids.flag}`)).stringValue, 'True');
  assert.deepEqual(pick(await read(`/v2/scores/${ids.session}`), 'sessionId', 'traceId', 'value'), {
    sessionId,
    traceId: null,
    value: 5,
  });
});

test('a dataset, its items, versions and a linked run', async () => {
  const name = `sets/${fresh('capitals')}`;
  await langfuse.api.datasets.create({ name, description: 'Capitals', metadata: { owner: 'qa' } });
  const item = await langfuse.dataset.createItem({
    datasetName: name,
    input: { country: 'France' },
    expectedOutput: 'Paris',
    metadata: { level: 1 },
  });
  await langfuse.dataset.createItem({ datasetName: name, input: 'Peru', expectedOutput: ['Lima'] });

  const dataset = await langfuse.dataset.get(name, { fetchItemsPageSize: 1 });
  assert.deepEqual(pick(dataset, 'name', 'description', 'metadata', 'projectId'), {
    name,
    description: 'Capitals',
    metadata: { owner: 'qa' },
    projectId,
  });
  assert.deepEqual(dataset.items.map((one) => one.expectedOutput).sort(), [['Lima'], 'Paris']);
  const expected = {
    input: { country: 'France' },
    expectedOutput: 'Paris',
    metadata: { level: 1 },
    status: 'ACTIVE',
    datasetName: name,
    datasetId: dataset.id,
    mediaReferences: [],
  };
  assert.deepEqual(pick(await langfuse.api.datasetItems.get(item.id), ...Object.keys(expected)), expected);

  const before = new Date().toISOString();
  await langfuse.api.datasetItems.delete(item.id);
  assert.equal((await langfuse.dataset.get(name)).items.length, 1);
  assert.equal((await langfuse.dataset.get(name, { version: before })).items.length, 2);

  const span = startObservation('answer', { input: 'Peru' });
  const [peru] = (await langfuse.dataset.get(name)).items;
  const linked = await peru.link(span, 'run/1', { description: 'First', metadata: { model: 'm' } });
  span.end();
  await tracing.flush();
  assert.deepEqual(pick(linked, 'datasetItemId', 'datasetRunName', 'traceId', 'observationId'), {
    datasetItemId: peru.id,
    datasetRunName: 'run/1',
    traceId: span.traceId,
    observationId: span.id,
  });
  const run = await langfuse.api.datasets.getRun(name, 'run/1');
  assert.deepEqual(pick(run, 'id', 'description', 'metadata'), {
    id: linked.datasetRunId,
    description: 'First',
    metadata: { model: 'm' },
  });
  const items = await langfuse.api.datasetRunItems.list({ datasetId: dataset.id, runName: 'run/1' });
  assert.deepEqual(items.data.map((one) => one.id), [linked.id]);
  await langfuse.api.datasets.deleteRun(name, 'run/1');
  await assert.rejects(langfuse.api.datasets.getRun(name, 'run/1'), notFound);
});

test('an experiment over a dataset is a run with traces and scores', async () => {
  const name = fresh('sums');
  await langfuse.api.datasets.create({ name });
  for (const [a, b] of [[1, 2], [2, 2], [20, 22]]) {
    await langfuse.dataset.createItem({ datasetName: name, input: { a, b }, expectedOutput: a + b });
  }
  const dataset = await langfuse.dataset.get(name);

  const result = await dataset.runExperiment({
    name: 'adding',
    runName: 'adding/1',
    description: 'Adds',
    metadata: { model: 'none' },
    task: async ({ input }) => (input.a === 2 ? 5 : input.a + input.b),
    evaluators: [async ({ output, expectedOutput }) => ({ name: 'exact', value: output === expectedOutput ? 1 : 0 })],
    runEvaluators: [
      async ({ itemResults }) => ({
        name: 'share',
        value: itemResults.filter((one) => one.evaluations[0].value === 1).length / itemResults.length,
        comment: 'of three',
      }),
    ],
  });
  await langfuse.flush();
  await tracing.flush();

  assert.equal(result.itemResults.length, 3);
  assert.ok(result.datasetRunUrl.startsWith(`${url}/project/${projectId}/datasets/${dataset.id}/runs/`));
  const run = await langfuse.api.datasets.getRun(name, 'adding/1');
  assert.deepEqual(pick(run, 'id', 'description', 'metadata', 'datasetId'), {
    id: result.datasetRunId,
    description: 'Adds',
    metadata: { model: 'none' },
    datasetId: dataset.id,
  });
  assert.deepEqual(
    new Set(run.datasetRunItems.map((item) => item.traceId)),
    new Set(result.itemResults.map((item) => item.traceId)),
  );
  for (const item of result.itemResults) {
    const trace = await langfuse.api.trace.get(item.traceId);
    assert.deepEqual(pick(trace, 'name', 'environment', 'input', 'output'), {
      name: 'experiment-item-run',
      environment: 'sdk-experiment',
      input: item.item.input,
      output: item.output,
    });
    assert.deepEqual(
      trace.scores.map((score) => pick(score, 'name', 'value')),
      [{ name: 'exact', value: item.output === item.item.expectedOutput ? 1 : 0 }],
    );
  }
  const scores = await langfuse.api.scores.getMany({ datasetRunId: result.datasetRunId });
  assert.deepEqual(scores.data.map((score) => pick(score, 'name', 'value', 'comment', 'datasetRunId')), [
    { name: 'share', value: 2 / 3, comment: 'of three', datasetRunId: result.datasetRunId },
  ]);
});

test('traces, observations and sessions are listed, filtered and paged', async () => {
  const sessionId = fresh('session');
  const name = fresh('listed');
  const environment = `lists-${Date.now()}`;
  const batch = [0, 1, 2].flatMap((i) => {
    const id = fresh('trace');
    const timestamp = new Date(Date.UTC(2026, 4, 4, 10, 0, i)).toISOString();
    const event = (type, body) => ({ id: fresh('event'), type, timestamp, body });
    return [
      event('trace-create', { id, name, timestamp, sessionId, environment, userId: `user-${i}`, tags: [`t${i}`] }),
      event('span-create', { id: fresh('span'), traceId: id, name, startTime: timestamp, environment, input: i + 1 }),
    ];
  });
  const answer = await langfuse.api.ingestion.batch({ batch });
  assert.deepEqual(answer.errors, []);
  assert.equal(answer.successes.length, 6);

  const page = await langfuse.api.trace.list({ name, limit: 2, orderBy: 'timestamp.asc' });
  assert.deepEqual(page.meta, { page: 1, limit: 2, totalItems: 3, totalPages: 2 });
  assert.deepEqual(page.data.map((trace) => trace.userId), ['user-0', 'user-1']);
  const filter = JSON.stringify([{ type: 'stringOptions', column: 'userId', operator: 'any of', value: ['user-1'] }]);
  const filtered = await langfuse.api.trace.list({ name, filter, environment: [environment, 'other'] });
  assert.deepEqual(filtered.data.map((trace) => trace.tags), [['t1']]);
  const bare = await langfuse.api.trace.list({ name, tags: 't2', fields: 'core' });
  assert.deepEqual(pick(bare.data[0], 'observations', 'latency', 'totalCost'), {
    observations: [],
    latency: -1,
    totalCost: -1,
  });

  const spans = await langfuse.api.legacy.observationsV1.getMany({ name, type: 'SPAN', limit: 10 });
  assert.deepEqual(spans.data.map((span) => span.input), [3, 2, 1]);
  const one = await langfuse.api.legacy.observationsV1.get(spans.data[0].id);
  assert.deepEqual(one, spans.data[0]);

  const session = await langfuse.api.sessions.get(sessionId);
  assert.equal(session.traces.length, 3);
  const sessions = await langfuse.api.sessions.list({ environment, limit: 100 });
  assert.deepEqual(sessions.data.map((found) => found.id), [sessionId]);
  assert.equal(await langfuse.getTraceUrl('abc'), `${url}/project/${projectId}/traces/abc`);
});

test('score configs are made, listed, changed and hold scores', async () => {
  const name = `tone ${Date.now()}`;
  const config = await langfuse.api.scoreConfigs.create({
    name,
    dataType: 'CATEGORICAL',
    categories: [{ label: 'kind', value: 1 }, { label: 'rude', value: 0 }],
    description: 'How it sounds',
  });
  assert.deepEqual(await langfuse.api.scoreConfigs.getById(config.id), config);
  assert.ok((await langfuse.api.scoreConfigs.get({ limit: 100 })).data.some((one) => one.id === config.id));

  const id = fresh('s');
  const made = await langfuse.api.scores.create({ id, traceId: fresh('t'), name, value: 'kind', configId: config.id });
  assert.equal(made.id, id);
  assert.deepEqual(pick(await langfuse.api.scores.getById(id), 'value', 'stringValue', 'configId'), {
    value: 1,
    stringValue: 'kind',
    configId: config.id,
  });
  const { data } = await langfuse.api.scoresV3.getManyV3({ id, fields: 'details' });
  assert.deepEqual(pick(data[0], 'value', 'dataType', 'configId'), {
    value: 'kind',
    dataType: 'CATEGORICAL',
    configId: config.id,
  });
  const archived = await langfuse.api.scoreConfigs.update(config.id, { isArchived: true });
  assert.equal(archived.isArchived, true);
});

test('comments, and a queue that is worked off', async () => {
  const traceId = fresh('t');
  await langfuse.api.ingestion.batch({
    batch: [{ id: fresh('e'), type: 'trace-create', timestamp: new Date().toISOString(), body: { id: traceId } }],
  });
  const about = { objectType: 'TRACE', objectId: traceId };
  const { id } = await langfuse.api.comments.create({ projectId, ...about, content: 'Well **said**' });
  const comment = await langfuse.api.comments.getById(id);
  assert.deepEqual(pick(comment, 'id', 'projectId', 'objectType', 'objectId', 'content', 'authorUserId'), {
    id,
    projectId,
    ...about,
    content: 'Well **said**',
    authorUserId: null,
  });
  assert.deepEqual((await langfuse.api.comments.get(about)).data, [comment]);

  const config = await langfuse.api.scoreConfigs.create({ name: `note ${Date.now()}`, dataType: 'TEXT' });
  const queues = langfuse.api.annotationQueues;
  const queue = await queues.createQueue({ name: fresh('queue'), scoreConfigIds: [config.id] });
  assert.deepEqual(await queues.getQueue(queue.id), queue);
  assert.ok((await queues.listQueues({ limit: 100 })).data.some((one) => one.id === queue.id));
  const item = await queues.createQueueItem(queue.id, about);
  assert.deepEqual(await queues.getQueueItem(queue.id, item.id), item);
  assert.deepEqual((await queues.listQueueItems(queue.id, { status: 'PENDING' })).data, [item]);
  const done = await queues.updateQueueItem(queue.id, item.id, { status: 'COMPLETED' });
  assert.equal(done.status, 'COMPLETED');
  assert.ok(!Number.isNaN(Date.parse(done.completedAt)));
  await assert.rejects(queues.createQueueAssignment(queue.id, { userId: 'nobody' }), notFound);
  assert.deepEqual(await queues.deleteQueueAssignment(queue.id, { userId: 'nobody' }), { success: true });
  assert.equal((await queues.deleteQueueItem(queue.id, item.id)).success, true);
  await assert.rejects(queues.getQueueItem(queue.id, item.id), notFound);
});

test('connections to providers, whose keys are not told again', async () => {
  const connections = langfuse.api.llmConnections;
  const provider = fresh('gate');
  const made = await connections.upsert({
    provider,
    adapter: 'openai',
    secretKey: 'sk-0123456789abcd',
    extraHeaders: { 'X-Team': 'green' },
  });
  assert.deepEqual(pick(made, 'provider', 'displaySecretKey', 'withDefaultModels', 'extraHeaderKeys'), {
    provider,
    displaySecretKey: '...abcd',
    withDefaultModels: true,
    extraHeaderKeys: ['X-Team'],
  });
  const changed = await connections.upsert({ provider, adapter: 'anthropic', secretKey: 'sk-0123456789wxyz' });
  assert.deepEqual(pick(changed, 'id', 'adapter', 'displaySecretKey'), {
    id: made.id,
    adapter: 'anthropic',
    displaySecretKey: '...wxyz',
  });
  assert.deepEqual((await connections.list({ limit: 100 })).data.find((one) => one.provider === provider), changed);
  await connections.delete(made.id);
  await assert.rejects(connections.delete(made.id), notFound);
});

test('figures, models and prices, and deleting what was measured', async () => {
  const model = fresh('model');
  const pattern = `^${model}$`;
  const tier = { name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: { input: 0.5 } };
  const much = {
    name: 'much',
    isDefault: false,
    priority: 1,
    conditions: [{ usageDetailPattern: 'input', operator: 'gt', value: 2, caseSensitive: false }],
    prices: { input: 0.25 },
  };
  const made = await langfuse.api.models.create({
    modelName: model,
    matchPattern: pattern,
    unit: 'TOKENS',
    pricingTiers: [tier, much],
  });
  assert.deepEqual(await langfuse.api.models.get(made.id), made);
  assert.equal((await langfuse.api.models.list({ limit: 1 })).data.length, 1);

  const environment = `figures-${Date.now()}`;
  const ids = [fresh('trace'), fresh('trace')];
  const timestamp = new Date(Date.UTC(2026, 4, 4, 10)).toISOString();
  const event = (type, body) => ({ id: fresh('event'), type, timestamp, body });
  const batch = ids.flatMap((id, i) => [
    event('trace-create', { id, timestamp, environment, userId: `user-${i}` }),
    event('generation-create', {
      id: fresh('generation'),
      traceId: id,
      name: 'chat',
      startTime: timestamp,
      environment,
      model,
      usageDetails: { input: 2 * (i + 1) },
    }),
  ]);
  assert.deepEqual((await langfuse.api.ingestion.batch({ batch })).errors, []);

  const question = {
    dimensions: [{ field: 'providedModelName' }],
    metrics: [{ measure: 'totalCost', aggregation: 'sum' }, { measure: 'count', aggregation: 'count' }],
    filters: [{ type: 'string', column: 'environment', operator: '=', value: environment }],
    fromTimestamp: '2026-05-04T00:00:00Z',
    toTimestamp: '2026-05-05T00:00:00Z',
  };
  const query = JSON.stringify({ view: 'observations', ...question });
  const expected = [{ providedModelName: model, sum_totalCost: 2, count_count: 2 }];
  assert.deepEqual((await langfuse.api.metrics.metrics({ query })).data, expected);
  assert.deepEqual((await langfuse.api.legacy.metricsV1.metrics({ query })).data, expected);

  const fields = 'core,basic,usage,model';
  const first = await langfuse.api.observations.getMany({ environment, limit: 1, fields });
  const second = await langfuse.api.observations.getMany({ environment, limit: 1, fields, cursor: first.meta.cursor });
  const seen = [...first.data, ...second.data];
  assert.deepEqual(new Set(seen.map((one) => one.traceId)), new Set(ids));
  assert.deepEqual(new Set(seen.map((one) => one.usagePricingTierName)), new Set(['Standard', 'much']));
  assert.equal(seen[0].modelId, made.id);
  assert.equal(second.meta.cursor, undefined);

  const replaced = await langfuse.api.models.upsert(made.id, { modelName: model, matchPattern: pattern, totalPrice: 3 });
  assert.deepEqual(pick(replaced, 'id', 'totalPrice', 'inputPrice'), { id: made.id, totalPrice: 3, inputPrice: null });
  await langfuse.api.models.delete(made.id);
  await assert.rejects(langfuse.api.models.get(made.id), notFound);

  const score = await langfuse.api.scores.create({ traceId: ids[0], name: 'quality', value: 1 });
  await langfuse.api.legacy.scoreV1.delete(score.id);
  await assert.rejects(langfuse.api.scores.getById(score.id), notFound);
  await langfuse.api.trace.delete(ids[0]);
  await assert.rejects(langfuse.api.trace.get(ids[0]), notFound);
  await langfuse.api.trace.deleteMultiple({ traceIds: [ids[1]] });
  assert.deepEqual((await langfuse.api.observations.getMany({ environment })).data, []);
});

test('health, and what happens with a wrong key', async () => {
  assert.equal((await langfuse.api.health.health()).status, 'OK');
  const stranger = new LangfuseClient({ publicKey, secretKey: 'sk-lf-wrong', baseUrl: url });
  await assert.rejects(stranger.api.trace.list(), { statusCode: 401 });
});
