/** Envoy's messages to neutral values and back: header fields, dynamic metadata, attributes, hand-over. Stateless. */
package dev.gatehouse.envoy.codec;
