package dev.gatehouse.llm.stream;

import java.util.Optional;

/** One piece of a response body in its framing: an event of a stream, an element of an array, or a whole JSON body. */
public sealed interface Frame permits SseEvent, AwsEvent, JsonPiece, Unframed {

    /** The JSON inside, in UTF-8; empty for keep-alives, {@code [DONE]} and brackets of arrays. */
    Optional<byte[]> json();

    /** The same frame around other JSON. Only for frames that have JSON. */
    Frame withJson(byte[] json);

    /** The bytes on the wire: of a frame that was decoded, exactly those that came. */
    byte[] encode();
}
