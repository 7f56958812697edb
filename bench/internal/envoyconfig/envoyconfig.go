// Package envoyconfig writes the configuration of the one Envoy that all cases of a benchmark go through, each by a listener of its own.
package envoyconfig

import (
	_ "embed"
	"os"
	"strings"
	"text/template"
)

//go:embed envoy.yaml.tmpl
var source string

// Write renders the configuration into the file. Cases are a slice of what has a Name, an Address to listen on and a ProcessorAddress,
// empty without ext_proc.
func Write(path, admin, upstream string, cases any) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	config := template.Must(template.New("envoy").Funcs(template.FuncMap{"port": port}).Parse(source))
	return config.Execute(file, map[string]any{"Admin": admin, "Upstream": upstream, "Cases": cases})
}

func port(address string) string {
	return address[strings.LastIndexByte(address, ':')+1:]
}
