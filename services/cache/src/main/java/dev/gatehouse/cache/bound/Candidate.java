package dev.gatehouse.cache.bound;

import dev.gatehouse.cache.verify.Judgement;

/** The best entry for a question. */
public record Candidate(Judgement judgement, double cosine) {}
