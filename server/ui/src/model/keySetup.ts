/** A key pair, written for one kind of program. */
export interface KeySetup {
  key: string;
  label: string;
  code: string;
}

/** A fresh key pair as programs take it, ready to copy. */
export function keySetup(host: string, publicKey: string, secretKey: string): KeySetup[] {
  const pairs = [
    ['LANGFUSE_HOST', host],
    ['LANGFUSE_PUBLIC_KEY', publicKey],
    ['LANGFUSE_SECRET_KEY', secretKey],
  ] as const;
  const basic = btoa(`${publicKey}:${secretKey}`);
  return [
    { key: 'env', label: '.env', code: pairs.map(([name, value]) => `${name}=${value}`).join('\n') },
    { key: 'shell', label: 'Shell', code: pairs.map(([name, value]) => `export ${name}=${value}`).join('\n') },
    { key: 'agent', label: 'Java agent', code: `${pairs.map(([name, value]) => `${name}=${value}`).join(' \\\n')} \\\n  java -javaagent:sonde-agent.jar -jar your-app.jar` },
    {
      key: 'otel',
      label: 'OpenTelemetry',
      code: `OTEL_EXPORTER_OTLP_ENDPOINT=${host}/api/public/otel\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\nOTEL_EXPORTER_OTLP_HEADERS=Authorization=Basic%20${encodeURIComponent(basic)}`,
    },
  ];
}
