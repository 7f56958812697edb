/**
 * {@code ResponseRiskPolicy}: what is looked for in a model's answers, where, and what happens then. Records only; knows no detector.
 * What a guard looks for in prompts too (personal data, secrets, patterns, words) is written the same way here.
 */
package dev.gatehouse.policy.risk;
