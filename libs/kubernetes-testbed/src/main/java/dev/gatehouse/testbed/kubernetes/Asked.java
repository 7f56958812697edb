package dev.gatehouse.testbed.kubernetes;

/**
 * A request to the API server, as its audit log has it.
 *
 * @param verb      e.g. {@code list}
 * @param group     of the API; empty for the core
 * @param resource  in the plural, with its subresource: {@code leases}, {@code promptguardpolicies/status}
 * @param namespace empty for all namespaces
 * @param name      of the object; empty for a collection
 * @param status    of the answer, in HTTP's numbers
 */
public record Asked(String verb, String group, String resource, String namespace, String name, int status) {}
