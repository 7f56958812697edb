/** What a request says that its answer is judged by. Depends on {@code libs/llm}; decides nothing. */
package dev.gatehouse.risk.asked;
