// Package process starts the servers of a benchmark and reads what they use of the machine.
package process

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clockTick is the unit of the CPU times in /proc/PID/stat (USER_HZ, 100 on every Linux that Go runs on; see proc(5)).
const clockTick = 10 * time.Millisecond

// Process is a server that the benchmark started. A nil *Process uses no CPU.
type Process struct {
	Name    string
	command *exec.Cmd
	ended   chan error
	log     string
}

// Start runs a command with its output in the log file.
func Start(name, log string, command *exec.Cmd) (*Process, error) {
	output, err := os.Create(log)
	if err != nil {
		return nil, err
	}
	defer output.Close()
	command.Stdout, command.Stderr = output, output
	process := &Process{Name: name, command: command, ended: make(chan error, 1), log: log}
	if err := process.command.Start(); err != nil {
		return nil, fmt.Errorf("%s does not start: %w", name, err)
	}
	go func() { process.ended <- process.command.Wait() }()
	return process, nil
}

// AwaitHTTP waits until the address answers 200.
func (p *Process) AwaitHTTP(url string, limit time.Duration) error {
	return p.await(limit, func() bool {
		response, err := http.Get(url)
		if err != nil {
			return false
		}
		defer response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
}

// AwaitTCP waits until the address takes connections.
func (p *Process) AwaitTCP(address string, limit time.Duration) error {
	return p.await(limit, func() bool {
		conn, err := net.DialTimeout("tcp", address, time.Second)
		if err != nil {
			return false
		}
		return conn.Close() == nil
	})
}

func (p *Process) await(limit time.Duration, ready func() bool) error {
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); {
		select {
		case err := <-p.ended:
			p.ended <- err
			return fmt.Errorf("%s ended before it was ready (%v), see %s", p.Name, err, p.log)
		case <-time.After(50 * time.Millisecond):
			if ready() {
				return nil
			}
		}
	}
	return fmt.Errorf("%s was not ready after %s, see %s", p.Name, limit, p.log)
}

// Stop ends the process, by force if it takes longer than five seconds.
func (p *Process) Stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
	case <-time.After(5 * time.Second):
		_ = p.command.Process.Kill()
	}
}

// CPU is the time that the process has spent on a core so far, in user and system mode.
func (p *Process) CPU() time.Duration {
	if p == nil {
		return 0
	}
	stat := p.proc("stat")
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * clockTick
}

// Memory is a line of /proc/PID/status in MiB: VmRSS for what is resident now, VmHWM for the most that ever was.
func (p *Process) Memory(line string) int {
	for _, entry := range strings.Split(p.proc("status"), "\n") {
		if value, found := strings.CutPrefix(entry, line+":"); found {
			kilobytes, _ := strconv.Atoi(strings.Fields(value)[0])
			return kilobytes / 1024
		}
	}
	return 0
}

func (p *Process) proc(file string) string {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.command.Process.Pid, file))
	if err != nil {
		panic(fmt.Errorf("%s has gone in mid-run: %w", p.Name, err))
	}
	return string(content)
}

// FreeAddress is a loopback address that nothing listens on.
func FreeAddress() string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
