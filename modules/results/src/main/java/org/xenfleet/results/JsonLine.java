package org.xenfleet.results;

import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes one JSON object on one line. Nothing in it recurses, so lists may be nested as deep as the xl language allows.
 * One thread only; the object ends with {@link #end}.
 */
public final class JsonLine {
    private static final int DEPTH = 100_000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();

    private final StringWriter text = new StringWriter();
    private final JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text);

    public JsonLine() {
        generator.writeStartObject();
    }

    /** The name of the value that is written next; only in an object, not in a list. */
    public JsonLine name(String name) {
        generator.writeName(name);
        return this;
    }

    public JsonLine text(String value) {
        generator.writeString(value);
        return this;
    }

    public JsonLine number(long value) {
        generator.writeNumber(value);
        return this;
    }

    public JsonLine truth(boolean value) {
        generator.writeBoolean(value);
        return this;
    }

    /** Writes null. */
    public JsonLine nothing() {
        generator.writeNull();
        return this;
    }

    /** Begins an object inside of a list, or as a value. */
    public JsonLine beginObject() {
        generator.writeStartObject();
        return this;
    }

    public JsonLine endObject() {
        generator.writeEndObject();
        return this;
    }

    public JsonLine beginList() {
        generator.writeStartArray();
        return this;
    }

    public JsonLine endList() {
        generator.writeEndArray();
        return this;
    }

    /** The whole object, without a line feed. */
    public String end() {
        generator.writeEndObject();
        generator.close();
        return text.toString();
    }
}
