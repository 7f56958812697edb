package dev.gatehouse.router.wiring;

import dev.gatehouse.state.health.SharedHealth;
import org.jboss.logging.Logger;

/** Logs when the shared record of health is lost and found. */
final class HealthLog implements SharedHealth.LossListener {

    private static final Logger LOG = Logger.getLogger(HealthLog.class);

    @Override
    public void lost(String reason) {
        LOG.warnf("the shared record of health is lost: %s; this replica goes by what it sees itself", reason);
    }

    @Override
    public void found() {
        LOG.info("the shared record of health is back");
    }
}
