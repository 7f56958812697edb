/**
 * Where policies and routes come from. {@code FolderSource} reads a folder of YAML and JSON; the Kubernetes source implements the
 * same {@code PolicySource}. Depends on the other packages of this library and {@code java.nio.file}.
 */
package dev.gatehouse.policy.source;
