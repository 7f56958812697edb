/**
 * Strict reading of YAML 1.2 and JSON documents into records. Every fault names file, line, column and field path. Knows no
 * kind of document; depends on SnakeYAML's node tree and the JDK.
 */
package dev.gatehouse.policy.document;
