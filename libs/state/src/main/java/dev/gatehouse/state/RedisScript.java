package dev.gatehouse.state;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** A Lua script. It is called by its digest, and sent whole only where Redis does not know it yet. */
public final class RedisScript {

    private final String text;
    private final String digest;

    public RedisScript(String text) {
        this.text = text;
        this.digest = sha1(text);
    }

    /**
     * Keys and values are passed as arguments, never written into the script.
     *
     * @param keys of one tag where Redis is a cluster
     * @return what the script returns, or the failure; {@link RedisState#await} waits for it
     */
    public Future<Response> send(RedisState redis, List<Key> keys, List<byte[]> arguments) {
        return redis.send(request(Command.EVALSHA, digest, keys, arguments)).recover(cause ->
                cause instanceof ErrorType error && RedisState.code(error).equals("NOSCRIPT")
                        ? redis.send(request(Command.EVAL, text, keys, arguments))
                        : Future.failedFuture(cause));
    }

    private static Request request(Command command, String script, List<Key> keys, List<byte[]> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(key -> request.arg(key.text()));
        arguments.forEach(request::arg);
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
