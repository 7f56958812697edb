/** Published advisories of gateways like this one: a test each, named after it. */
package dev.gatehouse.it.advisory;
