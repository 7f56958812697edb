package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/mem"
)

const method = "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit"

// raw passes messages as they are, so that the client costs as little as it can of the machine that it shares with the services.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(v any) (mem.BufferSlice, error) {
	return mem.BufferSlice{mem.SliceBuffer(v.([]byte))}, nil
}

func (raw) Unmarshal(data mem.BufferSlice, v any) error {
	*v.(*[]byte) = data.Materialize()
	return nil
}

// request is a RateLimitRequest of one descriptor.
func request(user string) []byte {
	entry := field(field(nil, 1, []byte("user")), 2, []byte(user))
	return field(field(nil, 1, []byte("bench")), 2, field(nil, 1, entry))
}

func field(message []byte, number byte, value []byte) []byte {
	message = binary.AppendUvarint(append(message, number<<3|2), uint64(len(value)))
	return append(message, value...)
}

// admitted reads the overall code of a RateLimitResponse: its first field, 1 for OK and 2 for OVER_LIMIT.
func admitted(response []byte) (bool, error) {
	if len(response) < 2 || response[0] != 1<<3 || response[1] < 1 || response[1] > 2 {
		return false, fmt.Errorf("no verdict in the answer")
	}
	return response[1] == 1, nil
}

// Tally is what one user asked and got.
type Tally struct{ Asked, Admitted int }

// Load is what came of driving a case for a while.
type Load struct {
	Latencies []float64 // milliseconds
	Elapsed   time.Duration
	Users     []Tally
}

type worker struct {
	latencies []float64
	users     []Tally
	err       error
}

// drive keeps requests of random users in flight for the length of a round. The label keeps rounds' users apart.
func drive(one *Case, plan Plan, label string, seed uint64) (Load, error) {
	requests := make([][]byte, plan.Keys)
	for i := range requests {
		requests[i] = request(fmt.Sprintf("%s-user-%d", label, i))
	}
	conns := make([]*grpc.ClientConn, plan.Conns)
	for i := range conns {
		conn, err := grpc.NewClient(one.Address, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDefaultCallOptions(grpc.ForceCodecV2(raw{})))
		if err != nil {
			return Load{}, err
		}
		defer conn.Close()
		conns[i] = conn
	}
	workers := make([]*worker, plan.InFlight)
	begin := time.Now()
	var wait sync.WaitGroup
	for i := range workers {
		workers[i] = &worker{users: make([]Tally, plan.Keys)}
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		wait.Go(func() { workers[i].run(conns[i%len(conns)], requests, random, begin.Add(plan.Round)) })
	}
	wait.Wait()
	return gather(workers, time.Since(begin), plan.Keys)
}

func (w *worker) run(conn *grpc.ClientConn, requests [][]byte, random *rand.Rand, end time.Time) {
	for {
		begin := time.Now()
		if begin.After(end) {
			return
		}
		user := random.IntN(len(requests))
		var response []byte
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		err := conn.Invoke(ctx, method, requests[user], &response)
		cancel()
		if err != nil {
			w.err = err
			return
		}
		w.latencies = append(w.latencies, float64(time.Since(begin).Nanoseconds())/1e6)
		passed, err := admitted(response)
		if err != nil {
			w.err = err
			return
		}
		w.users[user].Asked++
		if passed {
			w.users[user].Admitted++
		}
	}
}

func gather(workers []*worker, elapsed time.Duration, keys int) (Load, error) {
	load := Load{Elapsed: elapsed, Users: make([]Tally, keys)}
	for _, one := range workers {
		if one.err != nil {
			return load, one.err
		}
		load.Latencies = append(load.Latencies, one.latencies...)
		for user, tally := range one.users {
			load.Users[user].Asked += tally.Asked
			load.Users[user].Admitted += tally.Admitted
		}
	}
	return load, nil
}
