/** Arithmetic that classifiers and the gain model share. Depends on nothing. */
package dev.gatehouse.router.matrix;
