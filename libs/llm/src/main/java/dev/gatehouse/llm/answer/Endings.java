package dev.gatehouse.llm.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.llm.Format;
import dev.gatehouse.llm.ProviderErrors;
import dev.gatehouse.llm.json.JsonValue;
import dev.gatehouse.llm.stream.AwsEvent;
import dev.gatehouse.llm.stream.Frame;
import dev.gatehouse.llm.stream.JsonPiece;
import dev.gatehouse.llm.stream.SseEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The last bytes of an answer that is stopped, in its format and framing. Sees what has passed. */
final class Endings {

    private enum Framing { SSE, AWS, JSON }

    private static final byte[] DONE = SseEvent.ofData("[DONE]").encode();

    private final Format format;
    private final Framing framing;
    private final Optional<FilteredEnding> filtered;
    private boolean inArray;

    Endings(Format format, String contentType) {
        this.format = format;
        this.framing = framing(contentType.strip().toLowerCase(Locale.ROOT));
        this.filtered = FilteredEnding.of(format);
    }

    private static Framing framing(String type) {
        if (type.startsWith("text/event-stream")) {
            return Framing.SSE;
        }
        return type.startsWith("application/vnd.amazon.eventstream") ? Framing.AWS : Framing.JSON;
    }

    void passed(Frame frame, JsonValue root) {
        inArray = frame instanceof JsonPiece piece && piece.inArray();
        filtered.ifPresent(ending -> ending.passed(root));
    }

    byte[] ending(Stop stop) {
        boolean asFiltered = stop.manner() == Stop.Manner.FILTERED && filtered.isPresent() && (framing != Framing.JSON || inArray);
        return asFiltered ? filtered(filtered.get(), stop) : error(stop);
    }

    private byte[] filtered(FilteredEnding ending, Stop stop) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ending.events(stop.usage()).forEach(event -> out.writeBytes(framed(event)));
        out.writeBytes(switch (framing) {
            case SSE -> isOpenAi() ? DONE : new byte[0];
            case AWS -> new byte[0];
            case JSON -> new byte[] {']'};
        });
        return out.toByteArray();
    }

    private boolean isOpenAi() {
        return format == Format.OPENAI_CHAT || format == Format.OPENAI_COMPLETIONS;
    }

    private byte[] framed(FilteredEnding.Event event) {
        byte[] json = utf8(event.data());
        return switch (framing) {
            case SSE -> (event.name().isEmpty() ? SseEvent.ofData(event.data().toString()) : SseEvent.of(event.name(), event.data().toString())).encode();
            case AWS -> aws(event.name(), json).encode();
            case JSON -> new JsonPiece(new byte[] {',', '\n'}, json, true).encode();
        };
    }

    /** The events of other formats are wrapped, as {@code InvokeModelWithResponseStream} does. */
    private AwsEvent aws(String name, byte[] json) {
        if (format == Format.BEDROCK_CONVERSE) {
            return AwsEvent.event(name, json);
        }
        ObjectNode chunk = JsonNodeFactory.instance.objectNode().put("bytes", Base64.getEncoder().encodeToString(json));
        return AwsEvent.event("chunk", utf8(chunk));
    }

    private byte[] error(Stop stop) {
        ProviderErrors errors = ProviderErrors.of(framing == Framing.AWS ? Format.BEDROCK_CONVERSE : format);
        if (framing != Framing.JSON) {
            return errors.streamEvent(stop.status(), stop.code(), stop.message());
        }
        byte[] body = errors.reply(stop.status(), stop.code(), stop.message()).body();
        return inArray ? (",\n" + new String(body, StandardCharsets.UTF_8) + "]").getBytes(StandardCharsets.UTF_8) : body;
    }

    private static byte[] utf8(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
