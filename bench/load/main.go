// Command load is the benchmark: it starts what it needs, drives every case with the same random prompts in alternating
// rounds, checks every answer and prints the tables. See docs/benchmarks.md.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Plan is how much is measured.
type Plan struct {
	Words        []int
	Rounds       int
	Requests     map[bool]map[int]int // stream -> in flight -> requests per round and case
	WarmPlain    int
	WarmStreamed int
}

var (
	full = Plan{nil, 12, map[bool]map[int]int{false: {1: 150, 32: 640}, true: {1: 40, 32: 480}}, 6000, 2000}
	// quick is a self-check: all parts run, all verdicts are asserted, the figures are rough.
	quick = Plan{nil, 2, map[bool]map[int]int{false: {1: 50, 32: 160}, true: {1: 12, 32: 96}}, 200, 100}
)

func main() {
	isQuick := flag.Bool("quick", false, "a self-check in under a minute: everything runs, the figures are rough")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "seed of the random prompts")
	cases := flag.String("cases", "direct,noop,guard-idle,guard", "cases to run, of direct, noop, noop-leave, guard-idle and guard; direct and noop are the base of all ratios")
	rounds := flag.Int("rounds", 0, "rounds per cell instead of the plan's")
	words := flag.String("words", "30,150,500", "lengths of the prompts")
	rate := flag.Float64("rate", 500, "tokens a second of the upstream's streamed answers")
	javaFlags := flag.String("java-flags", "-XX:+UseSerialGC", "flags of the guard's JVM")
	policies := flag.String("policies", "", "folder with the guard's policies")
	folder := flag.String("folder", os.TempDir(), "folder for logs and the rendered configuration")
	var binaries Binaries
	flag.StringVar(&binaries.Envoy, "envoy", "envoy", "Envoy's binary")
	flag.StringVar(&binaries.Java, "java", "java", "a Java 25 launcher")
	flag.StringVar(&binaries.Guard, "guard", "", "folder of the guard's quarkus-run.jar")
	flag.StringVar(&binaries.NoOp, "noop", "", "the no-op ext_proc server")
	flag.StringVar(&binaries.Upstream, "upstream", "", "the upstream")
	flag.Parse()

	plan := full
	if *isQuick {
		plan = quick
	}
	if *rounds > 0 {
		plan.Rounds = *rounds
	}
	plan.Words = numbers(*words)
	bed := &Testbed{folder: *folder, binaries: binaries, javaFlags: strings.Fields(*javaFlags)}
	stopOnSignal(bed)
	describe(binaries, *seed, *javaFlags)
	err := run(bed, strings.Split(*cases, ","), *policies, *rate, func() error {
		return measure(bed, plan, rand.New(rand.NewPCG(*seed, 0)))
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run works with a started testbed, and stops what was started however the work ends.
func run(bed *Testbed, cases []string, policies string, rate float64, work func() error) error {
	defer bed.Stop()
	if err := bed.Start(cases, policies, rate); err != nil {
		return err
	}
	return work()
}

func numbers(list string) []int {
	var all []int
	for _, word := range strings.Split(list, ",") {
		number, err := strconv.Atoi(word)
		if err != nil || number < 20 {
			fmt.Fprintf(os.Stderr, "bench: -words takes numbers from 20 up, not %q\n", word)
			os.Exit(2)
		}
		all = append(all, number)
	}
	return all
}

func stopOnSignal(bed *Testbed) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		bed.Stop()
		os.Exit(130)
	}()
}

// measure warms up, measures every cell and prints the report; an answer that is not as it must be is an error.
func measure(bed *Testbed, plan Plan, random *rand.Rand) error {
	bench := &Bench{cases: bed.Cases, envoy: bed.Envoy, random: random, conns: map[string][]*Connection{}}
	progress("warming up")
	wrong := &tally{wrong: map[string]int{}}
	wrong.add(bench.WarmUp(plan.Words, plan.WarmPlain, plan.WarmStreamed))
	var results []Result
	for _, cell := range plan.cells() {
		progress(fmt.Sprintf("%d words, %s, %d in flight", cell.Words, cell.answer(), cell.InFlight))
		rounds := bench.Run(cell, plan.Rounds)
		figures := map[string]Figures{}
		for name, own := range rounds {
			figures[name] = Summarise(own, rounds["direct"])
			for _, round := range own {
				wrong.add(round.Wrong)
			}
		}
		results = append(results, Result{cell, bed.Cases, figures})
	}
	Report(os.Stdout, results, bed)
	return wrong.conclude(os.Stdout, bench.checked)
}

func (p Plan) cells() []Cell {
	var cells []Cell
	for _, stream := range []bool{false, true} {
		for _, inFlight := range []int{1, 32} {
			for _, words := range p.Words {
				cells = append(cells, Cell{words, stream, inFlight, p.Requests[stream][inFlight]})
			}
		}
	}
	return cells
}

// bearableMisses is one in so many answers.
const bearableMisses = 10_000

// tally counts wrong answers by what is wrong.
type tally struct {
	wrong  map[string]int
	missed int
	others int
}

func (t *tally) add(wrong []error) {
	for _, err := range wrong {
		t.wrong[err.Error()]++
		if errors.Is(err, errMissed) {
			t.missed++
		} else {
			t.others++
		}
	}
}

func (t *tally) conclude(out *os.File, checked int) error {
	fmt.Fprintf(out, "\nOf %d answers %d were as they must be.\n", checked, checked-t.missed-t.others)
	for what, count := range t.wrong {
		fmt.Fprintf(out, "%6d  %s\n", count, what)
	}
	if t.others > 0 || t.missed > checked/bearableMisses {
		return errors.New("wrong answers: the figures above do not count")
	}
	return nil
}

// describe prints what the figures are of.
func describe(binaries Binaries, seed uint64, javaFlags string) {
	fmt.Printf("- machine: %s\n", machine())
	fmt.Printf("- Envoy: %s\n", firstLine(binaries.Envoy, "--version"))
	fmt.Printf("- Java: %s, flags %s\n", firstLine(binaries.Java, "-version"), javaFlags)
	fmt.Printf("- seed: %d\n", seed)
}

func machine() string {
	info, _ := os.ReadFile("/proc/cpuinfo")
	load, _ := os.ReadFile("/proc/loadavg")
	model := "unknown CPU"
	for _, line := range strings.Split(string(info), "\n") {
		if name, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(name) == "model name" {
			model = strings.TrimSpace(value)
		}
	}
	return fmt.Sprintf("%d x %s, load before the run %s", strings.Count(string(info), "processor\t"), model, strings.Join(strings.Fields(string(load))[:3], " "))
}

func firstLine(command string, arguments ...string) string {
	output, err := exec.Command(command, arguments...).CombinedOutput()
	if err != nil {
		return fmt.Sprintf("%s (%v)", command, err)
	}
	return strings.SplitN(strings.TrimSpace(string(output)), "\n", 2)[0]
}

func progress(what string) {
	fmt.Fprintln(os.Stderr, "#", what)
}
