import type { Made, MadeTrace } from '../dev/scenario.ts';

type Value = { stringValue: string } | { intValue: string } | { doubleValue: number } | { arrayValue: { values: { stringValue: string }[] } };

function attribute(key: string, value: string | number | string[]): { key: string; value: Value } {
  if (Array.isArray(value)) return { key, value: { arrayValue: { values: value.map((stringValue) => ({ stringValue })) } } };
  if (typeof value === 'string') return { key, value: { stringValue: value } };
  return { key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } };
}

const STATUS_ERROR = 2;

/** An export request in OpenTelemetry's JSON, as an exporter would send the trace. */
export function otlpOf(trace: MadeTrace, startMillis: number): string {
  const nanos = (ms: number) => `${Math.round((startMillis + ms) * 1000)}000`;
  const spans = trace.observations.map((one) => ({
    traceId: trace.id,
    spanId: one.id,
    ...(one.parent === null ? {} : { parentSpanId: one.parent }),
    name: one.name,
    kind: 1,
    startTimeUnixNano: nanos(one.at),
    endTimeUnixNano: nanos(one.at + (one.took ?? 0)),
    attributes: attributesOf(one, trace, startMillis),
    ...(one.level === 'ERROR' ? { status: { code: STATUS_ERROR, message: one.status ?? '' } } : {}),
  }));
  const resource = { attributes: [attribute('service.name', 'support'), attribute('deployment.environment.name', trace.environment)] };
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'ui-e2e' }, spans }] }] });
}

function attributesOf(one: Made, trace: MadeTrace, start: number) {
  const found = [attribute('langfuse.observation.type', one.type), attribute('thread.name', one.thread)];
  const add = (key: string, value: string | number | string[] | undefined) => value === undefined || found.push(attribute(key, value));
  add('langfuse.environment', trace.environment);
  if (one.parent === null) {
    add('langfuse.trace.name', trace.name);
    add('user.id', trace.user);
    add('session.id', trace.session);
    add('langfuse.trace.tags', trace.tags);
    add('langfuse.release', trace.release);
    add('langfuse.trace.input', trace.input);
    add('langfuse.trace.output', trace.output);
  }
  add('langfuse.observation.level', one.level);
  add('langfuse.observation.status_message', one.status);
  add('langfuse.observation.input', one.input);
  add('langfuse.observation.output', one.output);
  add('langfuse.observation.model.name', one.model);
  add('langfuse.observation.model.parameters', one.parameters && JSON.stringify(one.parameters));
  add('langfuse.observation.usage_details', one.tokens && JSON.stringify({ input: one.tokens[0], output: one.tokens[1] }));
  add('langfuse.observation.prompt.name', one.prompt?.[0]);
  add('langfuse.observation.prompt.version', one.prompt?.[1]);
  add('langfuse.observation.completion_start_time', one.firstToken === undefined ? undefined : new Date(start + one.at + one.firstToken).toISOString());
  for (const [key, value] of Object.entries(one.metadata ?? {})) add(`langfuse.observation.metadata.${key}`, value);
  return found;
}
