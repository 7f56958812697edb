/**
 * The prompt guard: reads a prompt, finds what must not pass, and blocks, masks or reports it.
 *
 * <p>One request's story: {@link dev.gatehouse.guard.GuardFeature} finds the policy, {@link dev.gatehouse.guard.GuardHandler} reads
 * the prompt ({@code prompt}), judges it ({@code inspect}), masks it ({@code mask}) and answers in the provider's shape
 * ({@code reply}). {@code dryrun} runs the same code for the management port; {@code wiring} is the only CDI.
 */
package dev.gatehouse.guard;
