/** Makes of a decision what changes in the request: body or path, headers, and the mark that ends loops between gateways. */
package dev.gatehouse.router.apply;
