/** Makes of a policy what the router runs: heads, expressions, deciders, and what says which candidates are out. */
package dev.gatehouse.router.compile;
