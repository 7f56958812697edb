package dev.gatehouse.state;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How to reach Redis (7 or newer) or Valkey.
 *
 * @param topology    one server, a master that sentinels name, or a cluster
 * @param urls        {@code redis://[user:password@]host:port[/db]}, {@code rediss://} for TLS; of the server, of the sentinels, or of
 *                    some nodes of the cluster, all with the same scheme
 * @param credentials in place of those in the URLs; for sentinels too
 * @param tls         what {@code rediss://} trusts and shows
 * @param deadline    the longest that one call may take
 * @param connections kept open, to each server; calls share them and do not wait for one another. 1 to 64
 */
public record RedisSettings(Topology topology, List<String> urls, Optional<Credentials> credentials, Tls tls, Duration deadline, int connections) {

    /** What stands behind the URLs. */
    public sealed interface Topology {

        /** One server. */
        record Standalone() implements Topology {}

        /** The URLs are sentinels', who know the master by a name. */
        record Sentinel(String masterName) implements Topology {}

        /** The URLs are those of nodes. */
        record Cluster() implements Topology {}
    }

    /** An ACL user, {@code default} where there are none, and its password. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /**
     * Files in PEM.
     *
     * @param authorities whom to trust; empty: whom the JVM trusts
     * @param certificate of this client, where Redis asks for one
     * @param key         of that certificate, PKCS #8
     * @param verifyHost  whether the server's certificate must be for the host in the URL
     */
    public record Tls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key, boolean verifyHost) {

        public static final Tls STANDARD = new Tls(Optional.empty(), Optional.empty(), Optional.empty(), true);

        public Tls {
            if (certificate.isPresent() != key.isPresent()) {
                throw new IllegalArgumentException("a client certificate and its key go together");
            }
        }
    }

    private static final Duration DEADLINE = Duration.ofMillis(100);
    private static final int CONNECTIONS = 2;

    public RedisSettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty() || topology instanceof Topology.Standalone && urls.size() > 1) {
            throw new IllegalArgumentException("one Redis URL is needed, or several of sentinels or of a cluster's nodes");
        }
        if (!urls.stream().allMatch(url -> url.startsWith("redis://")) && !urls.stream().allMatch(url -> url.startsWith("rediss://"))) {
            throw new IllegalArgumentException("Redis URLs must all start with redis://, or all with rediss://");
        }
        if (deadline.toMillis() < 1) {
            throw new IllegalArgumentException("the deadline must be at least 1 ms, is " + deadline);
        }
        if (connections < 1 || connections > 64) {
            throw new IllegalArgumentException("connections must be 1 to 64, is " + connections);
        }
    }

    /** Of one server. */
    public RedisSettings(String url, Duration deadline, int connections) {
        this(new Topology.Standalone(), List.of(url), Optional.empty(), Tls.STANDARD, deadline, connections);
    }

    /** Of one server, with a deadline of 100 ms and two connections. */
    public static RedisSettings standalone(String url) {
        return of(new Topology.Standalone(), List.of(url));
    }

    /** Of a master that sentinels know by a name. */
    public static RedisSettings sentinel(String masterName, List<String> urls) {
        return of(new Topology.Sentinel(masterName), urls);
    }

    /** Of a cluster of which some nodes are named. */
    public static RedisSettings cluster(List<String> urls) {
        return of(new Topology.Cluster(), urls);
    }

    private static RedisSettings of(Topology topology, List<String> urls) {
        return new RedisSettings(topology, urls, Optional.empty(), Tls.STANDARD, DEADLINE, CONNECTIONS);
    }

    public RedisSettings withDeadline(Duration longest) {
        return new RedisSettings(topology, urls, credentials, tls, longest, connections);
    }

    public RedisSettings withConnections(int number) {
        return new RedisSettings(topology, urls, credentials, tls, deadline, number);
    }

    public RedisSettings withCredentials(String user, String password) {
        return new RedisSettings(topology, urls, Optional.of(new Credentials(user, password)), tls, deadline, connections);
    }

    public RedisSettings withTls(Tls other) {
        return new RedisSettings(topology, urls, credentials, other, deadline, connections);
    }

    boolean isEncrypted() {
        return urls.getFirst().startsWith("rediss://");
    }

    boolean isCluster() {
        return topology instanceof Topology.Cluster;
    }

    /** The URLs with the credentials in them. */
    List<String> connectionStrings() {
        return credentials.map(who -> urls.stream().map(url -> withUserInfo(url, who)).toList()).orElse(urls);
    }

    private static String withUserInfo(String url, Credentials who) {
        URI uri = URI.create(url);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return uri.getScheme() + "://" + encoded(who.user()) + ":" + encoded(who.password()) + "@" + uri.getHost() + ":" + port(uri) + path;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? 6379 : uri.getPort();
    }

    /** Hosts and ports, for messages; never the password. */
    public String server() {
        return urls.stream().map(URI::create).map(uri -> uri.getHost() + ":" + port(uri)).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "RedisSettings[" + topology + " " + server() + ", deadline " + deadline + ", connections " + connections + "]";
    }
}
