/** The judgement of an answer as it comes: which rules found what, and what follows. Dry run and live traffic both come here. */
package dev.gatehouse.risk.judge;
