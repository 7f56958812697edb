// Package figures makes the numbers of tables.
package figures

import (
	"slices"
	"time"
)

// Quantile is the value at the rank (nearest rank); 0 of nothing.
func Quantile(values []float64, rank float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[min(len(sorted)-1, int(rank*float64(len(sorted))))]
}

// Milliseconds of a duration, with what is less than one.
func Milliseconds(duration time.Duration) float64 {
	return float64(duration.Nanoseconds()) / 1e6
}
