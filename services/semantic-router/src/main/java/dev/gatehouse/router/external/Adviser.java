package dev.gatehouse.router.external;

import java.util.List;

/** An endpoint that is asked for a route. */
interface Adviser {

    /** The word that stands for no route at all. */
    String NONE = "none";

    /**
     * @return what it said, as it said it, stripped: to be believed only where it is the name of an offered route, or {@link #NONE}
     * @throws AdviceFailed where it said nothing that has the form of an answer
     */
    String ask(String text, List<Offer> offers) throws AdviceFailed, InterruptedException;
}
