/**
 * Content codings of HTTP bodies (RFC 9110, section 8.4): gzip, deflate, br and zstd, decoded within bounds. May depend on the
 * decompressors and the JDK.
 *
 * <p>The decompressors are Java only: nothing to unpack into a folder of a read-only container, nothing to register for a native
 * image. {@code org.brotli:dec} is Google's own decoder. {@code aircompressor-v3} is Trino's; versions before 3.4 and 2.0.3 leak
 * old buffer content in Snappy and LZ4 (CVE-2025-67721), before 0.27 all decoders read out of bounds (CVE-2024-36114). Its zstd
 * windows are bounded at 8 MiB, as RFC 8878 recommends for untrusted input.
 */
package dev.gatehouse.llm.coding;
