package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	mode "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/ext_proc/v3"
	proc "github.com/envoyproxy/go-control-plane/envoy/service/ext_proc/v3"
	"google.golang.org/protobuf/types/known/structpb"

	"gatehouse.dev/bench/internal/figures"
)

const (
	namespace   = "gatehouse"
	modelHeader = "x-gateway-model-name"
	limit       = 10 * time.Second
)

// Round is so many exchanges, one after the other; their milliseconds.
func (s *Server) Round(prompts []Prompt, exchanges int, random *rand.Rand) ([]float64, error) {
	took := make([]float64, exchanges)
	for i := range took {
		prompt := prompts[random.IntN(len(prompts))]
		start := time.Now()
		seen, err := s.exchange(prompt)
		took[i] = figures.Milliseconds(time.Since(start))
		if err != nil {
			return nil, err
		}
		if s.decides && seen.model != prompt.Model {
			return nil, fmt.Errorf("%q got the model %q, not %q", prompt.Text, seen.model, prompt.Model)
		}
		if seen.handOver.GetFields()["embedding"] != nil {
			return nil, fmt.Errorf("%q was embedded again, with a vector handed over", prompt.Text)
		}
	}
	return took, nil
}

// Embed asks once without a vector, and keeps the one that the router hands over to those behind it.
func (s *Server) Embed(prompt *Prompt) error {
	seen, err := s.exchange(*prompt)
	if err != nil {
		return err
	}
	vector := &structpb.Struct{Fields: map[string]*structpb.Value{}}
	for _, key := range []string{"embedding", "embedding_scale", "embedding_model", "embedding_text", "embedding_hash"} {
		value, found := seen.handOver.GetFields()[key]
		if !found {
			return fmt.Errorf("no %s was handed over", key)
		}
		vector.Fields[key] = value
	}
	prompt.Vector = vector
	return nil
}

type seen struct {
	model    string
	handOver *structpb.Struct
}

// exchange is a request with a body and an answer's head, as Envoy sends them with FULL_DUPLEX_STREAMED.
func (s *Server) exchange(prompt Prompt) (seen, error) {
	var found seen
	context, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	stream, err := s.client.Process(context)
	if err != nil {
		return found, err
	}
	body := fmt.Sprintf(`{"model":"auto","messages":[{"role":"user","content":%q}]}`, prompt.Text)
	if err := send(stream, head(prompt), &proc.ProcessingRequest{Request: &proc.ProcessingRequest_RequestBody{
		RequestBody: &proc.HttpBody{Body: []byte(body), EndOfStream: true}}}); err != nil {
		return found, err
	}
	for ended := false; !ended; {
		answer, err := stream.Recv()
		if err != nil {
			return found, err
		}
		found.read(answer)
		ended = answer.GetRequestBody().GetResponse().GetBodyMutation().GetStreamedResponse().GetEndOfStream()
	}
	if err := send(stream, &proc.ProcessingRequest{Request: &proc.ProcessingRequest_ResponseHeaders{
		ResponseHeaders: &proc.HttpHeaders{Headers: headers(":status", "200", "content-type", "application/json"), EndOfStream: true}}}); err != nil {
		return found, err
	}
	if _, err := stream.Recv(); err != nil {
		return found, err
	}
	return found, stream.CloseSend()
}

func (s *seen) read(answer *proc.ProcessingResponse) {
	for _, option := range answer.GetRequestHeaders().GetResponse().GetHeaderMutation().GetSetHeaders() {
		if option.Header.Key == modelHeader {
			s.model = string(option.Header.RawValue)
		}
	}
	if handOver := answer.GetDynamicMetadata().GetFields()[namespace].GetStructValue(); handOver != nil {
		s.handOver = handOver
	}
}

func send(stream proc.ExternalProcessor_ProcessClient, messages ...*proc.ProcessingRequest) error {
	for _, message := range messages {
		if err := stream.Send(message); err != nil {
			return err
		}
	}
	return nil
}

func head(prompt Prompt) *proc.ProcessingRequest {
	request := &proc.ProcessingRequest{
		Request: &proc.ProcessingRequest_RequestHeaders{RequestHeaders: &proc.HttpHeaders{Headers: headers(":method", "POST", ":scheme", "http",
			":authority", "bench.local", ":path", "/v1/chat/completions", "content-type", "application/json", "authorization", "Bearer sk-bench",
			"user-agent", "bench", "x-request-id", "7c1f2a8e-6f5d-4a1b-9c3e-1d2f3a4b5c6d")}},
		ProtocolConfig: &proc.ProtocolConfiguration{RequestBodyMode: mode.ProcessingMode_FULL_DUPLEX_STREAMED},
	}
	if prompt.Vector != nil {
		request.MetadataContext = &core.Metadata{FilterMetadata: map[string]*structpb.Struct{namespace: prompt.Vector}}
	}
	return request
}

func headers(pairs ...string) *core.HeaderMap {
	var list core.HeaderMap
	for i := 0; i < len(pairs); i += 2 {
		list.Headers = append(list.Headers, &core.HeaderValue{Key: pairs[i], RawValue: []byte(pairs[i+1])})
	}
	return &list
}
