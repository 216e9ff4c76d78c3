package dev.sonde.runtime.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes any object as JSON text as it is at that moment. Bounded in text, depth, elements and time; what was left out is
 * said in place. Cycles become a note, secrets become {@code ***} by the name of their key, objects of frameworks become
 * the name of their type, an accessor that throws becomes a note; a class whose accessors keep the caller waiting twice is
 * not read again. Never throws, and leaves the thread interrupted if it was. Thread-safe.
 */
public final class JsonCapture {

    private static final int MAX_DEPTH = 24;
    private static final int MAX_ELEMENTS = 2_000;
    private static final long MAX_NANOS = 500_000_000;

    private static final JsonFactory JSON = new JsonFactory();

    private final int maxChars;

    public JsonCapture(int maxChars) {
        this.maxChars = maxChars;
    }

    /** JSON text of {@code value}. */
    @SuppressWarnings("IllegalCatch") // the application's code runs in accessors: no error of it may leave here
    public String toJson(@Nullable Object value) {
        boolean interrupted = Thread.currentThread().isInterrupted();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            new Walk(json, text).write(value, 0);
        } catch (Throwable e) {
            return quoted("not captured: " + e.getClass().getName());
        } finally {
            if (interrupted) { // an accessor may have swallowed what was meant for the application
                Thread.currentThread().interrupt();
            }
        }
        return text.toString();
    }

    /** A text, cut where it is longer than the limit. */
    public String within(String text) {
        return text.length() <= maxChars ? text : shortened(text, maxChars);
    }

    private static String shortened(String text, int length) {
        int end = length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** One value being written. */
    private final class Walk {
        private final JsonGenerator json;
        private final StringWriter text;
        private final IdentityHashMap<Object, Boolean> open = new IdentityHashMap<>();
        private final long deadline = System.nanoTime() + MAX_NANOS;
        private int written;

        Walk(JsonGenerator json, StringWriter text) {
            this.json = json;
            this.text = text;
        }

        void write(@Nullable Object value, int depth) throws IOException {
            if (value == null) {
                json.writeNull();
            } else if (value instanceof CharSequence || value instanceof Character) {
                writeText(value.toString());
            } else if (value instanceof Boolean flag) {
                json.writeBoolean(flag);
            } else if (value instanceof Number number) {
                writeNumber(number);
            } else if (isScalar(value)) {
                json.writeString(value.toString());
            } else {
                writeStructure(value, depth);
            }
        }

        private void writeStructure(Object value, int depth) throws IOException {
            String refusal = refusal(value, depth);
            if (refusal != null) {
                json.writeString(refusal);
                return;
            }
            open.put(value, Boolean.TRUE);
            try {
                if (value instanceof Optional<?> optional) {
                    write(optional.orElse(null), depth + 1);
                } else if (value instanceof byte[] bytes) {
                    writeBytes(bytes);
                } else if (value.getClass().isArray()) {
                    writeArray(value, depth);
                } else if (value instanceof Map<?, ?> map) {
                    writeMap(map, depth);
                } else if (value instanceof Collection<?> collection) {
                    writeElements(collection, depth);
                } else {
                    writeBean(value, depth);
                }
            } finally {
                open.remove(value);
            }
        }

        /** What stands for a value that is not walked into, or null. */
        private @Nullable String refusal(Object value, int depth) {
            if (open.containsKey(value)) {
                return "(cycle)";
            }
            if (depth >= MAX_DEPTH) {
                return "(too deep)";
            }
            if (overBudget()) {
                return "(cut: too large)";
            }
            return Shape.isOpaque(value) ? value.getClass().getName() : null;
        }

        private boolean overBudget() {
            return text.getBuffer().length() > maxChars || ((++written & 7) == 0 && System.nanoTime() > deadline);
        }

        private void writeText(String value) throws IOException {
            int room = Math.max(0, maxChars - text.getBuffer().length());
            if (value.length() <= room) {
                json.writeString(value);
            } else {
                json.writeString(shortened(value, room));
            }
        }

        /** As a data URI, which the exporter uploads; what does not fit into the text as its length. */
        private void writeBytes(byte[] bytes) throws IOException {
            int room = maxChars - text.getBuffer().length();
            if (bytes.length == 0 || bytes.length / 3L * 4 + 100 > room) {
                json.writeString("byte[" + bytes.length + "]");
            } else {
                json.writeString("data:" + ContentType.of(bytes) + ";base64,"
                        + Base64.getEncoder().encodeToString(bytes));
            }
        }

        private void writeNumber(Number number) throws IOException {
            if (number instanceof Double || number instanceof Float) {
                double value = number.doubleValue();
                if (Double.isFinite(value)) {
                    json.writeNumber(number.toString());
                } else {
                    json.writeString(number.toString());
                }
            } else if (number instanceof Long
                    || number instanceof Integer
                    || number instanceof Short
                    || number instanceof Byte) {
                json.writeNumber(number.longValue());
            } else if (number instanceof java.math.BigDecimal || number instanceof java.math.BigInteger) {
                json.writeNumber(number.toString());
            } else {
                json.writeString(number.toString());
            }
        }

        private void writeArray(Object array, int depth) throws IOException {
            int length = Array.getLength(array);
            json.writeStartArray();
            for (int i = 0; i < length; i++) {
                if (i == MAX_ELEMENTS || overBudget()) {
                    json.writeString("(" + (length - i) + " more)");
                    break;
                }
                write(Array.get(array, i), depth + 1);
            }
            json.writeEndArray();
        }

        private void writeElements(Collection<?> elements, int depth) throws IOException {
            json.writeStartArray();
            int i = 0;
            for (Object element : elements) {
                if (i++ == MAX_ELEMENTS || overBudget()) {
                    json.writeString("(" + (elements.size() - i + 1) + " more)");
                    break;
                }
                write(element, depth + 1);
            }
            json.writeEndArray();
        }

        private void writeMap(Map<?, ?> map, int depth) throws IOException {
            json.writeStartObject();
            int i = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (i++ == MAX_ELEMENTS || overBudget()) {
                    json.writeStringField("(cut)", (map.size() - i + 1) + " more");
                    break;
                }
                writeField(String.valueOf(entry.getKey()), entry.getValue(), depth);
            }
            json.writeEndObject();
        }

        private void writeBean(Object bean, int depth) throws IOException {
            Shape shape = Shape.of(bean.getClass());
            if (shape.isTooSlow()) {
                json.writeString(bean.getClass().getName() + " (too slow to read)");
                return;
            }
            long before = System.nanoTime();
            if (shape.properties().isEmpty()) {
                String words = String.valueOf(bean);
                shape.took(System.nanoTime() - before);
                writeText(words);
                return;
            }
            json.writeStartObject();
            for (Shape.Property property : shape.properties()) {
                if (before - deadline > 0) {
                    json.writeStringField("(cut)", "too slow");
                    break;
                }
                Object value = property.read(bean);
                shape.took(System.nanoTime() - before);
                writeField(property.name(), value, depth);
                before = System.nanoTime();
            }
            json.writeEndObject();
        }

        private void writeField(String name, @Nullable Object value, int depth) throws IOException {
            json.writeFieldName(name);
            if (value != null && Secrets.isSecret(name)) {
                json.writeString("***");
            } else {
                write(value, depth + 1);
            }
        }

        private boolean isScalar(Object value) {
            return value instanceof Enum<?>
                    || value instanceof TemporalAccessor
                    || value instanceof UUID
                    || value instanceof Class<?>
                    || value instanceof java.time.temporal.TemporalAmount
                    || value instanceof java.util.Date
                    || value instanceof java.net.URI
                    || value instanceof java.net.URL
                    || value instanceof java.util.Locale
                    || value instanceof Throwable;
        }
    }
}
