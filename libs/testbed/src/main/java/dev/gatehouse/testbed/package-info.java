/** What tests of several modules stand on: free ports, certificates. On no module's run-time path; knows the JDK only. */
package dev.gatehouse.testbed;
