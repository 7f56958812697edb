/** Whether a stored answer is right for what is asked: vetoes, and a calibrated score. Pure functions of two texts; knows no store, no policy. */
package dev.gatehouse.cache.verify;
