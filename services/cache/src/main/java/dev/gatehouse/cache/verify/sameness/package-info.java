/** Whether two answers say the same. Pure functions of texts. */
package dev.gatehouse.cache.verify.sameness;
