/** An observation of a made-up trace, before it takes any wire's shape. Times in milliseconds since the trace's start. */
export interface Made {
  id: string;
  parent: string | null;
  type: string;
  name: string;
  at: number;
  /** Null while it runs. */
  took: number | null;
  thread: string;
  level?: string;
  status?: string;
  model?: string;
  parameters?: Record<string, string | number>;
  firstToken?: number;
  tokens?: [input: number, output: number];
  input?: string;
  output?: string;
  metadata?: Record<string, string>;
  prompt?: [name: string, version: number];
}

export interface MadeTrace {
  id: string;
  name: string;
  user: string;
  session: string;
  tags: string[];
  environment: string;
  release: string;
  input?: string;
  output?: string;
  observations: Made[];
  scores: { name: string; value: number; comment: string }[];
}

let serial = 0;
/** An id that looks like a random one and is different each time: a running number, spread by an odd factor. */
function id(bytes: number): string {
  serial++;
  const spread = (BigInt(serial) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn;
  return spread.toString(16).padStart(16, '0').padEnd(bytes * 2, '7c1e5f0b2d9a4683').slice(0, bytes * 2);
}

const SYSTEM = `You are the support agent of Fjord Rail, a night-train company.
Answer from the given articles only, and cite them by their number.
If a customer asks for money back, check the booking first. Never promise an amount that the refund tool has not returned.
Write in the customer's language, at most five sentences, no headings.`;

const ARTICLES = [
  { id: 12, title: 'Delays and compensation', score: 0.91, text: 'A delay of 60 to 119 minutes at the destination entitles the passenger to 25 % of the fare, from 120 minutes to 50 %.' },
  { id: 31, title: 'Sleeper supplements', score: 0.84, text: 'Supplements for couchette or sleeper are refunded in full if the booked berth was not available.' },
  { id: 7, title: 'How refunds are paid', score: 0.79, text: 'Refunds go to the original means of payment within ten working days.' },
];

const QUESTION = 'My night train NT 414 from Bergen arrived two hours and ten minutes late, and we got seats instead of the sleeper we paid for. What do we get back?';
const STACK = `java.net.http.HttpTimeoutException: request timed out
\tat java.net.http/jdk.internal.net.http.HttpClientImpl.send(HttpClientImpl.java:955)
\tat com.fjordrail.support.RefundClient.quote(RefundClient.java:71)
\tat com.fjordrail.support.tools.RefundTool.call(RefundTool.java:38)
\tat com.fjordrail.support.Agent.runTool(Agent.java:142)
\tat com.fjordrail.support.Agent.step(Agent.java:96)`;

/** A support agent's answer: retrieval, two tools at once, a failure and its retry, a streamed answer, a check. */
export function supportTrace(): MadeTrace {
  const made: Made[] = [];
  const add = (parent: string | null, type: string, name: string, at: number, took: number | null, more: Partial<Made> = {}): string => {
    const one: Made = { id: id(8), parent, type, name, at, took, thread: 'http-nio-8080-exec-3', ...more };
    made.push(one);
    return one.id;
  };
  const tools = [
    { type: 'function', function: { name: 'find_booking', description: 'Looks a booking up by train and date.', parameters: { type: 'object', properties: { train: { type: 'string' } } } } },
    { type: 'function', function: { name: 'quote_refund', description: 'Computes a refund.', parameters: { type: 'object', properties: { booking: { type: 'string' }, reason: { type: 'string' } } } } },
    { type: 'function', function: { name: 'escalate', description: 'Hands the case to a person.', parameters: { type: 'object' } } },
  ];
  const user = { role: 'user', content: QUESTION };
  const system = { role: 'system', content: SYSTEM };
  const calls = {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'call_8Kd2', type: 'function', function: { name: 'find_booking', arguments: '{"train":"NT 414","from":"Bergen"}' } },
      { id: 'call_8Kd3', type: 'function', function: { name: 'quote_refund', arguments: '{"booking":"FR-20931","reason":"delay, berth missing","delayMinutes":130}' } },
    ],
  };
  const booking = { booking: 'FR-20931', passengers: 2, fare: 1180, supplement: 640, currency: 'NOK' };
  const quote = { compensation: 590, supplement: 640, total: 1230, currency: 'NOK', paidWithin: '10 working days' };
  const answer = `I am sorry about your night, and about the seats instead of a sleeper. Your train reached its destination 130 minutes late, so you get half of the fare back: 590 NOK [12]. The sleeper supplement of 640 NOK is refunded in full, because the berths you booked were not there [31]. Together that is 1,230 NOK, paid to the card you used within ten working days [7]. You need not do anything else.`;

  const root = add(null, 'span', 'POST /support/answer', 0, 6421, { metadata: { 'http.request.method': 'POST', 'http.route': '/support/answer', 'http.response.status_code': '200' } });
  const agent = add(root, 'agent', 'support-agent', 14, 6298, { input: JSON.stringify({ question: QUESTION, locale: 'en' }), output: JSON.stringify({ answer, citations: [12, 31, 7] }), metadata: { 'code.function': 'com.fjordrail.support.Agent#answer', tenant: 'fjordrail' } });
  const guard = add(agent, 'guardrail', 'screen-question', 22, 212, { input: QUESTION, output: '{"allowed":true,"categories":[]}' });
  add(guard, 'generation', 'moderate', 31, 196, { model: 'gpt-4o-mini', tokens: [212, 9], parameters: { temperature: 0 }, input: JSON.stringify([{ role: 'system', content: 'Classify the message.' }, user]), output: '{"role":"assistant","content":"{\\"allowed\\":true}"}' });
  const chain = add(agent, 'chain', 'find-articles', 240, 731);
  add(chain, 'embedding', 'embed-query', 246, 118, { model: 'text-embedding-3-small', tokens: [38, 0], input: QUESTION });
  const retrieve = add(chain, 'retriever', 'article-index', 369, 64, { input: JSON.stringify({ query: QUESTION, topK: 20 }), output: JSON.stringify(ARTICLES), metadata: { index: 'articles-v7', 'index.size': '18402' } });
  for (let shard = 0; shard < 4; shard++) add(retrieve, 'span', `shard-${shard}`, 371 + shard, 34 + shard * 7, { thread: `search-${shard}` });
  add(chain, 'tool', 'rerank', 441, 518, { input: JSON.stringify({ candidates: 20, keep: 3 }), output: JSON.stringify(ARTICLES.map(({ id: article, score }) => ({ id: article, score }))) });
  const step1 = add(agent, 'chain', 'step 1', 978, 2964);
  add(step1, 'generation', 'plan', 983, 1216, { model: 'gpt-4o', firstToken: 402, tokens: [1184, 74], parameters: { temperature: 0.2, max_tokens: 800, tool_choice: 'auto' }, input: JSON.stringify({ messages: [system, user], tools }), output: JSON.stringify(calls) });
  add(step1, 'tool', 'find_booking', 2209, 388, { thread: 'tools-1', input: '{"train":"NT 414","from":"Bergen"}', output: JSON.stringify(booking) });
  const refund = add(step1, 'tool', 'quote_refund', 2211, 1722, { thread: 'tools-2', level: 'WARNING', status: 'Second attempt succeeded', input: '{"booking":"FR-20931","reason":"delay, berth missing","delayMinutes":130}', output: JSON.stringify(quote) });
  add(refund, 'span', 'POST /refunds/quote', 2214, 1000, { thread: 'tools-2', level: 'ERROR', status: 'java.net.http.HttpTimeoutException: request timed out', metadata: { 'exception.type': 'java.net.http.HttpTimeoutException', 'exception.stacktrace': STACK, 'url.path': '/refunds/quote' } });
  add(refund, 'event', 'retry', 3416, 0, { thread: 'tools-2', input: '{"attempt":2,"backoffMillis":200}' });
  add(refund, 'span', 'POST /refunds/quote', 3418, 508, { thread: 'tools-2', metadata: { 'url.path': '/refunds/quote' } });
  const step2 = add(agent, 'chain', 'step 2', 3948, 2102);
  add(step2, 'generation', 'answer', 3953, 2094, {
    model: 'gpt-4o',
    firstToken: 611,
    tokens: [1642, 142],
    parameters: { temperature: 0.2, max_tokens: 800, stream: 'true' },
    input: JSON.stringify({
      messages: [system, { role: 'user', content: `${QUESTION}\n\n${ARTICLES.map((a) => `[${a.id}] ${a.title}\n${a.text}`).join('\n\n')}` }, calls, { role: 'tool', tool_call_id: 'call_8Kd2', content: JSON.stringify(booking) }, { role: 'tool', tool_call_id: 'call_8Kd3', content: JSON.stringify(quote) }],
      tools,
    }),
    output: JSON.stringify({ role: 'assistant', content: answer }),
  });
  const check = add(agent, 'evaluator', 'check-citations', 6056, 249, { thread: 'ForkJoinPool.commonPool-worker-1', input: JSON.stringify({ answer }), output: '{"score":1,"missing":[]}' });
  add(check, 'generation', 'judge', 6061, 238, { thread: 'ForkJoinPool.commonPool-worker-1', model: 'gpt-4o-mini', tokens: [604, 18], parameters: { temperature: 0 }, input: JSON.stringify([{ role: 'system', content: 'Does every claim cite an article that supports it?' }, { role: 'user', content: answer }]), output: '{"role":"assistant","content":"yes, all three"}' });
  add(root, 'span', 'render', 6318, 88);
  return {
    id: id(16),
    name: 'support-answer',
    user: 'kari.nordmann',
    session: 'chat-7f3a',
    tags: ['support', 'en'],
    environment: 'production',
    release: '2026.11.2',
    input: JSON.stringify({ question: QUESTION }),
    output: JSON.stringify({ answer }),
    observations: made,
    scores: [{ name: 'helpful', value: 0.92, comment: 'Answers both parts, cites all.' }],
  };
}

