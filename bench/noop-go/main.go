// Command noop-go is the yardstick of the benchmark: the least an ext_proc server can do. It looks at nothing and changes
// nothing. By default it answers every message as FULL_DUPLEX_STREAMED asks, sending each body chunk back; with -leave it ends
// the gRPC stream once the whole request is answered, and so never sees the response. (A mode_override would be the usual way
// to be spared it, but Envoy ignores one where the configured mode is FULL_DUPLEX_STREAMED.)
package main

import (
	"errors"
	"flag"
	"io"
	"log"
	"net"

	proc "github.com/envoyproxy/go-control-plane/envoy/service/ext_proc/v3"
	"google.golang.org/grpc"
)

type server struct {
	proc.UnimplementedExternalProcessorServer
	leave bool
}

// Process serves one HTTP exchange: one answer per message, in order, until Envoy closes the stream.
func (s server) Process(stream proc.ExternalProcessor_ProcessServer) error {
	for {
		message, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := stream.Send(answer(message)); err != nil {
			return err
		}
		if s.leave && endsRequest(message) {
			return nil
		}
	}
}

func answer(message *proc.ProcessingRequest) *proc.ProcessingResponse {
	switch m := message.Request.(type) {
	case *proc.ProcessingRequest_RequestHeaders:
		return &proc.ProcessingResponse{Response: &proc.ProcessingResponse_RequestHeaders{RequestHeaders: &proc.HeadersResponse{}}}
	case *proc.ProcessingRequest_RequestBody:
		return &proc.ProcessingResponse{Response: &proc.ProcessingResponse_RequestBody{RequestBody: echo(m.RequestBody)}}
	case *proc.ProcessingRequest_RequestTrailers:
		return &proc.ProcessingResponse{Response: &proc.ProcessingResponse_RequestTrailers{RequestTrailers: &proc.TrailersResponse{}}}
	case *proc.ProcessingRequest_ResponseHeaders:
		return &proc.ProcessingResponse{Response: &proc.ProcessingResponse_ResponseHeaders{ResponseHeaders: &proc.HeadersResponse{}}}
	case *proc.ProcessingRequest_ResponseBody:
		return &proc.ProcessingResponse{Response: &proc.ProcessingResponse_ResponseBody{ResponseBody: echo(m.ResponseBody)}}
	default:
		return &proc.ProcessingResponse{Response: &proc.ProcessingResponse_ResponseTrailers{ResponseTrailers: &proc.TrailersResponse{}}}
	}
}

func endsRequest(message *proc.ProcessingRequest) bool {
	return message.GetRequestHeaders().GetEndOfStream() || message.GetRequestBody().GetEndOfStream() || message.GetRequestTrailers() != nil
}

func echo(body *proc.HttpBody) *proc.BodyResponse {
	streamed := &proc.StreamedBodyResponse{Body: body.Body, EndOfStream: body.EndOfStream}
	mutation := &proc.BodyMutation{Mutation: &proc.BodyMutation_StreamedResponse{StreamedResponse: streamed}}
	return &proc.BodyResponse{Response: &proc.CommonResponse{BodyMutation: mutation}}
}

func main() {
	address := flag.String("listen", "127.0.0.1:9001", "host:port of the gRPC server")
	leave := flag.Bool("leave", false, "end the stream once the request is answered")
	flag.Parse()
	listener, err := net.Listen("tcp", *address)
	if err != nil {
		log.Fatal(err)
	}
	service := grpc.NewServer()
	proc.RegisterExternalProcessorServer(service, server{leave: *leave})
	log.Fatal(service.Serve(listener))
}
