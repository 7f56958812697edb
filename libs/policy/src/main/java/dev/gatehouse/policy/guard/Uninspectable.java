package dev.gatehouse.policy.guard;

import dev.gatehouse.exchange.FailureMode;
import dev.gatehouse.policy.Schemas;
import dev.gatehouse.policy.document.InvalidField;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Optional;

/**
 * What to do with content that the guard cannot read, by kind. Where nothing is said, a policy that fails closed blocks it and one
 * that fails open reports it.
 *
 * @param images           image parts, by value or by address
 * @param files            file and document parts
 * @param audio            audio parts
 * @param encodedBodies    bodies under a content encoding that is not known, or that decode to more than the bound
 * @param multipart        {@code multipart/*} uploads
 * @param webSocket        upgrades to WebSocket
 * @param unknownFormats   bodies in no known provider format; here also InspectAsText
 * @param storedText       text stored at the provider and named by id (previous responses, stored prompts, files)
 * @param tokens           prompts given as token ids
 * @param incompleteBodies bodies that the host cut, or that are longer than {@code maxBodyBytes}
 */
public record Uninspectable(
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> images,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> files,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> audio,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> encodedBodies,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> multipart,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> webSocket,
        Optional<UninspectableAction> unknownFormats,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> storedText,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> tokens,
        @ValidationRule(value = Schemas.NOT_AS_TEXT, message = Schemas.NOT_AS_TEXT_RULE) Optional<UninspectableAction> incompleteBodies) {

    /** Nothing is said. */
    public static final Uninspectable DEFAULT = new Uninspectable(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Kinds of content that cannot be read, named as the record's members. */
    public enum Content { images, files, audio, encodedBodies, multipart, webSocket, unknownFormats, storedText, tokens, incompleteBodies }

    public Uninspectable {
        refuseAsText("images", images);
        refuseAsText("files", files);
        refuseAsText("audio", audio);
        refuseAsText("encodedBodies", encodedBodies);
        refuseAsText("multipart", multipart);
        refuseAsText("webSocket", webSocket);
        refuseAsText("storedText", storedText);
        refuseAsText("tokens", tokens);
        refuseAsText("incompleteBodies", incompleteBodies);
    }

    UninspectableAction when(Content content, FailureMode failureMode) {
        return said(content).orElse(failureMode == FailureMode.FailClosed ? UninspectableAction.Block : UninspectableAction.Report);
    }

    private Optional<UninspectableAction> said(Content content) {
        return switch (content) {
            case images -> images;
            case files -> files;
            case audio -> audio;
            case encodedBodies -> encodedBodies;
            case multipart -> multipart;
            case webSocket -> webSocket;
            case unknownFormats -> unknownFormats;
            case storedText -> storedText;
            case tokens -> tokens;
            case incompleteBodies -> incompleteBodies;
        };
    }

    private static void refuseAsText(String field, Optional<UninspectableAction> action) {
        InvalidField.check(!action.equals(Optional.of(UninspectableAction.InspectAsText)), field,
                "must be Block, Allow or Report; InspectAsText is only for unknownFormats");
    }
}
