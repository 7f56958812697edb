// Command upstream is the model behind the benchmark: OpenAI-shaped, plain and streamed, and cheap enough not to dominate.
// It answers with the last words of the user's prompt as it arrived, and says in x-bench-seen what it was shown, so that the
// load generator can tell a masked prompt from one that was not touched. GET /count tells how many prompts came.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

type chatRequest struct {
	Model    string `json:"model"`
	Stream   bool   `json:"stream"`
	Messages []struct {
		Role    string `json:"role"`
		Content string `json:"content"`
	} `json:"messages"`
}

type model struct {
	gap    time.Duration
	tokens int
	count  atomic.Int64
}

func (m *model) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		fmt.Fprintf(w, "%d\n", m.count.Load())
		return
	}
	var request chatRequest
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil || len(request.Messages) == 0 {
		http.Error(w, "no chat request", http.StatusBadRequest)
		return
	}
	m.count.Add(1)
	prompt := request.Messages[len(request.Messages)-1].Content
	seen := sha256.Sum256([]byte(prompt))
	w.Header().Set("x-bench-seen", hex.EncodeToString(seen[:]))
	if request.Stream {
		m.stream(w, m.answer(prompt))
		return
	}
	plain(w, strings.Join(m.answer(prompt), " "))
}

// answer is the tokens to say: the last words of the prompt.
func (m *model) answer(prompt string) []string {
	words := strings.Fields(prompt)
	return words[max(0, len(words)-m.tokens):]
}

func plain(w http.ResponseWriter, text string) {
	w.Header().Set("content-type", "application/json")
	content, _ := json.Marshal(text)
	fmt.Fprintf(w, `{"id":"chatcmpl-bench","object":"chat.completion","created":1700000000,"model":"bench","choices":[{"index":0,`+
		`"message":{"role":"assistant","content":%s},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}`, content)
}

// stream sends one event per token, gap apart, each flushed by itself.
func (m *model) stream(w http.ResponseWriter, tokens []string) {
	w.Header().Set("content-type", "text/event-stream")
	flush := w.(http.Flusher).Flush
	for i, token := range tokens {
		if i > 0 {
			token = " " + token
			time.Sleep(m.gap)
		}
		content, _ := json.Marshal(token)
		fmt.Fprintf(w, `data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"bench",`+
			`"choices":[{"index":0,"delta":{"content":%s},"finish_reason":null}]}`+"\n\n", content)
		flush()
	}
	fmt.Fprint(w, `data: {"id":"chatcmpl-bench","object":"chat.completion.chunk","created":1700000000,"model":"bench",`+
		`"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
}

func main() {
	address := flag.String("listen", "127.0.0.1:9999", "host:port")
	rate := flag.Float64("rate", 500, "tokens a second of a streamed answer")
	tokens := flag.Int("tokens", 12, "tokens of an answer")
	flag.Parse()
	served := &model{gap: time.Duration(float64(time.Second) / *rate), tokens: *tokens}
	log.Fatal(http.ListenAndServe(*address, served))
}
