package dev.gatehouse.it.chain;

import java.util.List;

/** Services behind a gateway with its ways in, and the backend behind both. Closing it ends them all. */
public interface Front extends AutoCloseable {

    List<Way> ways();

    Backend backend();

    @Override
    void close();
}
