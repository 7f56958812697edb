/**
 * The CRDs of the policies, made from their records: structure and bounds from components and annotations (by fabric8's generator),
 * descriptions from their Javadoc. A tool of the build; on no service's run-time path.
 */
package dev.gatehouse.crd;
