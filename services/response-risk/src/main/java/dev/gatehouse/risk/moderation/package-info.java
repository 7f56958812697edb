/**
 * Endpoints outside that judge a text: OpenAI's moderation API, models that judge (through LangChain4j) and agentgateway's guardrail
 * webhook. Calls block the exchange's virtual thread, within a timeout. Nothing of a text or an answer of theirs is logged.
 */
package dev.gatehouse.risk.moderation;
