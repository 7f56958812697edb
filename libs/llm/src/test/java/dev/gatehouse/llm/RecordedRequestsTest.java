package dev.gatehouse.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RecordedRequestsTest {

    private static final String MARKER = "«mark\"er\\\n\uD83D\uDE00»";

    private final ObjectMapper mapper = new ObjectMapper();

    private record Read(Recording recording, LlmRequest request) {}

    private static List<Read> requests() throws Exception {
        List<Read> requests = new ArrayList<>();
        for (Recording recording : Recording.all()) {
            if (recording.request().isPresent() && recording.format().isPresent()) {
                requests.add(new Read(recording,
                        LlmRequest.parse(recording.format().get(), recording.path(), recording.request().get())));
            }
        }
        return requests;
    }

    @Test
    void everyRecordedRequestParsesAndReplacingNothingGivesTheSameBytes() throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        for (Read read : requests()) {
            assertThat(read.request.replacing(Map.of())).as(read.recording.id()).isEqualTo(read.recording.request().get());
            counts.merge(read.recording.host() + " " + read.request.format(), 1, Integer::sum);
        }
        System.out.println("Recorded requests read: " + counts);
        assertThat(counts.values().stream().mapToInt(n -> n).sum()).isGreaterThan(250);
    }

    @Test
    void everyRecordedRequestHasTextOrSaysWhatCannotBeRead() throws Exception {
        for (Read read : requests().stream().filter(read -> read.recording.status() == 200).toList()) {
            assertThat(read.request.parts().isEmpty() && read.request.uninspectable().isEmpty()).as(read.recording.id()).isFalse();
        }
    }

    @Test
    void textInPlacesThatNoFormatNamesIsRareInRealTraffic() throws Exception {
        Map<String, Integer> unknown = new TreeMap<>();
        List<Read> requests = requests();
        for (Read read : requests) {
            if (read.request.parts().stream().anyMatch(part -> part.kind() == PartKind.OTHER)
                    || read.request.uninspectable().stream().anyMatch(u -> u.kind() == Uninspectable.Kind.UNKNOWN_PART)) {
                unknown.merge(read.request.format().name(), 1, Integer::sum);
            }
        }
        System.out.println("Requests with text in places that their format does not name: " + unknown + " of " + requests.size());
        assertThat(unknown.values().stream().mapToInt(n -> n).sum()).isLessThan(requests.size() / 20);
    }

    @Test
    void replacingOnePartChangesThatStringOnly() throws Exception {
        for (Read read : requests()) {
            JsonNode before = mapper.readTree(read.request.body());
            for (TextPart part : read.request.parts().stream().filter(part -> !part.isKey()).toList()) {
                JsonNode after = mapper.readTree(read.request.replacing(Map.of(part, MARKER)));
                assertChangedOnly(part, before.deepCopy(), after);
            }
        }
    }

    private void assertChangedOnly(TextPart part, JsonNode before, JsonNode after) throws Exception {
        String changed = after.at(part.jsonPath()).asText();
        if (part.innerPath().isEmpty()) {
            assertThat(changed).isEqualTo(MARKER);
        } else {
            JsonNode arguments = mapper.readTree(before.at(part.jsonPath()).asText());
            set(arguments, part.innerPath(), MARKER);
            assertThat(mapper.readTree(changed)).isEqualTo(arguments);
        }
        set(before, part.jsonPath(), changed);
        assertThat(after).isEqualTo(before);
    }

    private static void set(JsonNode root, String pointer, String value) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String last = pointer.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        if (parent.isArray()) {
            ((com.fasterxml.jackson.databind.node.ArrayNode) parent).set(Integer.parseInt(last), value);
        } else {
            ((com.fasterxml.jackson.databind.node.ObjectNode) parent).put(last, value);
        }
    }
}
