/**
 * Personal data in a text: which entity, where, and how sure.
 *
 * <p>{@link dev.gatehouse.text.pii.PiiDetector} passes over the text once, notes its digits, {@code @} and {@code :} (the seeds), and only
 * at a seed asks hand-written recognisers, each of them bounded. What a recogniser accepts by form and checksum is then judged by
 * the words around it ({@code Context}): a label of the entity raises the score, a label of something else (an order, a version)
 * lowers it. No regular expression runs over the text, those of the user's own entities (RE2) excepted.
 *
 * <p>Depends on {@code dev.gatehouse.text.stream} and {@code pattern}, libphonenumber and RE2/J; the text is taken as it is: full-width digits and invisible characters are undone by
 * {@code dev.gatehouse.text.view}.
 */
package dev.gatehouse.text.pii;
