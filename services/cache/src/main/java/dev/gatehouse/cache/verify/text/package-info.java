/** What of two questions is compared: words, numbers, names, quotations, signs of code, opposites. Pure functions of texts. */
package dev.gatehouse.cache.verify.text;
