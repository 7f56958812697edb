/**
 * JSON documents that keep the byte position of every value, so that a string can be replaced without touching any other byte.
 *
 * <p>Strict on purpose: what is read here is what is sent on, so a document that two parsers could read differently (duplicate
 * keys, broken UTF-8, a byte order mark, trailing bytes) is refused. May depend on Jackson's streaming parser and the JDK.
 */
package dev.gatehouse.llm.json;
