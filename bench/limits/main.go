// Command limits measures ShouldRateLimit of Gatehouse beside envoyproxy/ratelimit: the same requests, the same Redis, in rounds by
// turns, every verdict asserted. See docs/benchmarks.md.
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
	Round    time.Duration
	WarmUp   time.Duration
	InFlight int
	Conns    int
	Keys     int
	Limit    int
}

func main() {
	var plan Plan
	var binaries Binaries
	quick := flag.Bool("quick", false, "a self-check in under a minute: the figures are rough")
	flag.IntVar(&plan.Rounds, "rounds", 6, "rounds of each case")
	flag.DurationVar(&plan.Round, "round", 4*time.Second, "length of a round")
	flag.DurationVar(&plan.WarmUp, "warm-up", 40*time.Second, "requests to each case before the first round")
	flag.IntVar(&plan.InFlight, "in-flight", 32, "requests in flight")
	flag.IntVar(&plan.Conns, "connections", 4, "HTTP/2 connections, as an Envoy with so many workers has")
	flag.IntVar(&plan.Keys, "keys", 1000, "users, each with a limit of its own; drawn anew in every round")
	flag.IntVar(&plan.Limit, "limit", 30, "requests that a user may make in a round")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the random users")
	cases := flag.String("cases", "go,gatehouse,gatehouse-leases", "cases to run, by turns; the first is the base of the ratios")
	folder := flag.String("folder", os.TempDir(), "folder for logs and configuration")
	javaFlags := flag.String("java-flags", "", "flags of the JVM")
	flag.StringVar(&binaries.Redis, "redis", "redis-server", "redis-server")
	flag.StringVar(&binaries.Go, "go-service", "service_cmd", "envoyproxy/ratelimit's service_cmd")
	flag.StringVar(&binaries.Java, "java", "java", "a Java 25 launcher")
	flag.StringVar(&binaries.App, "app", "", "folder of the rate limit service's quarkus-run.jar")
	flag.Parse()
	if *quick {
		plan.Rounds, plan.Round, plan.WarmUp = 2, 2*time.Second, 3*time.Second
	}
	bed := &Testbed{folder: *folder, binaries: binaries, javaFlags: strings.Fields(*javaFlags), names: strings.Split(*cases, ",")}
	if err := run(bed, plan, rand.New(rand.NewPCG(*seed, 1))); err != nil {
		fmt.Fprintln(os.Stderr, "limits:", err)
		os.Exit(1)
	}
}

func run(bed *Testbed, plan Plan, random *rand.Rand) error {
	defer bed.Stop()
	if err := bed.Start(plan); err != nil {
		return err
	}
	if err := warmUp(bed, plan, random); err != nil {
		return err
	}
	for round := range plan.Rounds {
		order := random.Perm(len(bed.Cases))
		for _, i := range order {
			if err := bed.Cases[i].Measure(bed, plan, fmt.Sprintf("r%d-%d", round, i), random.Uint64()); err != nil {
				return err
			}
		}
		fmt.Fprintf(os.Stderr, "round %d of %d\n", round+1, plan.Rounds)
	}
	report(bed, plan)
	return nil
}

func warmUp(bed *Testbed, plan Plan, random *rand.Rand) error {
	for i, one := range bed.Cases {
		warm := plan
		warm.Round = plan.WarmUp
		if _, err := drive(one, warm, fmt.Sprintf("warm-%d", i), random.Uint64()); err != nil {
			return err
		}
	}
	return nil
}
