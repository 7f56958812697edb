package main

import (
	"fmt"
	"io"
	"time"

	"gatehouse.dev/bench/internal/figures"
)

// Round is one case's share of one round.
type Round struct {
	Reads []Read
	CPU   time.Duration
}

// Add keeps a round that counts.
func (c *Case) Add(round Round) {
	c.Rounds = append(c.Rounds, round)
}

func (c *Case) all(of func(Read) []time.Duration) []float64 {
	var values []float64
	for _, round := range c.Rounds {
		for _, read := range round.Reads {
			for _, value := range of(read) {
				values = append(values, figures.Milliseconds(value))
			}
		}
	}
	return values
}

// Report prints the table, and what each case adds to the no-op's medians.
func Report(out io.Writer, bed *Testbed, plan Plan) {
	fmt.Fprintf(out, "%d rounds of %d streams at once, %d tokens each at %g a second; milliseconds\n\n", plan.Rounds, plan.Streams, plan.Tokens, plan.Rate)
	fmt.Fprintln(out, "| case | first event p50 | p99 | first word p50 | p99 | gap p50 | p99 | CPU ms a stream | MiB now | MiB at most |")
	fmt.Fprintln(out, "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, one := range bed.Cases {
		event, word, gap := one.figures()
		now, most := 0, 0
		if one.Processor != nil {
			now, most = one.Processor.Memory("VmRSS"), one.Processor.Memory("VmHWM")
		}
		fmt.Fprintf(out, "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %d | %d |\n", one.Label, at(event, .5), at(event, .99), at(word, .5), at(word, .99),
			at(gap, .5), at(gap, .99), one.cpuPerStream(), now, most)
	}
	reportAdded(out, bed)
}

func reportAdded(out io.Writer, bed *Testbed) {
	base := bed.named("noop")
	if base == nil {
		return
	}
	fmt.Fprintln(out, "\nAdded to the no-op's medians:")
	event, word, gap := base.figures()
	for _, one := range bed.Cases {
		if one != base {
			e, t, g := one.figures()
			fmt.Fprintf(out, "- %s: first event %+.2f ms, first word %+.2f ms, gap %+.2f ms\n", one.Label, at(e, .5)-at(event, .5), at(t, .5)-at(word, .5), at(g, .5)-at(gap, .5))
		}
	}
}

func (c *Case) figures() (event, word, gap []float64) {
	event = c.all(func(read Read) []time.Duration { return []time.Duration{read.FirstEvent} })
	word = c.all(func(read Read) []time.Duration { return []time.Duration{read.FirstWord} })
	gap = c.all(func(read Read) []time.Duration { return read.Gaps })
	return event, word, gap
}

func (c *Case) cpuPerStream() float64 {
	var cpu time.Duration
	streams := 0
	for _, round := range c.Rounds {
		cpu += round.CPU
		streams += len(round.Reads)
	}
	return figures.Milliseconds(cpu) / float64(max(1, streams))
}

func at(values []float64, rank float64) float64 {
	return figures.Quantile(values, rank)
}
