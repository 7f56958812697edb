package dev.gatehouse.it.risk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.it.chain.Attached;
import dev.gatehouse.it.chain.Backend;
import dev.gatehouse.it.chain.Chain;
import dev.gatehouse.it.chain.Client;
import dev.gatehouse.it.chain.Member;
import dev.gatehouse.it.chain.Policies;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** response-risk alone behind Envoy, masking e-mail addresses in answers that a test plays. */
record MaskingBed(Chain chain) implements AutoCloseable {

    static MaskingBed start(String name) throws Exception {
        assumeTrue(Chain.envoyBinary().isPresent(), "GATEHOUSE_ENVOY names no Envoy binary");
        Path config = Policies.routes(name);
        Policies.write(config, "ResponseRiskPolicy", name, """
                timeout: 10s
                rules:
                  - {name: mail, action: Mask, pii: {entities: [EMAIL]}}
                """);
        return new MaskingBed(Chain.start(name, config, false, Member.of("response-risk")));
    }

    /** Makes the backend answer with these chunks to the request of the id that is returned. */
    String script(String contentType, Map<String, String> headers, List<byte[]> chunks) {
        String id = Client.newTestId();
        Map<String, String> all = new HashMap<>(headers);
        all.put("content-type", contentType);
        chain.backend().script(id, new Backend.Script(200, all, chunks, Duration.ZERO, false));
        return id;
    }

    /** What the client gets of such an answer. */
    HttpResponse<String> answer(Attached attached, String contentType, Map<String, String> headers, List<byte[]> chunks) throws Exception {
        return Client.send(Client.chat(chain.listener(attached), script(contentType, headers, chunks), Client.prompt("hi")));
    }

    @Override
    public void close() {
        chain.close();
    }
}
