package dev.gatehouse.router.health;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which candidates of a policy may be chosen now. Never throws; bounded to a few milliseconds; what is not known is available. */
public interface Availability {

    /**
     * @param asker  who asks, by which budgets are kept
     * @param models candidates, as the policy names them
     * @return those that are out, and why
     */
    Map<String, Unavailable> unavailable(Asker asker, List<String> models);

    /**
     * Takes the right to send one request to a model. After an outage one request tries the model, and only one is let through.
     *
     * @param streams whether the request asks for a stream
     * @return what has to be told how the exchange goes; empty where another request is the trial: then another candidate is to be chosen
     */
    Optional<Watch> take(String model, boolean streams);

    /** For a model that is used although it is out, where nothing else is left. Told how it goes as well. */
    Watch force(String model, boolean streams);
}
