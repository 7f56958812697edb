/** The Helm charts as an operator meets them: rendered, refused, installed into a real API server, upgraded, uninstalled. */
package dev.gatehouse.it.chart;
