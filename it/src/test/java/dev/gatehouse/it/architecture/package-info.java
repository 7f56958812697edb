/** The borders between modules, as tests. */
package dev.gatehouse.it.architecture;
