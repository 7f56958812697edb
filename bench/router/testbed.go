package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	proc "github.com/envoyproxy/go-control-plane/envoy/service/ext_proc/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"

	"gatehouse.dev/bench/internal/process"
)

// Server is an ext_proc server with the connection that drives it.
type Server struct {
	name    string
	decides bool
	process *process.Process
	client  proc.ExternalProcessorClient
	took    []float64
	cpu     time.Duration
}

// Testbed is all that runs.
type Testbed struct {
	base, router *Server
	beside       *Server // another build of the router; may be nil
	folder, java string
	app, other   string
	noop         string
	javaFlags    []string
	processes    []*process.Process
}

// Start starts the servers; a router is ready once its policy is.
func (t *Testbed) Start() (err error) {
	if t.base, err = t.startNoOp(); err != nil {
		return err
	}
	if t.router, err = t.startRouter("router", t.app); err != nil || t.other == "" {
		return err
	}
	t.beside, err = t.startRouter("router beside", t.other)
	return err
}

// Stop ends what was started.
func (t *Testbed) Stop() {
	for _, started := range slices.Backward(t.processes) {
		started.Stop()
	}
}

func (t *Testbed) servers() []*Server {
	if t.beside == nil {
		return []*Server{t.base, t.router}
	}
	return []*Server{t.base, t.router, t.beside}
}

func (t *Testbed) byTurns(random *rand.Rand) []*Server {
	servers := t.servers()
	random.Shuffle(len(servers), func(i, j int) { servers[i], servers[j] = servers[j], servers[i] })
	return servers
}

func (t *Testbed) startNoOp() (*Server, error) {
	address := process.FreeAddress()
	started, err := t.start("noop", exec.Command(t.noop, "-listen", address))
	if err != nil {
		return nil, err
	}
	if err := started.AwaitTCP(address, 10*time.Second); err != nil {
		return nil, err
	}
	return connect("no-op Go", started, address, false)
}

func (t *Testbed) startRouter(name, app string) (*Server, error) {
	policies := filepath.Join(t.folder, "router-policies")
	if err := os.MkdirAll(policies, 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(policies, "bench.yaml"), []byte(Policy()), 0o644); err != nil {
		return nil, err
	}
	key := filepath.Join(t.folder, "router-hash.key")
	if err := os.WriteFile(key, []byte("one key, so that all routers take the same vectors"), 0o600); err != nil {
		return nil, err
	}
	address, management := process.FreeAddress(), process.FreeAddress()
	command := exec.Command(t.java, append(slices.Clone(t.javaFlags), "-jar", "quarkus-run.jar")...)
	command.Dir = app
	command.Env = append(os.Environ(), "GATEHOUSE_BIND=127.0.0.1", "GATEHOUSE_GRPC_PORT="+port(address), "GATEHOUSE_HTTP_PORT="+port(process.FreeAddress()),
		"GATEHOUSE_MANAGEMENT_PORT="+port(management), "GATEHOUSE_CONFIG="+policies, "GATEHOUSE_HASH_KEY_FILE="+key)
	started, err := t.start(name, command)
	if err != nil {
		return nil, err
	}
	if err := started.AwaitHTTP("http://"+management+"/q/health/ready", 120*time.Second); err != nil {
		return nil, err
	}
	return connect(name, started, address, true)
}

func (t *Testbed) start(name string, command *exec.Cmd) (*process.Process, error) {
	started, err := process.Start(name, filepath.Join(t.folder, "router-"+name+".log"), command)
	if err == nil {
		t.processes = append(t.processes, started)
	}
	return started, err
}

func connect(name string, started *process.Process, address string, decides bool) (*Server, error) {
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	return &Server{name: name, decides: decides, process: started, client: proc.NewExternalProcessorClient(connection)}, nil
}

func port(address string) string {
	return address[strings.LastIndexByte(address, ':')+1:]
}
