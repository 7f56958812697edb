// Command router measures a whole exchange of the semantic router with 150 routes, the chain's embedding handed over, beside the no-op
// ext_proc server: from the opening of the stream to the answer of the response's head, both driven by turns from here. Every decision is
// held against what it must be. See docs/benchmarks.md.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"gatehouse.dev/bench/internal/figures"
)

// Plan is how much is measured.
type Plan struct {
	Rounds    int
	WarmUp    int // rounds before the first that counts
	Exchanges int // of a round, each server's, one after the other
}

func main() {
	var plan Plan
	var bed Testbed
	flag.IntVar(&plan.Rounds, "rounds", 40, "rounds, servers by turns")
	flag.IntVar(&plan.WarmUp, "warm-up", 20, "rounds before the first that counts")
	flag.IntVar(&plan.Exchanges, "exchanges", 500, "exchanges of a round")
	quick := flag.Bool("quick", false, "a self-check in under a minute: the figures are rough")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the order of prompts")
	javaFlags := flag.String("java-flags", "", "flags of the JVM")
	flag.StringVar(&bed.folder, "folder", os.TempDir(), "folder for logs and the policy")
	flag.StringVar(&bed.java, "java", "java", "a Java 25 launcher")
	flag.StringVar(&bed.app, "app", "", "folder of the router's quarkus-run.jar")
	flag.StringVar(&bed.other, "beside", "", "folder of another build's quarkus-run.jar, measured in the same rounds")
	flag.StringVar(&bed.noop, "noop", "", "the no-op ext_proc server")
	flag.Parse()
	if *quick {
		plan = Plan{Rounds: 4, WarmUp: 2, Exchanges: 100}
	}
	bed.javaFlags = strings.Fields(*javaFlags)
	fmt.Fprintf(os.Stderr, "seed %d\n", *seed)
	if err := run(&bed, plan, rand.New(rand.NewPCG(*seed, 1))); err != nil {
		fmt.Fprintln(os.Stderr, "router:", err)
		os.Exit(1)
	}
}

func run(bed *Testbed, plan Plan, random *rand.Rand) error {
	defer bed.Stop()
	prompts := Prompts()
	if err := bed.Start(); err != nil {
		return err
	}
	for i := range prompts {
		if err := bed.router.Embed(&prompts[i]); err != nil {
			return fmt.Errorf("prompt %d before the rounds: %w", i, err)
		}
	}
	for round := range plan.WarmUp + plan.Rounds {
		for _, server := range bed.byTurns(random) {
			before := server.process.CPU()
			took, err := server.Round(prompts, plan.Exchanges, random)
			if err != nil {
				return fmt.Errorf("%s: %w", server.name, err)
			}
			if round >= plan.WarmUp {
				server.took = append(server.took, took...)
				server.cpu += server.process.CPU() - before
			}
		}
	}
	report(bed, plan)
	return nil
}

func report(bed *Testbed, plan Plan) {
	fmt.Printf("%d rounds of %d exchanges each, one at a time; %d routes of %d examples; milliseconds\n\n", plan.Rounds, plan.Exchanges, routes, examples)
	fmt.Println("| server | p50 | p90 | p99 | x no-op | CPU of an exchange |\n| --- | --- | --- | --- | --- | --- |")
	for _, server := range bed.servers() {
		fmt.Printf("| %s | %.3f | %.3f | %.3f | %.2f | %.3f |\n", server.name, server.at(.5), server.at(.9), server.at(.99),
			server.at(.5)/bed.base.at(.5), figures.Milliseconds(server.cpu)/float64(len(server.took)))
	}
	fmt.Printf("\nThe router takes %.2f times the no-op's median (bar 1.5), %+.3f ms.\n", bed.router.at(.5)/bed.base.at(.5), bed.router.at(.5)-bed.base.at(.5))
}

func (s *Server) at(rank float64) float64 {
	return figures.Quantile(s.took, rank)
}
