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

// Binaries are the programs that take part.
type Binaries struct {
	Envoy, Java, NoOp, App string
}

// Case is one way through the same Envoy.
type Case struct {
	Name             string
	Label            string
	Masks            bool
	Address          string
	ProcessorAddress string           // empty without ext_proc
	Processor        *process.Process // nil without ext_proc
	Rounds           []Round
}

// Testbed is all that runs.
type Testbed struct {
	Cases     []*Case
	folder    string
	policies  string
	binaries  Binaries
	javaFlags []string
	processes []*process.Process
}

// Start starts every case's processor, then Envoy.
func (t *Testbed) Start(names []string, model string) error {
	for _, name := range names {
		one := &Case{Name: name, Address: process.FreeAddress()}
		if err := t.startCase(one); err != nil {
			return fmt.Errorf("case %s: %w", name, err)
		}
		t.Cases = append(t.Cases, one)
	}
	return t.startEnvoy(model)
}

// Stop ends what was started, Envoy first.
func (t *Testbed) Stop() {
	for _, started := range slices.Backward(t.processes) {
		started.Stop()
	}
}

func (t *Testbed) named(name string) *Case {
	for _, one := range t.Cases {
		if one.Name == name {
			return one
		}
	}
	return nil
}

func (t *Testbed) startCase(one *Case) (err error) {
	if one.Name != "direct" {
		one.ProcessorAddress = process.FreeAddress()
	}
	switch one.Name {
	case "direct":
		one.Label = "no ext_proc"
	case "noop":
		one.Label = "no-op Go"
		one.Processor, err = t.startNoOp(one)
	case "risk":
		one.Label, one.Masks = "response-risk, HoldBack", true
		one.Processor, err = t.startRisk(one)
	case "buffer":
		one.Label, one.Masks = "response-risk, Buffer", true
		one.Processor, err = t.startRisk(one)
	default:
		err = fmt.Errorf("no such case; there are direct, noop, risk and buffer")
	}
	return err
}

func (t *Testbed) startNoOp(one *Case) (*process.Process, error) {
	started, err := t.start(one.Name, exec.Command(t.binaries.NoOp, "-listen", one.ProcessorAddress, "-leave=false"))
	if err != nil {
		return nil, err
	}
	return started, started.AwaitTCP(one.ProcessorAddress, 10*time.Second)
}

func (t *Testbed) startRisk(one *Case) (*process.Process, error) {
	management := process.FreeAddress()
	command := exec.Command(t.binaries.Java, append(slices.Clone(t.javaFlags), "-jar", "quarkus-run.jar")...)
	command.Dir = t.binaries.App
	command.Env = append(os.Environ(), "GATEHOUSE_BIND=127.0.0.1", "GATEHOUSE_GRPC_PORT="+port(one.ProcessorAddress),
		"GATEHOUSE_HTTP_PORT="+port(process.FreeAddress()), "GATEHOUSE_MANAGEMENT_PORT="+port(management),
		"GATEHOUSE_CONFIG="+filepath.Join(t.policies, one.Name))
	started, err := t.start(one.Name, command)
	if err != nil {
		return nil, err
	}
	return started, started.AwaitHTTP("http://"+management+"/q/health/ready", 60*time.Second)
}

func (t *Testbed) startEnvoy(model string) error {
	admin := process.FreeAddress()
	path := filepath.Join(t.folder, "streams-envoy.yaml")
	if err := envoyconfig.Write(path, admin, model, t.Cases); err != nil {
		return err
	}
	started, err := t.start("envoy", exec.Command(t.binaries.Envoy, "-c", path, "--concurrency", "1", "--disable-hot-restart", "--log-level", "warn"))
	if err != nil {
		return err
	}
	return started.AwaitHTTP("http://"+admin+"/ready", 20*time.Second)
}

func (t *Testbed) start(name string, command *exec.Cmd) (*process.Process, error) {
	started, err := process.Start(name, filepath.Join(t.folder, "streams-"+name+".log"), command)
	if err == nil {
		t.processes = append(t.processes, started)
	}
	return started, err
}

func port(address string) string {
	return address[strings.LastIndexByte(address, ':')+1:]
}
