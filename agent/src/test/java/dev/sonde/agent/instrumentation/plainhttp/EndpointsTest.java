package dev.sonde.agent.instrumentation.plainhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.agent.calls.Asked;
import dev.sonde.agent.calls.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions | chat | openai",
                "/chat/completions?api-version=1 | chat | openai",
                "https://host/openai/deployments/mine/chat/completions?api-version=2 | chat | openai",
                "/v1/responses | chat | openai",
                "/v1/embeddings | embeddings | openai",
                "/v1/completions | text_completion | openai",
                "/v1/messages | chat | anthropic",
                "/v1beta/models/gemini-2.5-flash:generateContent | generate_content | gcp.gemini",
                "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse | generate_content | gcp.gemini",
                "/v1beta/models/text-embedding-004:embedContent | embeddings | gcp.gemini",
                "/v1beta/models/text-embedding-004:batchEmbedContents | embeddings | gcp.gemini",
                "/api/chat | chat | ollama",
                "/api/generate | text_completion | ollama",
                "/api/embed | embeddings | ollama",
            })
    void of_aKnownPath(String target, String operation, String provider) {
        Endpoint endpoint = Endpoints.of("POST", target);

        assertThat(endpoint).isNotNull();
        assertThat(endpoint.kind().operation()).isEqualTo(operation);
        assertThat(endpoint.kind().provider()).isEqualTo(provider);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "?",
                "/v1/chat/completions/",
                "/v1/chat/completions/abc",
                "/v1/messages/batches",
                "/search?q=/v1/chat/completions",
                "/v1beta/models/gemini:countTokens",
                "completions",
            })
    void of_anyOtherPath_isNone(String target) {
        assertThat(Endpoints.of("POST", target)).isNull();
    }

    @Test
    void of_otherMethodsAndNothing_isNone() {
        assertThat(Endpoints.of("GET", "/v1/chat/completions")).isNull();
        assertThat(Endpoints.of(null, "/v1/chat/completions")).isNull();
        assertThat(Endpoints.of("POST", null)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/chat/completions | {\"messages\":[]} | true",
                "/chat/completions | {\"messages\":\"hello\"} | false",
                "/responses | {\"model\":\"m\",\"input\":\"x\"} | true",
                "/responses | {\"prompt\":{\"id\":\"p\"}} | true",
                "/responses | {\"survey\":7} | false",
                "/embeddings | {\"input\":\"x\"} | true",
                "/embeddings | {\"texts\":[]} | false",
                "/completions | {\"prompt\":\"x\"} | true",
                "/v1/messages | {\"messages\":[]} | true",
                "/v1/messages | {\"to\":\"ada\",\"text\":\"hi\"} | false",
                "/m:generateContent | {\"contents\":[]} | true",
                "/m:generateContent | {} | false",
                "/api/chat | {\"model\":\"m\",\"messages\":[]} | true",
                "/api/chat | {\"messages\":[]} | false",
                "/api/generate | {\"model\":\"m\",\"prompt\":\"x\"} | true",
                "/api/embed | {\"model\":\"m\"} | false",
                "/api/embed | not json | false",
            })
    void shape_tellsWhetherABodyAsksAModel(String path, String body, boolean asks) {
        Endpoint endpoint = Endpoints.of("POST", path);

        assertThat(endpoint).isNotNull();
        assertThat(endpoint.shape().test(JsonText.fields(body))).isEqualTo(asks);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "mine.openai.azure.com, azure.ai.openai",
                "api.deepseek.com, deepseek",
                "api.groq.com, groq",
                "api.mistral.ai, mistral_ai",
                "api.x.ai, x_ai",
                "europe-aiplatform.googleapis.com, gcp.vertex_ai",
                "localhost, openai",
                "none, openai",
            })
    void provider_isThatOfTheHostOrElseOfTheWire(String host, String provider) {
        Endpoint chat = Endpoints.of("POST", "/chat/completions");

        assertThat(chat).isNotNull();
        assertThat(Endpoints.provider(chat, host)).isEqualTo(provider);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/openai/deployments/mine/chat/completions | {\"messages\":[]} | mine",
                "/openai/deployments/mine/chat/completions | {\"model\":\"other\",\"messages\":[]} | other",
                "/openai/deployments/mine/embeddings?x=1 | {\"input\":\"x\"} | mine",
                "/v1beta/models/gemini-2.5-flash:generateContent | {\"contents\":[]} | gemini-2.5-flash",
            })
    void model_isThatOfTheBodyOrElseOfThePath(String path, String body, String model) {
        Endpoint endpoint = Endpoints.of("POST", path);

        assertThat(endpoint).isNotNull();
        assertThat(endpoint.asking().apply(body, path)).extracting(Asked::model).isEqualTo(model);
    }
}
