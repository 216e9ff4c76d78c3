// OpenTelemetry's own exporter as applications without Langfuse's packages set it up: protobuf, compressed.
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { publicKey, secretKey, url } from './server.js';

/** A provider whose spans go to the server under test. */
export function otlpProvider() {
  const credentials = Buffer.from(`${publicKey}:${secretKey}`).toString('base64');
  const exporter = new OTLPTraceExporter({
    url: `${url}/api/public/otel/v1/traces`,
    headers: { Authorization: `Basic ${credentials}` },
    compression: 'gzip',
  });
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] });
  provider.register();
  return provider;
}
