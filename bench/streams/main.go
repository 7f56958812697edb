// Command streams measures what response-risk adds to streamed answers: when the first event and the first text come, the gaps between
// events, and what many streams at once take of memory. Every answer is held against what it must be. See docs/benchmarks.md.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"
)

// Plan is how much is measured.
type Plan struct {
	Rounds   int
	Streams  int // at once
	Tokens   int // of an answer
	Rate     float64
	WarmUp   int // rounds before the first that counts
	Together bool
}

func main() {
	var plan Plan
	var binaries Binaries
	quick := flag.Bool("quick", false, "a self-check in under a minute: the figures are rough")
	flag.IntVar(&plan.Rounds, "rounds", 10, "rounds of each case")
	flag.IntVar(&plan.WarmUp, "warm-up", 8, "rounds of each case before the first that counts")
	flag.IntVar(&plan.Streams, "streams", 32, "streams at once")
	flag.IntVar(&plan.Tokens, "tokens", 120, "tokens of an answer")
	flag.Float64Var(&plan.Rate, "rate", 100, "tokens a second of a stream")
	flag.BoolVar(&plan.Together, "together", false, "let all streams begin at once, in place of spread over an answer's first second")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the random answers")
	cases := flag.String("cases", "direct,noop,risk,buffer", "cases to run, of direct, noop, risk and buffer; noop is the base of what is added")
	policies := flag.String("policies", "", "folder with a folder of policies for each case of response-risk")
	folder := flag.String("folder", os.TempDir(), "folder for logs and configuration")
	javaFlags := flag.String("java-flags", "", "flags of the JVM")
	flag.StringVar(&binaries.Envoy, "envoy", "envoy", "Envoy's binary")
	flag.StringVar(&binaries.Java, "java", "java", "a Java 25 launcher")
	flag.StringVar(&binaries.App, "app", "", "folder of response-risk's quarkus-run.jar")
	flag.StringVar(&binaries.NoOp, "noop", "", "the no-op ext_proc server")
	flag.Parse()
	if *quick {
		plan.Rounds, plan.WarmUp, plan.Tokens = 2, 1, 40
	}
	bed := &Testbed{folder: *folder, binaries: binaries, javaFlags: strings.Fields(*javaFlags), policies: *policies}
	fmt.Fprintf(os.Stderr, "seed %d\n", *seed)
	if err := run(bed, strings.Split(*cases, ","), plan, rand.New(rand.NewPCG(*seed, 1))); err != nil {
		fmt.Fprintln(os.Stderr, "streams:", err)
		os.Exit(1)
	}
}

func run(bed *Testbed, cases []string, plan Plan, random *rand.Rand) error {
	defer bed.Stop()
	model := NewModel(plan.Rate)
	if err := bed.Start(cases, model.Address); err != nil {
		return err
	}
	for round := range plan.WarmUp + plan.Rounds {
		for _, i := range random.Perm(len(bed.Cases)) {
			measured, err := bed.Cases[i].Measure(model, plan, random.Uint64())
			if err != nil {
				return fmt.Errorf("%s: %w", bed.Cases[i].Name, err)
			}
			if round >= plan.WarmUp {
				bed.Cases[i].Add(measured)
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, plan.WarmUp+plan.Rounds)
	}
	Report(os.Stdout, bed, plan)
	return nil
}
