package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"gatehouse.dev/bench/internal/process"
)

// Binaries are the programs that take part.
type Binaries struct {
	Redis, Go, Java, App string
}

// Case is one service under test.
type Case struct {
	Name    string
	Address string
	service *process.Process
	Rounds  []Round
}

// Testbed is all that runs.
type Testbed struct {
	folder    string
	binaries  Binaries
	javaFlags []string
	names     []string
	Redis     *process.Process
	Cases     []*Case
	redisAt   string
}

// Start starts Redis and every case's service.
func (t *Testbed) Start(plan Plan) error {
	if err := t.startRedis(); err != nil {
		return err
	}
	if err := t.configure(plan); err != nil {
		return err
	}
	for _, name := range t.names {
		one := &Case{Name: name, Address: process.FreeAddress()}
		if err := t.startCase(one); err != nil {
			return err
		}
		t.Cases = append(t.Cases, one)
	}
	return nil
}

// Stop ends everything that was started.
func (t *Testbed) Stop() {
	for _, one := range t.Cases {
		one.service.Stop()
	}
	if t.Redis != nil {
		t.Redis.Stop()
	}
}

func (t *Testbed) startRedis() error {
	t.redisAt = process.FreeAddress()
	command := exec.Command(t.binaries.Redis, "--port", port(t.redisAt), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.folder)
	started, err := process.Start("redis", filepath.Join(t.folder, "redis.log"), command)
	if err != nil {
		return err
	}
	t.Redis = started
	return started.AwaitTCP(t.redisAt, 10*time.Second)
}

// configure writes the limits' file: one domain in which every user has a limit for as long as the benchmark runs.
func (t *Testbed) configure(plan Plan) error {
	folder := filepath.Join(t.folder, "runtime", "config")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	file := fmt.Sprintf("domain: bench\ndescriptors:\n  - key: user\n    rate_limit: {unit: year, requests_per_unit: %d}\n", plan.Limit)
	return os.WriteFile(filepath.Join(folder, "bench.yaml"), []byte(file), 0o644)
}

func (t *Testbed) startCase(one *Case) error {
	command := exec.Command(t.binaries.Go)
	if one.Name != "go" {
		arguments := append(append([]string{}, t.javaFlags...), "-jar", filepath.Join(t.binaries.App, "quarkus-run.jar"))
		command = exec.Command(t.binaries.Java, arguments...)
		command.Dir = t.binaries.App
	}
	command.Env = append(os.Environ(), t.environment(one)...)
	started, err := process.Start(one.Name, filepath.Join(t.folder, one.Name+".log"), command)
	if err != nil {
		return err
	}
	one.service = started
	return started.AwaitTCP(one.Address, 60*time.Second)
}

// environment is that of a deployment of envoyproxy/ratelimit, for all cases alike.
func (t *Testbed) environment(one *Case) []string {
	environment := []string{
		"USE_STATSD=false", "REDIS_SOCKET_TYPE=tcp", "REDIS_URL=" + t.redisAt, "RUNTIME_ROOT=" + filepath.Join(t.folder, "runtime"),
		"RUNTIME_SUBDIRECTORY=", "RUNTIME_APPDIRECTORY=config", "RUNTIME_WATCH_ROOT=false", "CACHE_KEY_PREFIX=" + one.Name,
		"HOST=127.0.0.1", "PORT=" + port(process.FreeAddress()), "GRPC_HOST=127.0.0.1", "GRPC_PORT=" + port(one.Address),
		"DEBUG_HOST=127.0.0.1", "DEBUG_PORT=" + port(process.FreeAddress()),
		"GATEHOUSE_BIND=127.0.0.1", "GATEHOUSE_MANAGEMENT_PORT=" + port(process.FreeAddress()),
	}
	if strings.HasSuffix(one.Name, "-leases") {
		environment = append(environment, leases...)
	}
	return environment
}

// leases lets the service decide of a share of each budget by itself.
var leases = []string{"GATEHOUSE_LEASES_SHARE=0.2"}

func port(address string) string {
	return address[strings.LastIndexByte(address, ':')+1:]
}
