package dev.sonde.server.http;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import dev.sonde.server.http.grpc.GrpcMessage;
import dev.sonde.server.http.grpc.GrpcStatus;
import dev.sonde.server.ingest.Ingest;
import dev.sonde.server.ingest.otlp.Export;
import dev.sonde.server.inspector.Inspection;
import dev.sonde.server.inspector.Rejection;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** {@code TraceService/Export} of OpenTelemetry's collector protocol: what can be stored is, the answer tells of the rest. */
final class OtlpGrpcResource {

    private final Ingest ingest;
    private final int mostBytes;

    /** @param mostBytes the most a message may have, decompressed */
    OtlpGrpcResource(Ingest ingest, int mostBytes) {
        this.ingest = ingest;
        this.mostBytes = mostBytes;
    }

    HttpResponse traces(Call call, Caller caller) {
        return HttpResponse.of(
                ingest.otlpInPart(caller.project().id(), message(call)).thenApply(export -> {
                    Inspecting.outcome(call, outcome(export));
                    return GrpcMessage.answer(answer(export).toByteArray());
                }));
    }

    /** Metrics and logs of exporters that send everything to one place: taken and not kept. */
    HttpResponse ignored(Call call, Caller caller) {
        message(call);
        return GrpcMessage.answer(new byte[0]);
    }

    private byte[] message(Call call) {
        if (!GrpcStatus.isExpectedBy(call.request().headers())) {
            throw HttpProblem.of(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaTypeError", "Expected application/grpc");
        }
        return GrpcMessage.read(call.body(), call.request().headers().get("grpc-encoding", ""), mostBytes);
    }

    private static Inspecting.Outcome outcome(Export export) {
        return new Inspecting.Outcome(
                export.spans(),
                export.refused().size(),
                export.refused().stream()
                        .limit(Inspection.MOST_REJECTIONS)
                        .map(reason -> Rejection.of("", HttpStatus.BAD_REQUEST.code(), reason))
                        .toList());
    }

    private static ExportTraceServiceResponse answer(Export export) {
        ExportTraceServiceResponse.Builder answer = ExportTraceServiceResponse.newBuilder();
        if (!export.refused().isEmpty()) {
            answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(export.refused().size())
                    .setErrorMessage(export.refused().get(0)));
        }
        return answer.build();
    }
}
