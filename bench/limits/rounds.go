package main

import (
	"fmt"
	"time"

	"gatehouse.dev/bench/internal/figures"
)

// Round is what one round of one case came to. CPU is of the service and of Redis meanwhile.
type Round struct {
	Rate, P50, P99 float64
	Requests       int
	Refused        int
	ServiceCPU     time.Duration
	RedisCPU       time.Duration
}

// Measure drives the case for a round and asserts that every user was admitted as often as its limit allows, no more and no less.
func (c *Case) Measure(bed *Testbed, plan Plan, label string, seed uint64) error {
	service, redis := c.service.CPU(), bed.Redis.CPU()
	load, err := drive(c, plan, label, seed)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Name, err)
	}
	round := Round{
		Rate: float64(len(load.Latencies)) / load.Elapsed.Seconds(), Requests: len(load.Latencies),
		P50: figures.Quantile(load.Latencies, 0.5), P99: figures.Quantile(load.Latencies, 0.99),
		ServiceCPU: c.service.CPU() - service, RedisCPU: bed.Redis.CPU() - redis,
	}
	for user, tally := range load.Users {
		if tally.Admitted != min(tally.Asked, plan.Limit) {
			return fmt.Errorf("%s: user %d asked %d times with a limit of %d and was admitted %d times", c.Name, user, tally.Asked, plan.Limit, tally.Admitted)
		}
		round.Refused += tally.Asked - tally.Admitted
	}
	c.Rounds = append(c.Rounds, round)
	return nil
}
