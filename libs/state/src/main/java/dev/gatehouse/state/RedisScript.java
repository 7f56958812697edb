package dev.gatehouse.state;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A Lua script over one key. It is called by its digest, and sent whole only where Redis does not know it yet. */
final class RedisScript {

    private final String text;
    private final String digest;

    RedisScript(String text) {
        this.text = text;
        this.digest = sha1(text);
    }

    /** Keys and numbers are passed as arguments, never written into the script. */
    Response run(RedisState redis, Key key, long... arguments) {
        try {
            return redis.call(request(Command.EVALSHA, digest, key, arguments));
        } catch (StateUnavailable e) {
            if (e.getCause() instanceof ErrorType error && RedisState.code(error).equals("NOSCRIPT")) {
                return redis.call(request(Command.EVAL, text, key, arguments));
            }
            throw e;
        }
    }

    private static Request request(Command command, String script, Key key, long... arguments) {
        Request request = Request.cmd(command).arg(script).arg(1).arg(key.text());
        for (long argument : arguments) {
            request.arg(argument);
        }
        return request;
    }

    /** Redis names scripts by SHA-1; nothing is kept safe by it. */
    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
