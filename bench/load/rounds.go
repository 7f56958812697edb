package main

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"gatehouse.dev/bench/internal/process"
)

// Cell is one combination of the table.
type Cell struct {
	Words    int
	Stream   bool
	InFlight int
	Requests int // per round and case
}

// Case is one way through the same Envoy.
type Case struct {
	Name             string
	Label            string
	Guarded          bool // policies are in force
	Address          string
	ProcessorAddress string           // empty without ext_proc
	Processor        *process.Process // nil without ext_proc
}

// Sample is one answered prompt.
type Sample struct {
	Kind  Kind
	Reply Reply
}

// Round is one case's share of one round: the same prompts as every other case of the round.
type Round struct {
	Samples      []Sample
	Elapsed      time.Duration
	EnvoyCPU     time.Duration
	ProcessorCPU time.Duration
	Wrong        []error
}

// Bench holds what all rounds share.
type Bench struct {
	cases  []Case
	envoy  *process.Process
	random *rand.Rand
	conns  map[string][]*Connection
	// checked counts the answers that were held against what they must be.
	checked int
}

// Run measures one cell: in every round each case gets the same new prompts, in an order drawn anew, so that the machine's
// noise hits all alike.
func (b *Bench) Run(cell Cell, rounds int) map[string][]Round {
	results := map[string][]Round{}
	for range rounds {
		prompts := b.prompts(cell, cell.Requests)
		for _, at := range b.random.Perm(len(b.cases)) {
			one := b.cases[at]
			results[one.Name] = append(results[one.Name], b.round(one, cell.InFlight, prompts))
		}
	}
	return results
}

func (b *Bench) prompts(cell Cell, count int) []Prompt {
	prompts := make([]Prompt, count)
	for i := range prompts {
		prompts[i] = NewPrompt(b.random, cell.Words, cell.Stream)
	}
	return prompts
}

func (b *Bench) round(one Case, inFlight int, prompts []Prompt) Round {
	envoyBefore, processorBefore := b.envoy.CPU(), one.Processor.CPU()
	start := time.Now()
	replies, failures := b.askAll(one, inFlight, prompts)
	round := Round{Elapsed: time.Since(start)}
	round.EnvoyCPU = b.envoy.CPU() - envoyBefore
	round.ProcessorCPU = one.Processor.CPU() - processorBefore
	b.checked += len(prompts)
	for i, prompt := range prompts {
		round.add(one, prompt, replies[i], failures[i])
	}
	return round
}

func (r *Round) add(one Case, prompt Prompt, reply Reply, failure error) {
	if failure == nil {
		failure = one.Check(prompt, reply)
	}
	if failure != nil {
		r.Wrong = append(r.Wrong, fmt.Errorf("%s: %w", one.Name, failure))
		return
	}
	r.Samples = append(r.Samples, Sample{Kind: prompt.Kind, Reply: reply})
}

// askAll sends the prompts over a fixed number of connections, each of which sends its next when it has its answer.
func (b *Bench) askAll(one Case, inFlight int, prompts []Prompt) ([]Reply, []error) {
	replies, failures := make([]Reply, len(prompts)), make([]error, len(prompts))
	var next atomic.Int64
	var workers sync.WaitGroup
	for _, connection := range b.connections(one, inFlight) {
		workers.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(prompts); i = next.Add(1) - 1 {
				replies[i], failures[i] = connection.Ask(prompts[i].Body)
			}
		})
	}
	workers.Wait()
	return replies, failures
}

func (b *Bench) connections(one Case, count int) []*Connection {
	for len(b.conns[one.Name]) < count {
		b.conns[one.Name] = append(b.conns[one.Name], &Connection{address: one.Address})
	}
	return b.conns[one.Name][:count]
}

// WarmUp drives every case with the given number of prompts of each length, plain and streamed, at 32 and at 1 in flight.
func (b *Bench) WarmUp(words []int, plain, streamed int) []error {
	var wrong []error
	for _, length := range words {
		for _, one := range b.cases {
			wrong = append(wrong, b.round(one, 32, b.prompts(Cell{Words: length}, plain)).Wrong...)
			wrong = append(wrong, b.round(one, 32, b.prompts(Cell{Words: length, Stream: true}, streamed)).Wrong...)
			wrong = append(wrong, b.round(one, 1, b.prompts(Cell{Words: length}, plain/10)).Wrong...)
		}
	}
	return wrong
}
