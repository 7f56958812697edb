/** What operators may see of limits and their keys, as JSON, and the resetting of a key. Shows no key's value that is not a name. */
package dev.gatehouse.ratelimit.api;
