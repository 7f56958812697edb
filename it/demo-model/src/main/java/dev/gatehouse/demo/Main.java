package dev.gatehouse.demo;

import io.vertx.core.Vertx;

/** Starts the demo model: {@code java -jar demo-model.jar [PORT]}, else the port of {@code DEMO_MODEL_PORT}, else 10001. */
public final class Main {

    private static final int DEFAULT_PORT = 10001;

    private Main() {
    }

    /** Prints one line once it listens; ends with status 1 when the port cannot be had. */
    public static void main(String[] arguments) {
        Vertx vertx = Vertx.vertx();
        DemoModel.start(vertx, port(arguments)).onComplete(
            server -> System.out.println("demo model listens on 127.0.0.1:" + server.actualPort()),
            failure -> {
                System.err.println("demo model cannot start: " + failure.getMessage());
                System.exit(1);
            });
    }

    private static int port(String[] arguments) {
        String named = arguments.length > 0 ? arguments[0] : System.getenv("DEMO_MODEL_PORT");
        return named == null ? DEFAULT_PORT : Integer.parseInt(named);
    }
}
