package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

const requestTimeout = 20 * time.Second

// Connection is one keep-alive HTTP/1.1 connection, dialled when first used. It is leaner than net/http's transport, which
// would hand every request between goroutines inside the time that is measured.
type Connection struct {
	address string
	conn    net.Conn
	reader  *bufio.Reader
}

// Reply is what came back for one prompt, and when.
type Reply struct {
	Status     int
	Seen       string        // the upstream's digest of the prompt that reached it, or empty
	Payload    [][]byte      // the body, or one element per SSE event
	Total      time.Duration // from the first byte sent to the last one read
	FirstToken time.Duration // streamed answers only
	Gaps       []time.Duration
}

// Ask sends one chat request and reads the whole answer.
func (c *Connection) Ask(body []byte) (Reply, error) {
	if err := c.dial(); err != nil {
		return Reply{}, err
	}
	start := time.Now()
	_ = c.conn.SetDeadline(start.Add(requestTimeout))
	if _, err := c.conn.Write(c.request(body)); err != nil {
		c.Close()
		return Reply{}, err
	}
	response, err := http.ReadResponse(c.reader, nil)
	if err != nil {
		c.Close()
		return Reply{}, err
	}
	reply, err := read(response, start)
	reply.Total = time.Since(start)
	if err != nil || response.Close {
		c.Close()
	}
	return reply, err
}

// Close ends the connection; the next request dials anew.
func (c *Connection) Close() {
	if c.conn != nil {
		_ = c.conn.Close()
		c.conn = nil
	}
}

func (c *Connection) dial() error {
	if c.conn != nil {
		return nil
	}
	conn, err := net.DialTimeout("tcp", c.address, time.Second)
	if err != nil {
		return err
	}
	c.conn, c.reader = conn, bufio.NewReader(conn)
	return nil
}

func (c *Connection) request(body []byte) []byte {
	var request bytes.Buffer
	fmt.Fprintf(&request, "POST /v1/chat/completions HTTP/1.1\r\nhost: bench.local\r\ncontent-type: application/json\r\n"+
		"authorization: Bearer bench\r\nuser-agent: gatehouse-bench\r\ncontent-length: %d\r\n\r\n", len(body))
	request.Write(body)
	return request.Bytes()
}

func read(response *http.Response, start time.Time) (Reply, error) {
	reply := Reply{Status: response.StatusCode, Seen: response.Header.Get("x-bench-seen")}
	if strings.HasPrefix(response.Header.Get("content-type"), "text/event-stream") {
		err := readEvents(response.Body, start, &reply)
		return reply, err
	}
	body, err := io.ReadAll(response.Body)
	reply.Payload = [][]byte{body}
	return reply, err
}

// readEvents notes when each event came; the events are parsed only after the clock has stopped.
func readEvents(body io.Reader, start time.Time, reply *Reply) error {
	lines := bufio.NewReader(body)
	last := time.Time{}
	for {
		line, err := lines.ReadBytes('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		event, isData := bytes.CutPrefix(bytes.TrimSpace(line), []byte("data: "))
		if !isData {
			continue
		}
		now := time.Now()
		if last.IsZero() {
			reply.FirstToken = now.Sub(start)
		} else if !bytes.Equal(event, []byte("[DONE]")) {
			reply.Gaps = append(reply.Gaps, now.Sub(last))
		}
		last = now
		reply.Payload = append(reply.Payload, event)
	}
}

// Text is the answer's text, put together from message or deltas.
func (r Reply) Text() string {
	var text strings.Builder
	for _, payload := range r.Payload {
		var document struct {
			Choices []struct {
				Message, Delta struct{ Content string }
			}
		}
		if json.Unmarshal(payload, &document) == nil && len(document.Choices) > 0 {
			text.WriteString(document.Choices[0].Message.Content)
			text.WriteString(document.Choices[0].Delta.Content)
		}
	}
	return text.String()
}

// ErrorCode is the code of an OpenAI error object, or empty.
func (r Reply) ErrorCode() string {
	var document struct {
		Error struct{ Code string }
	}
	if len(r.Payload) != 1 || json.Unmarshal(r.Payload[0], &document) != nil {
		return ""
	}
	return document.Error.Code
}
