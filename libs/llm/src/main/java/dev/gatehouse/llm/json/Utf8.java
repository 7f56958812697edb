package dev.gatehouse.llm.json;

import dev.gatehouse.llm.json.MalformedJson.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Checks that bytes are UTF-8 without a byte order mark. Jackson lets overlong forms and encoded surrogates pass, and guesses UTF-16. */
final class Utf8 {

    private static final int WINDOW = 8192;

    private Utf8() {}

    static void check(byte[] bytes) throws MalformedJson {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer window = CharBuffer.allocate(Math.min(bytes.length + 1, WINDOW));
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        CoderResult result = decoder.decode(in, window, true);
        while (result.isOverflow()) {
            window.clear();
            result = decoder.decode(in, window, true);
        }
        if (result.isError()) {
            throw new MalformedJson(Reason.INVALID_UTF8, in.position());
        }
        checkStart(bytes);
    }

    private static void checkStart(byte[] bytes) throws MalformedJson {
        if (bytes.length >= 3 && bytes[0] == (byte) 0xEF && bytes[1] == (byte) 0xBB && bytes[2] == (byte) 0xBF) {
            throw new MalformedJson(Reason.BYTE_ORDER_MARK, 0);
        }
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) {
                throw new MalformedJson(Reason.INVALID_UTF8, i);
            }
        }
    }
}
