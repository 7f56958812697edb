package dev.gatehouse.kubernetes.status;

import dev.gatehouse.kubernetes.watch.ObjectType;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Events about policies, as {@code kubectl describe} shows them.
 *
 * @param controller name of who reports
 * @param instance   name of the replica that does
 */
record Notices(KubernetesClient client, String controller, String instance, InstantSource clock) {

    private static final int MAX_NOTE = 1_000;
    private static final int MAX_NAME = 200;
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /**
     * @param reason CamelCase word, why
     * @param action CamelCase word, what was done
     */
    void warn(ObjectType type, ObjectMeta object, String reason, String action, String note) {
        Instant now = clock.instant();
        client.events().v1().events().inNamespace(object.getNamespace()).resource(new EventBuilder()
                .withNewMetadata().withName(name(object, now)).withNamespace(object.getNamespace()).endMetadata()
                .withEventTime(new MicroTime(MICROS.format(now))).withType("Warning").withReason(reason).withAction(action)
                .withNote(note.length() > MAX_NOTE ? note.substring(0, MAX_NOTE) : note)
                .withReportingController(controller).withReportingInstance(instance)
                .withNewRegarding().withApiVersion(type.group() + "/" + type.version()).withKind(type.kind()).withNamespace(object.getNamespace())
                .withName(object.getName()).withUid(object.getUid()).endRegarding()
                .build()).create();
    }

    /** As other components name theirs: the object and the time. */
    private static String name(ObjectMeta object, Instant now) {
        String name = object.getName().substring(0, Math.min(object.getName().length(), MAX_NAME));
        return name + "." + Long.toHexString(ChronoUnit.NANOS.between(Instant.EPOCH, now));
    }
}
