package dev.sonde.server.storage.duckdb;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.sonde.server.model.Observation;
import dev.sonde.server.model.Payload;
import dev.sonde.server.model.Trace;
import dev.sonde.server.storage.StorageException;
import java.io.IOException;
import java.time.Instant;

/** Rows as JSON for the payload log: fields by name, times in microseconds since 1970, the payload left out. */
final class RowJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new MicrosSerializer())
                    .addDeserializer(Instant.class, new MicrosDeserializer()))
            .addMixIn(Observation.class, WithoutPayload.class)
            .addMixIn(Trace.class, WithoutPayload.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private RowJson() {}

    static byte[] write(Object row) {
        try {
            return MAPPER.writeValueAsBytes(row);
        } catch (JsonProcessingException e) {
            throw new StorageException("write row", e);
        }
    }

    /** The row that was written, with {@link Payload#NONE}. */
    static <T> T read(EntityTable<T> table, byte[] json) {
        try {
            return table.withPayload(MAPPER.readValue(json, table.type()), Payload.NONE);
        } catch (IOException e) {
            throw new StorageException("read row", e);
        }
    }

    @JsonIgnoreProperties("payload")
    private interface WithoutPayload {}

    private static final class MicrosSerializer extends StdSerializer<Instant> {

        MicrosSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeNumber(Times.micros(value));
        }
    }

    private static final class MicrosDeserializer extends StdDeserializer<Instant> {

        MicrosDeserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return Times.instant(from.getLongValue());
        }
    }
}
