package dev.gatehouse.cache.verify;

import java.util.Optional;

/**
 * Whether the stored answer is right for what is asked.
 *
 * @param score calibrated probability that it is, 0 to 1; of a vetoed pair below that of every pair of use
 * @param veto  the difference that matters, if one was found
 */
public record Judgement(double score, Optional<Veto> veto) {}
