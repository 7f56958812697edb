package main

import (
	"fmt"
	"io"
	"strings"
)

// yardstick is the case that all added times are compared with.
const yardstick = "noop"

// Result is one measured cell.
type Result struct {
	Cell    Cell
	Cases   []Case
	Figures map[string]Figures
}

// Report prints all results as Markdown tables.
func Report(out io.Writer, results []Result, bed *Testbed) {
	reportLatency(out, "Plain answers: time to the whole answer", results, false)
	reportLatency(out, "Streamed answers: time to the first token, gaps between tokens", results, true)
	reportKinds(out, results)
	reportProcesses(out, bed)
	reportBar(out, results)
}

func reportLatency(out io.Writer, title string, results []Result, stream bool) {
	fmt.Fprintf(out, "\n### %s\n\n", title)
	columns := []string{"words", "in flight", "case", "p50 ms", "p99 ms", "added p50 ms", "quartiles of rounds", "x no-op Go", "req/s", "Envoy CPU ms/req", "processor CPU ms/req"}
	if stream {
		columns = append(columns, "gap p50 ms", "gap p99 ms")
	}
	header(out, columns)
	for _, result := range results {
		if result.Cell.Stream == stream {
			reportCell(out, result)
		}
	}
}

func reportCell(out io.Writer, result Result) {
	for _, one := range result.Cases {
		figures := result.Figures[one.Name]
		row := []string{fmt.Sprint(result.Cell.Words), fmt.Sprint(result.Cell.InFlight), one.Label, number(figures.P50), number(figures.P99)}
		row = append(row, result.added(one)...)
		row = append(row, fmt.Sprintf("%.0f", figures.Rate), number(figures.EnvoyCPU), number(figures.ProcessorCPU))
		if result.Cell.Stream {
			row = append(row, number(figures.Gap50), number(figures.Gap99))
		}
		fmt.Fprintf(out, "| %s |\n", strings.Join(row, " | "))
	}
}

func (r Result) added(one Case) []string {
	if one.ProcessorAddress == "" {
		return []string{"-", "-", "-"}
	}
	figures := r.Figures[one.Name]
	return []string{number(figures.Added), number(figures.AddedLow) + " .. " + number(figures.AddedTop), fmt.Sprintf("%.2f", r.ratio(one.Name))}
}

// ratio is a case's added p50 over the yardstick's.
func (r Result) ratio(name string) float64 {
	return r.Figures[name].Added / r.Figures[yardstick].Added
}

func reportKinds(out io.Writer, results []Result) {
	fmt.Fprint(out, "\n### Behind the guard with policies, by what the prompt carries: p50 ms\n\n")
	header(out, []string{"words", "in flight", "answer", "clean", "PII, masked", "secret, refused", "injection, refused"})
	for _, result := range results {
		figures, measured := result.Figures["guard"]
		if !measured {
			continue
		}
		fmt.Fprintf(out, "| %d | %d | %s | %s | %s | %s | %s |\n", result.Cell.Words, result.Cell.InFlight, result.Cell.answer(),
			number(figures.ByKind[Clean]), number(figures.ByKind[PII]), number(figures.ByKind[Secret]), number(figures.ByKind[Injection]))
	}
}

func (c Cell) answer() string {
	if c.Stream {
		return "streamed"
	}
	return "plain"
}

func reportProcesses(out io.Writer, bed *Testbed) {
	fmt.Fprint(out, "\n### Processes, over the whole run\n\n")
	header(out, []string{"process", "CPU s", "resident MiB at the end", "most resident MiB"})
	for _, process := range bed.Processes() {
		fmt.Fprintf(out, "| %s | %.1f | %d | %d |\n", process.Name, process.CPU().Seconds(), process.Memory("VmRSS"), process.Memory("VmHWM"))
	}
}

// reportBar holds the bar of the project against the results: at 1 in flight, plain.
func reportBar(out io.Writer, results []Result) {
	fmt.Fprint(out, "\n### The bar: added p50 against the no-op Go server's, plain, 1 in flight\n\n")
	header(out, []string{"words", "case", "x no-op Go", "at most", "met"})
	for _, result := range results {
		if result.Cell.Stream || result.Cell.InFlight != 1 {
			continue
		}
		result.bar(out, "guard-idle", 1.3)
		if result.Cell.Words == 150 {
			result.bar(out, "guard", 2)
		}
	}
}

func (r Result) bar(out io.Writer, name string, most float64) {
	for _, one := range r.Cases {
		if one.Name == name {
			ratio := r.ratio(name)
			fmt.Fprintf(out, "| %d | %s | %.2f | %.1f | %s |\n", r.Cell.Words, one.Label, ratio, most, yesNo(ratio <= most))
		}
	}
}

func yesNo(met bool) string {
	if met {
		return "yes"
	}
	return "no"
}

func header(out io.Writer, columns []string) {
	fmt.Fprintf(out, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat(" --- |", len(columns)))
}

func number(value float64) string {
	return fmt.Sprintf("%.3f", value)
}