const ASKS = [
  ['Can I take my bike on NT 203?', 'Yes, if you reserve a place for it: bikes cost 90 NOK on night trains [4].'],
  ['Where is my lost jacket?', 'Lost things are kept for 30 days at the station where the train ended [22].'],
  ['Is breakfast included in the sleeper?', 'Breakfast is included in sleepers and served from six [18].'],
  ['How do I change the name on a ticket?', 'Names can be changed once, free of charge, until the day before [9].'],
] as const;

/** Small traces for a list: short answers, some failed, some without a model. */
export function smallTrace(n: number): MadeTrace {
  const [ask, said] = ASKS[n % ASKS.length]!;
  const failed = n % 9 === 4;
  const search = n % 5 === 3;
  const took = 640 + ((n * 677) % 4200);
  const root = id(8);
  const user = { role: 'user', content: ask };
  const observations: Made[] = [
    { id: root, parent: null, type: search ? 'chain' : 'agent', name: search ? 'search-articles' : 'support-answer', at: 0, took, thread: 'main', input: JSON.stringify({ question: ask }), ...(failed ? {} : { output: JSON.stringify({ answer: said }) }) },
    { id: id(8), parent: root, type: 'retriever', name: 'article-index', at: 12, took: 61, thread: 'main', input: ask, output: JSON.stringify(ARTICLES.slice(0, 2)) },
  ];
  if (!search) {
    observations.push({
      id: id(8),
      parent: root,
      type: 'generation',
      name: 'answer',
      at: 90,
      took: took - 110,
      thread: 'main',
      model: n % 3 === 0 ? 'gpt-4o-mini' : 'gpt-4o',
      firstToken: 210,
      tokens: [900 + ((n * 131) % 800), failed ? 0 : 60 + ((n * 17) % 90)],
      parameters: { temperature: 0.2 },
      input: JSON.stringify([{ role: 'system', content: SYSTEM }, user]),
      ...(failed ? { level: 'ERROR', status: 'RateLimitException: 429 Too Many Requests' } : { output: JSON.stringify({ role: 'assistant', content: said }) }),
    });
  }
  return {
    id: id(16),
    name: search ? 'search-articles' : 'support-answer',
    user: ['kari.nordmann', 'ola.hansen', 'ingrid.berg', 'lars.lie'][n % 4]!,
    session: `chat-${(n >> 1).toString(16).padStart(4, '0')}`,
    tags: n % 2 === 0 ? ['support', 'en'] : ['support'],
    environment: n % 7 === 6 ? 'staging' : 'production',
    release: '2026.11.2',
    observations,
    scores: n % 4 === 1 && !failed ? [{ name: 'helpful', value: Math.round(50 + ((n * 37) % 50)) / 100, comment: '' }] : [],
  };
}

