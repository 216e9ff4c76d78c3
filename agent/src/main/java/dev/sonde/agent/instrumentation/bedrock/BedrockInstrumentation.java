package dev.sonde.agent.instrumentation.bedrock;

import dev.sonde.agent.tooling.LibraryInstrumentation;
import dev.sonde.agent.tooling.LibraryMethod;
import dev.sonde.agent.tooling.RequiredMethod;
import java.util.ArrayList;
import java.util.List;

/** What is hooked in the AWS SDK's Bedrock runtime client. See the package for what that covers. */
public final class BedrockInstrumentation implements LibraryInstrumentation {
    private static final String SERVICE = "software.amazon.awssdk.services.bedrockruntime.";
    private static final String MODEL = SERVICE + "model.";
    private static final String ASYNC = SERVICE + "DefaultBedrockRuntimeAsyncClient";

    @Override
    public String library() {
        return "aws-sdk-bedrockruntime";
    }

    @Override
    public List<LibraryMethod> methods() {
        List<LibraryMethod> methods = new ArrayList<>();
        for (String client : List.of(SERVICE + "DefaultBedrockRuntimeClient", ASYNC)) {
            methods.add(new LibraryMethod(
                    client, "converse", List.of(MODEL + "ConverseRequest"), () -> new BedrockSite(true, false)));
            methods.add(new LibraryMethod(
                    client, "invokeModel", List.of(MODEL + "InvokeModelRequest"), () -> new BedrockSite(false, false)));
            methods.add(new LibraryMethod(
                    client, "applyGuardrail", List.of(MODEL + "ApplyGuardrailRequest"), GuardrailSite::new));
            methods.add(new LibraryMethod(
                            client,
                            "invokeGuardrailChecks",
                            List.of(MODEL + "InvokeGuardrailChecksRequest"),
                            GuardrailSite::new)
                    .ifThere());
        }
        methods.add(streaming("ConverseStream", "converseStream", true));
        methods.add(streaming("InvokeModelWithResponseStream", "invokeModelWithResponseStream", false));
        return methods;
    }

    @Override
    public List<RequiredMethod> required() {
        String core = "software.amazon.awssdk.core.";
        return List.of(
                new RequiredMethod(core + "SdkPojo", "sdkFields", List.of()),
                new RequiredMethod(core + "SdkField", "getValueOrDefault", List.of("java.lang.Object")),
                new RequiredMethod(core + "BytesWrapper", "asByteArrayUnsafe", List.of()),
                new RequiredMethod(core + "async.SdkPublisher", "map", List.of("java.util.function.Function")));
    }

    private static LibraryMethod streaming(String types, String method, boolean converse) {
        return LibraryMethod.replacingLast(
                ASYNC,
                method,
                List.of(MODEL + types + "Request", MODEL + types + "ResponseHandler"),
                () -> new BedrockSite(converse, true));
    }
}
