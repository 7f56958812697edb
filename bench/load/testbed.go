package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gatehouse.dev/bench/internal/envoyconfig"
	"gatehouse.dev/bench/internal/process"
)

// Binaries names the programs under test and around it.
type Binaries struct {
	Envoy    string
	Java     string
	Guard    string // folder of quarkus-run.jar
	NoOp     string
	Upstream string
}

// Testbed is everything that runs during a benchmark, on loopback ports that were free.
type Testbed struct {
	Cases     []Case
	Envoy     *process.Process
	Upstream  *process.Process
	folder    string
	binaries  Binaries
	javaFlags []string
	processes []*process.Process
}

// Start starts the upstream, one processor per case and then Envoy, and waits for each.
func (t *Testbed) Start(names []string, policies string, upstreamRate float64) error {
	upstream := process.FreeAddress()
	process, err := t.start("upstream", exec.Command(t.binaries.Upstream, "-listen", upstream,
		fmt.Sprintf("-rate=%g", upstreamRate), fmt.Sprintf("-tokens=%d", answerTokens)))
	if err != nil {
		return err
	}
	t.Upstream = process
	for _, name := range names {
		if err := t.addCase(name, policies); err != nil {
			return fmt.Errorf("case %s: %w", name, err)
		}
	}
	if err := t.Upstream.AwaitTCP(upstream, 10*time.Second); err != nil {
		return err
	}
	return t.startEnvoy(upstream)
}

// Stop ends what was started, Envoy first.
func (t *Testbed) Stop() {
	for i := len(t.processes) - 1; i >= 0; i-- {
		t.processes[i].Stop()
	}
}

// Processes are all that run, in the order of their start.
func (t *Testbed) Processes() []*process.Process {
	return t.processes
}

func (t *Testbed) addCase(name, policies string) (err error) {
	one := Case{Name: name, Address: process.FreeAddress()}
	if name != "direct" {
		one.ProcessorAddress = process.FreeAddress()
	}
	switch name {
	case "direct":
		one.Label = "a no ext_proc"
	case "noop":
		one.Label = "b no-op Go"
		one.Processor, err = t.startNoOp(one, "-leave=false")
	case "noop-leave":
		one.Label = "b2 no-op Go, leaves"
		one.Processor, err = t.startNoOp(one, "-leave=true")
	case "guard-idle":
		one.Label = "c guard, no policy"
		one.Processor, err = t.startGuard(one, t.folderOf("no-policies"))
	case "guard":
		one.Label, one.Guarded = "d guard, policies", true
		one.Processor, err = t.startGuard(one, policies)
	default:
		err = fmt.Errorf("no such case; there are direct, noop, noop-leave, guard-idle and guard")
	}
	t.Cases = append(t.Cases, one)
	return err
}

func (t *Testbed) startNoOp(one Case, leave string) (*process.Process, error) {
	process, err := t.start(one.Name, exec.Command(t.binaries.NoOp, "-listen", one.ProcessorAddress, leave))
	if err != nil {
		return nil, err
	}
	return process, process.AwaitTCP(one.ProcessorAddress, 10*time.Second)
}

func (t *Testbed) startGuard(one Case, policies string) (*process.Process, error) {
	management := process.FreeAddress()
	command := exec.Command(t.binaries.Java, append(slices.Clone(t.javaFlags), "-jar", "quarkus-run.jar")...)
	command.Dir = t.binaries.Guard
	command.Env = append(os.Environ(),
		"GATEHOUSE_BIND=127.0.0.1",
		"GATEHOUSE_GRPC_PORT="+port(one.ProcessorAddress),
		"GATEHOUSE_HTTP_PORT="+port(process.FreeAddress()),
		"GATEHOUSE_MANAGEMENT_PORT="+port(management),
		"GATEHOUSE_CONFIG="+policies,
	)
	process, err := t.start(one.Name, command)
	if err != nil {
		return nil, err
	}
	return process, process.AwaitHTTP("http://"+management+"/q/health/ready", 60*time.Second)
}

func (t *Testbed) startEnvoy(upstream string) error {
	admin := process.FreeAddress()
	path := filepath.Join(t.folder, "envoy.yaml")
	if err := envoyconfig.Write(path, admin, upstream, t.Cases); err != nil {
		return err
	}
	process, err := t.start("envoy", exec.Command(t.binaries.Envoy, "-c", path, "--concurrency", "1", "--disable-hot-restart", "--log-level", "warn"))
	if err != nil {
		return err
	}
	t.Envoy = process
	return process.AwaitHTTP("http://"+admin+"/ready", 20*time.Second)
}

func (t *Testbed) start(name string, command *exec.Cmd) (*process.Process, error) {
	started, err := process.Start(name, filepath.Join(t.folder, name+".log"), command)
	if err == nil {
		t.processes = append(t.processes, started)
	}
	return started, err
}

func (t *Testbed) folderOf(name string) string {
	path := filepath.Join(t.folder, name)
	if err := os.MkdirAll(path, 0o755); err != nil {
		panic(err)
	}
	return path
}

func port(address string) string {
	return address[strings.LastIndexByte(address, ':')+1:]
}