/** A trace of many observations: an agent in a long loop. */
export function hugeTrace(size: number): MadeTrace {
  const root = id(8);
  const observations: Made[] = [{ id: root, parent: null, type: 'agent', name: 'crawl-and-summarise', at: 0, took: size * 12, thread: 'main' }];
  let step = root;
  for (let i = 1; i < size; i++) {
    const at = i * 11;
    if (i % 25 === 1) {
      step = id(8);
      observations.push({ id: step, parent: root, type: 'chain', name: `step ${(i - 1) / 25 + 1}`, at, took: 290, thread: `worker-${i % 4}` });
      continue;
    }
    const generation = i % 25 === 2;
    observations.push({
      id: id(8),
      parent: step,
      type: generation ? 'generation' : ['tool', 'retriever', 'span'][i % 3]!,
      name: generation ? 'summarise' : ['fetch-page', 'find-similar', 'parse'][i % 3]!,
      at,
      took: 9 + (i % 17),
      thread: `worker-${i % 4}`,
      ...(generation ? { model: 'gpt-4o-mini', tokens: [400 + (i % 300), 40] as [number, number] } : {}),
      ...(i % 997 === 500 ? { level: 'ERROR', status: 'page gone' } : {}),
    });
  }
  return { id: id(16), name: 'crawl-and-summarise', user: 'batch', session: 'nightly', tags: ['batch'], environment: 'production', release: '2026.11.2', observations, scores: [] };
}
