package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Read is how one answer came.
type Read struct {
	FirstEvent, FirstWord time.Duration
	Gaps                  []time.Duration // between events
	Text                  string
}

var system = "You are the assistant of a shop. " + strings.Repeat("Keep to the facts that you were given and answer in short sentences. ", 12)

// Measure drives one round: all streams of the plan, each answer checked.
func (c *Case) Measure(model *Model, plan Plan, seed uint64) (Round, error) {
	random := rand.New(rand.NewPCG(seed, 2))
	defer model.Forget()
	answers := make([]Answer, plan.Streams)
	delays := make([]time.Duration, plan.Streams)
	for i := range answers {
		answers[i] = NewAnswer(random, i, plan.Tokens)
		model.Lay(prompt(seed, i), answers[i])
		if !plan.Together {
			delays[i] = time.Duration(random.IntN(1000)) * time.Millisecond
		}
	}
	round := Round{Reads: make([]Read, plan.Streams)}
	failures := make([]error, plan.Streams)
	before := c.Processor.CPU()
	var streams sync.WaitGroup
	for i := range answers {
		streams.Go(func() {
			time.Sleep(delays[i])
			round.Reads[i], failures[i] = ask(c.Address, prompt(seed, i))
			if failures[i] == nil {
				failures[i] = c.check(answers[i], round.Reads[i].Text)
			}
		})
	}
	streams.Wait()
	round.CPU = c.Processor.CPU() - before
	for _, failure := range failures {
		if failure != nil {
			return round, failure
		}
	}
	return round, nil
}

func (c *Case) check(answer Answer, text string) error {
	want := answer.Reads
	if c.Masks {
		want = answer.Masked
	}
	if text != want {
		return fmt.Errorf("an answer reads\n%s\nand not\n%s", text, want)
	}
	return nil
}

func prompt(seed uint64, number int) string {
	return fmt.Sprintf("question %d of %d", number, seed)
}

func ask(address, prompt string) (Read, error) {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		return Read{}, err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Minute))
	body, _ := json.Marshal(map[string]any{"model": "bench", "stream": true, "messages": []map[string]string{
		{"role": "system", "content": system}, {"role": "user", "content": prompt}}})
	start := time.Now()
	fmt.Fprintf(conn, "POST /v1/chat/completions HTTP/1.1\r\nhost: bench.local\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s", len(body), body)
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return Read{}, err
	}
	if response.StatusCode != http.StatusOK {
		return Read{}, fmt.Errorf("status %d", response.StatusCode)
	}
	return readEvents(bufio.NewReader(response.Body), start)
}

func readEvents(lines *bufio.Reader, start time.Time) (Read, error) {
	var read Read
	var text strings.Builder
	var last time.Time
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return read, fmt.Errorf("a stream ended before [DONE]: %w", err)
		}
		event, isData := bytes.CutPrefix(bytes.TrimSpace(line), []byte("data: "))
		if !isData {
			continue
		}
		if bytes.Equal(event, []byte("[DONE]")) {
			read.Text = text.String()
			return read, nil
		}
		now := time.Now()
		if last.IsZero() {
			read.FirstEvent = now.Sub(start)
		} else {
			read.Gaps = append(read.Gaps, now.Sub(last))
		}
		last = now
		content := contentOf(event)
		if read.FirstWord == 0 && strings.TrimSpace(content) != "" {
			read.FirstWord = now.Sub(start)
		}
		text.WriteString(content)
	}
}

func contentOf(event []byte) string {
	var document struct {
		Choices []struct{ Delta struct{ Content string } }
	}
	if json.Unmarshal(event, &document) != nil || len(document.Choices) == 0 {
		return ""
	}
	return document.Choices[0].Delta.Content
}
