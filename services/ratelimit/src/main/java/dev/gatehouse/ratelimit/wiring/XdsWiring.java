package dev.gatehouse.ratelimit.wiring;

import dev.gatehouse.envoy.client.ClientTls;
import dev.gatehouse.envoy.ratelimit.config.ConfigClient;
import dev.gatehouse.envoy.ratelimit.config.ConfigListener;
import dev.gatehouse.envoy.ratelimit.config.DomainConfig;
import dev.gatehouse.ratelimit.descriptor.LiveConfiguration;
import dev.gatehouse.ratelimit.dropin.DropIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Feeds the configuration from a management server. */
final class XdsWiring implements ConfigListener {

    private static final Logger LOG = Logger.getLogger(XdsWiring.class);

    private final LiveConfiguration configuration;
    private final Consumer<String> faults;

    private XdsWiring(LiveConfiguration configuration, Consumer<String> faults) {
        this.configuration = configuration;
        this.faults = faults;
    }

    static AutoCloseable open(DropIn.Source.Xds xds, LiveConfiguration configuration, Consumer<String> faults) {
        ConfigClient.Settings settings = new ConfigClient.Settings(xds.server(), xds.nodeId(), xds.metadata(), xds.headers(),
                xds.tls().map(tls -> new ClientTls(tls.certificate(), tls.key(), tls.authorities(), tls.serverName())),
                xds.retry(), xds.longestRetry(), xds.maxMessageBytes());
        try {
            return new ConfigClient(settings, new XdsWiring(configuration, faults));
        } catch (IOException e) {
            throw new UncheckedIOException("the TLS files of the xDS server cannot be used", e);
        }
    }

    @Override
    public Optional<String> configured(List<DomainConfig> domains) {
        Optional<String> fault = configuration.load(() -> domains);
        fault.ifPresentOrElse(faults, () -> LOG.infof("rate limit configuration of %d domains", domains.size()));
        return fault;
    }

    @Override
    public void disconnected(String why) {
        LOG.warnf("no connection to the xDS server: %s", why);
    }
}
