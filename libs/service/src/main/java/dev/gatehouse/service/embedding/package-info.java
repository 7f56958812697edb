/** The encoder that a service is configured with. For services that embed alone: they add {@code libs/embedding}, which is optional here. */
package dev.gatehouse.service.embedding;
