package dev.gatehouse.router.signal;

/** What a strong model is worth for a request. */
public interface Worth {

    /** Whether it can be told: there is a text, and it has a vector. */
    boolean isTold();

    /** The probability that the strong model is right less that of the weak one, -1 to 1; 0 where it cannot be told. */
    double gain();

    /** 0 to 1: the share of requests that gain less; 0 where it cannot be told. */
    double complexity();
}
