/**
 * Detectors shared by guard and response-risk: what they look for in a text, and where they found it.
 *
 * <ul>
 *   <li>{@code pii}: personal data by entity, with checksums and context words</li>
 *   <li>{@code secret}: a pack of token rules with a keyword prefilter</li>
 *   <li>{@code keyword}: many keywords in one pass</li>
 *   <li>{@code view}: readings of a text that undo evasion, with a map back to the original</li>
 *   <li>{@code signature}: signatures of injection and jailbreak; {@code anomaly}: measures of a text's shape</li>
 *   <li>{@code pattern}: the user's own patterns (RE2) and word lists</li>
 *   <li>{@code stream}: a text that arrives in deltas, several rules over it, and what of it may pass on</li>
 *   <li>{@code leak}, {@code exfiltration}, {@code command}, {@code content}, {@code shape}: what is looked for in answers</li>
 * </ul>
 *
 * <p>May depend on text libraries only; knows nothing of HTTP, providers or policies.
 */
package dev.gatehouse.text;
