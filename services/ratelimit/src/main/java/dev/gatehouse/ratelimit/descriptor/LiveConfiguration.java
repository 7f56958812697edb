package dev.gatehouse.ratelimit.descriptor;

import dev.gatehouse.envoy.ratelimit.config.DomainConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The configuration in force, replaced as a whole; a faulty one leaves the last good one. */
public final class LiveConfiguration implements Supplier<DescriptorConfiguration> {

    private final boolean merge;
    private final Statistics statistics;
    private volatile DescriptorConfiguration current = DescriptorConfiguration.none();
    private volatile boolean asked;

    /** @param merge whether several configurations may speak of one domain */
    public LiveConfiguration(boolean merge, Statistics statistics) {
        this.merge = merge;
        this.statistics = statistics;
    }

    @Override
    public DescriptorConfiguration get() {
        return current;
    }

    /** Whether a configuration has come, be it a faulty one. */
    public boolean hasCome() {
        return asked;
    }

    /**
     * Takes over what is read, or leaves all as it is.
     *
     * @param read may throw {@link InvalidConfig}
     * @return what is wrong with it
     */
    public Optional<String> load(Supplier<List<DomainConfig>> read) {
        try {
            current = DescriptorConfiguration.of(read.get(), merge);
            statistics.configLoadSuccess.increment();
            return Optional.empty();
        } catch (InvalidConfig e) {
            statistics.configLoadError.increment();
            return Optional.of(e.getMessage());
        } finally {
            asked = true;
        }
    }
}
