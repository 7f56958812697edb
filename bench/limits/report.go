package main

import (
	"fmt"
	"strings"

	"gatehouse.dev/bench/internal/figures"
)

// report prints a line for each case. A ratio is the median over the rounds of this round's figure by the base's in the same round.
func report(bed *Testbed, plan Plan) {
	fmt.Printf("%d in flight on %d connections, %d users with %d requests each, %d rounds of %s by turns\n\n",
		plan.InFlight, plan.Conns, plan.Keys, plan.Limit, plan.Rounds, plan.Round)
	fmt.Println("| case | req/s | ratio | p50 ms | p99 ms | ratio | CPU us/req: service | Redis | refused |")
	fmt.Println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	base := bed.Cases[0]
	for _, one := range bed.Cases {
		fmt.Println(line(one, base))
	}
}

func line(one, base *Case) string {
	cells := []string{
		one.Name,
		fmt.Sprintf("%.0f", median(one, func(r Round) float64 { return r.Rate })),
		fmt.Sprintf("%.2f", ratio(one, base, func(r Round) float64 { return r.Rate })),
		fmt.Sprintf("%.2f", median(one, func(r Round) float64 { return r.P50 })),
		fmt.Sprintf("%.2f", median(one, func(r Round) float64 { return r.P99 })),
		fmt.Sprintf("%.2f", ratio(one, base, func(r Round) float64 { return r.P99 })),
		fmt.Sprintf("%.0f", median(one, func(r Round) float64 { return 1000 * figures.Milliseconds(r.ServiceCPU) / float64(r.Requests) })),
		fmt.Sprintf("%.0f", median(one, func(r Round) float64 { return 1000 * figures.Milliseconds(r.RedisCPU) / float64(r.Requests) })),
		fmt.Sprintf("%.0f %%", median(one, func(r Round) float64 { return 100 * float64(r.Refused) / float64(r.Requests) })),
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

func median(one *Case, figure func(Round) float64) float64 {
	var values []float64
	for _, round := range one.Rounds {
		values = append(values, figure(round))
	}
	return figures.Quantile(values, 0.5)
}

func ratio(one, base *Case, figure func(Round) float64) float64 {
	var values []float64
	for i, round := range one.Rounds {
		values = append(values, figure(round)/figure(base.Rounds[i]))
	}
	return figures.Quantile(values, 0.5)
}
