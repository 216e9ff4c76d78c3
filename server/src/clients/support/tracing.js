// Tracing as applications set it up: one provider of OpenTelemetry with Langfuse's span processor.
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { publicKey, secretKey, url } from './server.js';

/** Registers tracing for this process. What exporters complain about is collected in `complaints`. */
export function startTracing(options = {}) {
  const complaints = [];
  const complain = (...words) => complaints.push(words.join(' '));
  const ignore = () => {};
  diag.setLogger(
    { error: complain, warn: complain, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const processor = new LangfuseSpanProcessor({ publicKey, secretKey, baseUrl: url, ...options });
  const provider = new NodeTracerProvider({ spanProcessors: [processor] });
  provider.register();
  return {
    complaints,
    flush: () => processor.forceFlush(),
    stop: () => provider.shutdown(),
  };
}
