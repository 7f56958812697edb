package dev.gatehouse.service.lifecycle;

import dev.gatehouse.envoy.EnvoyServer;
import dev.gatehouse.envoy.extauthz.ExtAuthzService;
import dev.gatehouse.envoy.extauthz.HttpAuthz;
import dev.gatehouse.envoy.extproc.ExtProcService;
import dev.gatehouse.exchange.ExchangeObserver;
import dev.gatehouse.exchange.Feature;
import dev.gatehouse.service.http.AuthzRoute;
import io.grpc.BindableService;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jboss.logging.Logger;

/** Serves one feature over all attachments: ext_proc and ext_authz on the gRPC port, ext_authz over HTTP on a router. */
public final class CalloutServer {

    private static final Logger LOG = Logger.getLogger(CalloutServer.class);

    private final ServiceSettings settings;
    private final ExtProcService extProc;
    private final ExtAuthzService extAuthz;
    private final HttpAuthz httpAuthz;
    private final Further further;
    private volatile EnvoyServer server;

    /**
     * What a service serves on its gRPC port besides the feature.
     *
     * @param services    that never block
     * @param healthNames further names under which health is asked for
     */
    public record Further(List<BindableService> services, List<String> healthNames) {}

    public CalloutServer(ServiceSettings settings, Feature feature, ExchangeObserver observer) {
        this(settings, feature, observer, new Further(List.of(), List.of()));
    }

    public CalloutServer(ServiceSettings settings, Feature feature, ExchangeObserver observer, Further further) {
        this.settings = settings;
        this.further = further;
        this.extProc = new ExtProcService(feature, observer);
        this.extAuthz = new ExtAuthzService(feature, observer);
        this.httpAuthz = new HttpAuthz(feature, observer, settings.authzPrefix());
    }

    /** Adds ext_authz over HTTP to the service's router; before the start it is refused (503), which hosts take for an error, not for a yes. */
    public void mount(Router router) {
        router.route(settings.authzPrefix() + "/*").handler(this::refuseBeforeStart);
        new AuthzRoute(httpAuthz).mount(router, settings.authzPrefix());
    }

    private void refuseBeforeStart(RoutingContext context) {
        if (isServing()) {
            context.next();
        } else {
            context.fail(503);
        }
    }

    /** Starts to listen on the gRPC port and says so to health checks. */
    public void start() throws IOException {
        EnvoyServer.Settings plain = EnvoyServer.Settings.plain(settings.bind(), settings.grpcPort());
        List<BindableService> services = Stream.concat(Stream.of(extProc, extAuthz), further.services().stream()).toList();
        EnvoyServer started = new EnvoyServer(plain.with(tls()), services, further.healthNames());
        started.ready(true);
        server = started;
        LOG.infof("callouts on port %d", started.port());
    }

    /** Ready while callouts are answered. */
    public HealthCheck readiness() {
        return () -> HealthCheckResponse.named("callouts").status(isServing()).build();
    }

    public boolean isServing() {
        return server != null;
    }

    /** What health checks on the gRPC port are told from now on; true after the start. */
    public void ready(boolean serving) {
        if (server != null) {
            server.ready(serving);
        }
    }

    /** Lets exchanges under way end, within the settings' time. */
    public void stop() throws InterruptedException {
        if (server != null) {
            server.drain(settings.drain());
        }
        extProc.close();
        extAuthz.close();
        httpAuthz.close();
    }

    private Optional<EnvoyServer.Tls> tls() {
        return settings.tlsCertificate().map(certificate -> new EnvoyServer.Tls(
                certificate,
                settings.tlsKey().orElseThrow(() -> new IllegalStateException("gatehouse.tls-key is required with gatehouse.tls-certificate")),
                settings.tlsClientCa()));
    }
}
