package dev.gatehouse.state;

import dev.gatehouse.testbed.Ports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A real Redis Cluster for tests: three masters, each with one replica, that replace a dead master within some seconds. */
public final class RedisNodes implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisNodes() {}

    public static RedisNodes start() throws IOException {
        RedisNodes cluster = new RedisNodes();
        for (int i = 0; i < 2 * MASTERS; i++) {
            cluster.nodes.add(RedisServer.start("--cluster-enabled", "yes", "--cluster-node-timeout", "1500", "--cluster-port",
                    String.valueOf(Ports.free()), "--repl-diskless-sync-delay", "0"));
        }
        cluster.join();
        return cluster;
    }

    private void join() {
        for (int i = 0; i < MASTERS; i++) {
            nodes.get(i).command("CLUSTER", "ADDSLOTSRANGE", String.valueOf(i * SLOTS / MASTERS), String.valueOf((i + 1) * SLOTS / MASTERS - 1));
        }
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
            RedisServer node = nodes.get(i);
            String bus = node.command("CLUSTER", "NODES").replaceAll("(?s).*@(\\d+).*", "$1");
            nodes.getFirst().command("CLUSTER", "MEET", "127.0.0.1", String.valueOf(node.port()), bus);
        }
        Await.until(() -> nodes.stream().allMatch(node -> node.command("CLUSTER", "INFO").contains("cluster_known_nodes:6")));
        for (int i = 0; i < MASTERS; i++) {
            String master = nodes.get(i).command("CLUSTER", "MYID");
            RedisServer replica = nodes.get(MASTERS + i);
            Await.until(() -> replica.command("CLUSTER", "REPLICATE", master).equals("+OK"));
        }
        Await.until(() -> nodes.stream().allMatch(node -> node.command("CLUSTER", "INFO").contains("cluster_state:ok")));
        Await.until(() -> nodes.stream().skip(MASTERS).allMatch(node -> node.command("INFO", "replication").contains("master_link_status:up")));
        Await.until(() -> nodes.stream().allMatch(node -> node.command("CLUSTER", "NODES").split("slave").length == MASTERS + 1));
    }

    public List<String> urls() {
        return nodes.stream().map(RedisServer::url).toList();
    }

    /** Kills the master of the first slots. */
    public void killFirstMaster() throws InterruptedException {
        nodes.getFirst().kill();
    }

    @Override
    public void close() {
        nodes.forEach(node -> {
            try {
                node.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

}
