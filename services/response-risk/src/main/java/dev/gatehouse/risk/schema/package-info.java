/** Is a structured output what its JSON Schema says? The only package that knows the validator. */
package dev.gatehouse.risk.schema;
