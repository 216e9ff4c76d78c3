/** One way to send a trace, ready to copy. */
export interface Snippet {
  key: string;
  label: string;
  note: string;
  code: string;
}

/** The ways to send the first trace, with the server's address and the project's public key filled in. */
export function snippets(host: string, publicKey: string): Snippet[] {
  const keys = (line: (name: string, value: string) => string) =>
    [line('LANGFUSE_PUBLIC_KEY', publicKey), line('LANGFUSE_SECRET_KEY', 'sk-lf-…'), line('LANGFUSE_HOST', host)].join('\n');
  const environment = keys((name, value) => `export ${name}=${value}`);
  return [
    {
      key: 'agent',
      label: 'Java agent',
      note: 'Nothing to compile: the agent watches the LLM libraries it knows, and every method marked @Observe.',
      code: `${environment}\njava -javaagent:sonde-agent.jar -jar your-app.jar`,
    },
    {
      key: 'python',
      label: 'Python',
      note: 'Langfuse’s own client, pointed here.',
      code: `pip install langfuse\n${environment}\npython - <<'PY'\nfrom langfuse import get_client, observe\n\n@observe()\ndef answer(question: str) -> str:\n    return "42"\n\nanswer("What is six times seven?")\nget_client().flush()\nPY`,
    },
    {
      key: 'typescript',
      label: 'TypeScript',
      note: 'Langfuse’s own packages on OpenTelemetry, pointed here.',
      code: `npm install @langfuse/tracing @langfuse/otel @opentelemetry/sdk-node\n${keys((name, value) => `export ${name}=${value}`).replace('LANGFUSE_HOST', 'LANGFUSE_BASE_URL')}\n\n// instrumentation.ts\nimport { NodeSDK } from "@opentelemetry/sdk-node";\nimport { LangfuseSpanProcessor } from "@langfuse/otel";\nimport { startActiveObservation } from "@langfuse/tracing";\n\nconst sdk = new NodeSDK({ spanProcessors: [new LangfuseSpanProcessor()] });\nsdk.start();\nawait startActiveObservation("answer", async (span) => {\n  span.update({ input: "What is six times seven?", output: "42" });\n});\nawait sdk.shutdown();`,
    },
    {
      key: 'otel',
      label: 'OpenTelemetry',
      note: 'Any OpenTelemetry exporter over HTTP. The header is the two keys, joined by a colon, in base64.',
      code: `AUTH=$(printf '%s' '${publicKey}:sk-lf-…' | base64 -w0)\nexport OTEL_EXPORTER_OTLP_ENDPOINT=${host}/api/public/otel\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\nexport OTEL_EXPORTER_OTLP_HEADERS="Authorization=Basic%20$AUTH"`,
    },
    {
      key: 'curl',
      label: 'curl',
      note: 'One trace by hand, to see that the way is free.',
      code: `NOW=$(date +%s)\ncurl -sS -u '${publicKey}:sk-lf-…' ${host}/api/public/otel/v1/traces \\\n  -H 'content-type: application/json' -d '{"resourceSpans":[{"scopeSpans":[{"spans":[{\n  "traceId":"'$(openssl rand -hex 16)'","spanId":"'$(openssl rand -hex 8)'","name":"hello",\n  "startTimeUnixNano":"'$NOW'000000000","endTimeUnixNano":"'$NOW'250000000","attributes":[\n  {"key":"langfuse.observation.input","value":{"stringValue":"Hello?"}},\n  {"key":"langfuse.observation.output","value":{"stringValue":"Hello!"}}]}]}]}]}'`,
    },
  ];
}
