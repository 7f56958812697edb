/**
 * Given/when/then scenarios in YAML, run over every attachment. A scenario that needs what an attachment cannot do must show the
 * refusal that the capability table ({@code docs/attachment.md}) states.
 */
package dev.gatehouse.it.scenario;
