/**
 * A real kube-apiserver over a real etcd, for the tests of modules that talk to Kubernetes; on no module's run-time path. Knows the
 * JDK, Jackson, JUnit and libs/testbed only, so that what is tested brings its own client. No controller runs: nothing collects garbage, makes
 * EndpointSlices or deletes a namespace to its end.
 */
package dev.gatehouse.testbed.kubernetes;
