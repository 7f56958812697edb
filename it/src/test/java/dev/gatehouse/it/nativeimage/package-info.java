/**
 * What a native image is built from, checked without building one. Reads only what the build wrote under {@code target/native-sources};
 * depends on no module of Gatehouse.
 */
package dev.gatehouse.it.nativeimage;
