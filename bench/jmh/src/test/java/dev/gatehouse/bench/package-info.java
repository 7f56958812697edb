/** What single steps cost, measured with JMH. Run by hand, never in the tests: a busy machine says nothing. */
package dev.gatehouse.bench;
