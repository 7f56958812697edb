/** What {@code ./gatehouse fit cache} runs of the product: vectors of texts. No part of the service. */
package dev.gatehouse.cache.fit;
