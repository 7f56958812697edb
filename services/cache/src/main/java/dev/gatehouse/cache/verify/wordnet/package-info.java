/** What English words mean to each other, by WordNet. Pure functions of words; knows no question. */
package dev.gatehouse.cache.verify.wordnet;
