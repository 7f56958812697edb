package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Answer is what the model says to one prompt, token by token, and what a client must read of it.
type Answer struct {
	Tokens []string
	Reads  string
	// Masked is what it reads where personal data are masked.
	Masked string
}

var words = strings.Fields(`time year people way day man thing woman life child world school state family student group country problem hand
	part place case week company system program question work government number night point home water room mother area money story
	fact month lot right study book eye job word business issue side kind head house service friend father power hour game line end`)

// NewAnswer draws an answer of so many tokens. Its number stands in it again and again, so that mixed-up streams show; one in four holds
// an e-mail address, split over tokens.
func NewAnswer(random *rand.Rand, number, tokens int) Answer {
	var said []string
	for len(said) < tokens {
		switch word := words[random.IntN(len(words))]; {
		case random.IntN(25) == 0:
			said = append(said, fmt.Sprintf(" n%d", number), ".")
		case len(word) > 6:
			said = append(said, " "+word[:4], word[4:])
		default:
			said = append(said, " "+word)
		}
	}
	answer := Answer{Tokens: said}
	answer.Reads = strings.Join(said, "")
	answer.Masked = answer.Reads
	if random.IntN(4) == 0 {
		answer.hideMail(random, number)
	}
	return answer
}

func (a *Answer) hideMail(random *rand.Rand, number int) {
	at := random.IntN(len(a.Tokens)/2) + len(a.Tokens)/4
	for !strings.HasPrefix(a.Tokens[at], " ") {
		at++
	}
	mail := []string{" write", " to", " c", fmt.Sprint(number), "@", "ex", "ample", ".org", ","}
	before, after := strings.Join(a.Tokens[:at], ""), strings.Join(a.Tokens[at:], "")
	a.Reads = before + strings.Join(mail, "") + after
	a.Masked = before + " write to [REDACTED_EMAIL]," + after
	a.Tokens = append(append(append([]string{}, a.Tokens[:at]...), mail...), a.Tokens[at:]...)
}

// Model is the upstream: it streams the answer that was laid down for a prompt, a token an event, at a steady pace.
type Model struct {
	Address string
	gap     time.Duration
	mutex   sync.Mutex
	answers map[string]Answer
}

// NewModel starts a model on a free port of the loopback address.
func NewModel(rate float64) *Model {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	model := &Model{Address: listener.Addr().String(), gap: time.Duration(float64(time.Second) / rate), answers: map[string]Answer{}}
	go func() { panic(http.Serve(listener, model)) }()
	return model
}

// Lay keeps an answer for the prompt of that name.
func (m *Model) Lay(prompt string, answer Answer) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.answers[prompt] = answer
}

// Forget drops all answers.
func (m *Model) Forget() {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	clear(m.answers)
}

func (m *Model) answer(prompt string) Answer {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.answers[prompt]
}

func (m *Model) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Messages []struct{ Content string }
	}
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil || len(request.Messages) == 0 {
		http.Error(w, "no chat request", http.StatusBadRequest)
		return
	}
	answer := m.answer(request.Messages[len(request.Messages)-1].Content)
	w.Header().Set("content-type", "text/event-stream")
	next := time.Now()
	for i, token := range answer.Tokens {
		if i > 0 {
			next = next.Add(m.gap)
			time.Sleep(time.Until(next))
		}
		content, _ := json.Marshal(token)
		fmt.Fprintf(w, `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"bench","choices":[{"index":0,"delta":{"content":%s},"finish_reason":null}]}`+"\n\n", content)
		w.(http.Flusher).Flush()
	}
	fmt.Fprint(w, `data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"bench","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
}
