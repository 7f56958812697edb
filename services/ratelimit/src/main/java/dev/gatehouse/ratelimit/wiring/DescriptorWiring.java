package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.envoy.ratelimit.Budgets;
import dev.gatehouse.envoy.ratelimit.BudgetsService;
import dev.gatehouse.envoy.ratelimit.LimitadorService;
import dev.gatehouse.envoy.ratelimit.RateLimitService;
import dev.gatehouse.exchange.KeyedHash;
import dev.gatehouse.ratelimit.descriptor.AnswerOptions;
import dev.gatehouse.ratelimit.descriptor.DescriptorFolder;
import dev.gatehouse.ratelimit.descriptor.DescriptorLimiter;
import dev.gatehouse.ratelimit.descriptor.LiveConfiguration;
import dev.gatehouse.ratelimit.descriptor.SharedLimits;
import dev.gatehouse.ratelimit.descriptor.Statistics;
import dev.gatehouse.ratelimit.dropin.DropIn;
import dev.gatehouse.ratelimit.dropin.UpstreamMetrics;
import dev.gatehouse.service.lifecycle.CalloutServer;
import dev.gatehouse.state.Keys;
import dev.gatehouse.state.limit.AsyncLimits;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Puts the rate limit service together: its limiter, its configuration, its pages. */
final class DescriptorWiring implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(DescriptorWiring.class);

    private final Optional<DropIn> dropIn;
    private final Statistics statistics = new Statistics();
    private final LiveConfiguration configuration;
    private final DescriptorLimiter limiter;
    private final DescriptorPages pages;
    private Optional<AutoCloseable> source = Optional.empty();

    DescriptorWiring(Optional<DropIn> dropIn, AsyncLimits limits, KeyedHash hash, SharedLimits shared) {
        this.dropIn = dropIn;
        configuration = new LiveConfiguration(dropIn.map(DropIn::mergeDomains).orElse(false), statistics);
        AnswerOptions options = dropIn.map(DropIn::answers).map(DescriptorWiring::options).orElse(AnswerOptions.standard());
        limiter = new DescriptorLimiter(configuration, limits, new Keys(hash), shared, options, statistics);
        pages = new DescriptorPages(limiter, configuration, statistics, this::isHealthy);
    }

    /** What is served on the gRPC port. */
    CalloutServer.Further services(Budgets budgets) {
        return new CalloutServer.Further(
                List.of(new RateLimitService(limiter), new LimitadorService(limiter), new BudgetsService(budgets)), List.of("ratelimit"));
    }

    /** Reads the configuration and opens the debug port, where there are any. */
    void start(Vertx vertx) {
        dropIn.ifPresent(settings -> start(vertx, settings));
    }

    boolean isHealthy() {
        return dropIn.map(this::isHealthy).orElse(true);
    }

    void routes(Router router) {
        pages.mountService(router);
    }

    void management(Router router) {
        pages.mountDebug(router);
        dropIn.flatMap(DropIn::prometheus).ifPresent(prometheus -> router.get(prometheus.path()).handler(context ->
                context.response().putHeader("content-type", "text/plain; version=0.0.4").end(UpstreamMetrics.text(statistics.snapshot()))));
    }

    @Override
    public void close() throws Exception {
        if (source.isPresent()) {
            source.get().close();
        }
    }

    private void start(Vertx vertx, DropIn settings) {
        if (!settings.ignored().isEmpty()) {
            LOG.warnf("these variables are set and have no effect: %s", String.join(", ", settings.ignored()));
        }
        source = Optional.of(switch (settings.source()) {
            case DropIn.Source.Folder folder -> new DescriptorFolder(folder.folder(), folder.hidden(), configuration, DescriptorWiring::complain);
            case DropIn.Source.Xds xds -> XdsWiring.open(xds, configuration, DescriptorWiring::complain);
        });
        Router debug = Router.router(vertx);
        pages.mountDebug(debug);
        vertx.createHttpServer().requestHandler(debug).listen(settings.debug().port(), settings.debug().host())
                .onSuccess(server -> LOG.infof("debug pages on port %d", server.actualPort()))
                .onFailure(cause -> LOG.errorf("no debug pages on port %d: %s", settings.debug().port(), cause.getClass().getSimpleName()));
    }

    private static void complain(String fault) {
        LOG.errorf("the rate limit configuration stays as it was: %s", fault);
    }

    private boolean isHealthy(DropIn settings) {
        boolean come = configuration.hasCome() || settings.startWithoutConfiguration();
        return come && (!settings.healthyWithADomain() || configuration.get().hasDomains());
    }

    private static AnswerOptions options(DropIn.Answers answers) {
        return new AnswerOptions(
                answers.shadow(), answers.quota(),
                answers.headers().map(names -> new AnswerOptions.HeaderNames(names.get(0), names.get(1), names.get(2))),
                answers.metadata(), answers.nearRatio(), answers.keepBelow(), answers.keyPrefix(), answers.rememberOver());
    }
}
