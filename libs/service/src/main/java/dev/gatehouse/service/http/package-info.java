/** Vert.x routes that run their work on virtual threads. */
package dev.gatehouse.service.http;
