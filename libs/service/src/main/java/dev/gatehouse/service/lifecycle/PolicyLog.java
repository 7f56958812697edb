package dev.gatehouse.service.lifecycle;

import dev.gatehouse.policy.document.Fault;
import dev.gatehouse.policy.source.Snapshot;
import dev.gatehouse.policy.source.SourceListener;
import org.jboss.logging.Logger;

/** Tells the operator what was loaded and what is wrong with which line. */
public final class PolicyLog implements SourceListener {

    private static final Logger LOG = Logger.getLogger(PolicyLog.class);

    @Override
    public void loaded(Snapshot<?, ?> snapshot) {
        LOG.infof("policies loaded: revision %d, %d policies, %d routes, %d faults", snapshot.revision(), snapshot.policies().size(),
                snapshot.routes().size(), snapshot.faults().size());
        snapshot.faults().forEach(fault -> LOG.warnf("%s (the last good state stays)", fault));
    }

    @Override
    public void passedOver(Fault field) {
        LOG.debugf("not read: %s", field);
    }
}
