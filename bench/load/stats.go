package main

import (
	"time"

	"gatehouse.dev/bench/internal/figures"
)

// Figures are what the table says about one case in one cell. Times are in milliseconds, CPU in milliseconds per request.
type Figures struct {
	P50, P99           float64
	Gap50, Gap99       float64
	Added              float64 // median over the rounds of (this round's p50 - the direct case's p50 of the same round)
	AddedLow, AddedTop float64 // its quartiles over the rounds
	Rate               float64 // requests a second
	EnvoyCPU           float64
	ProcessorCPU       float64
	ByKind             map[Kind]float64 // p50 by what the prompt carries
}

// latency is what the latency columns are about: the whole answer, or the first token of a streamed one.
func latency(sample Sample) time.Duration {
	if sample.Reply.FirstToken > 0 {
		return sample.Reply.FirstToken
	}
	return sample.Reply.Total
}

// Summarise makes the figures of one case. Latencies are of the prompts that reach the model in every case: a refusal spares
// the way to the model, and would make a guard look fast.
func Summarise(rounds, direct []Round) Figures {
	var forwarded, gaps, added []float64
	var result Figures
	var requests int
	var elapsed, envoy, processor time.Duration
	for i, round := range rounds {
		times := round.forwarded()
		forwarded = append(forwarded, times...)
		added = append(added, figures.Quantile(times, 0.5)-figures.Quantile(direct[i].forwarded(), 0.5))
		gaps = append(gaps, round.gaps()...)
		requests += len(round.Samples)
		elapsed, envoy, processor = elapsed+round.Elapsed, envoy+round.EnvoyCPU, processor+round.ProcessorCPU
	}
	result.P50, result.P99 = figures.Quantile(forwarded, 0.5), figures.Quantile(forwarded, 0.99)
	result.Gap50, result.Gap99 = figures.Quantile(gaps, 0.5), figures.Quantile(gaps, 0.99)
	result.Added, result.AddedLow, result.AddedTop = figures.Quantile(added, 0.5), figures.Quantile(added, 0.25), figures.Quantile(added, 0.75)
	result.Rate = float64(requests) / elapsed.Seconds()
	result.EnvoyCPU = figures.Milliseconds(envoy) / float64(requests)
	result.ProcessorCPU = figures.Milliseconds(processor) / float64(requests)
	result.ByKind = byKind(rounds)
	return result
}

func (r Round) forwarded() []float64 {
	var times []float64
	for _, sample := range r.Samples {
		if !sample.Kind.Blocked() {
			times = append(times, figures.Milliseconds(latency(sample)))
		}
	}
	return times
}

func (r Round) gaps() []float64 {
	var gaps []float64
	for _, sample := range r.Samples {
		for _, gap := range sample.Reply.Gaps {
			gaps = append(gaps, figures.Milliseconds(gap))
		}
	}
	return gaps
}

func byKind(rounds []Round) map[Kind]float64 {
	times := map[Kind][]float64{}
	for _, round := range rounds {
		for _, sample := range round.Samples {
			times[sample.Kind] = append(times[sample.Kind], figures.Milliseconds(latency(sample)))
		}
	}
	medians := map[Kind]float64{}
	for kind, all := range times {
		medians[kind] = figures.Quantile(all, 0.5)
	}
	return medians
}
