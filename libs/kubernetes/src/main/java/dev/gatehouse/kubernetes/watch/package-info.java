/** Objects of an API server as they change: informers, the text that is read of them, what is saved of them on disk. Knows no policy. */
package dev.gatehouse.kubernetes.watch;
