/** {@code PromptGuardPolicy}: what the prompt guard looks for, where, and what it does then. Records only; knows no detector. */
package dev.gatehouse.policy.guard;
