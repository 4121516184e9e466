// Command yaml-oracle answers what the programs on the way into a cluster make
// of a YAML file. It is the yardstick of the YAML writer's tests.
//
// Usage: yaml-oracle kubernetes|kustomize|automation
//
// Standard input carries any number of files, each behind its length in bytes
// as four bytes, big end first. For each file, one line of JSON goes to
// standard output: an answer, see below.
package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/kustomize/kyaml/kio"
	sigsyaml "sigs.k8s.io/yaml"
)

// answer is what one program made of one file.
type answer struct {
	// Documents holds the values read, for the two readers.
	Documents []json.RawMessage `json:"documents,omitempty"`
	// Text is the file as written again, for the automation.
	Text string `json:"text,omitempty"`
	// Error says why the file was turned down.
	Error string `json:"error,omitempty"`
}

var modes = map[string]func(file []byte) (answer, error){
	"kubernetes": kubernetes,
	"kustomize":  kustomize,
	"automation": automation,
}

func main() {
	if len(os.Args) != 2 || modes[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: yaml-oracle kubernetes|kustomize|automation")
		os.Exit(2)
	}
	if err := run(modes[os.Args[1]], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "yaml-oracle:", err)
		os.Exit(1)
	}
}

func run(mode func([]byte) (answer, error), in io.Reader, out io.Writer) error {
	input := bufio.NewReader(in)
	output := bufio.NewWriter(out)
	answers := json.NewEncoder(output)
	for {
		var length uint32
		if err := binary.Read(input, binary.BigEndian, &length); err == io.EOF {
			return output.Flush()
		} else if err != nil {
			return err
		}
		file := make([]byte, length)
		if _, err := io.ReadFull(input, file); err != nil {
			return err
		}
		given, err := mode(file)
		if err != nil {
			given = answer{Error: err.Error()}
		}
		if err := answers.Encode(given); err != nil {
			return err
		}
	}
}

// kubernetes reads a file with the decoder kubectl and the controllers use.
func kubernetes(file []byte) (answer, error) {
	decoder := yaml.NewYAMLOrJSONDecoder(bytes.NewReader(file), 4096)
	var documents []json.RawMessage
	for {
		var document json.RawMessage
		if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
			return answer{Documents: documents}, nil
		} else if err != nil {
			return answer{}, err
		}
		documents = append(documents, document)
	}
}

// kustomize reads a file as a kustomize build does, writes it as the build
// does, and gives what Kubernetes reads from that.
func kustomize(file []byte) (answer, error) {
	nodes, err := kio.FromBytes(file)
	if err != nil {
		return answer{}, err
	}
	var built [][]byte
	for _, node := range nodes {
		asJSON, err := node.MarshalJSON()
		if err != nil {
			return answer{}, err
		}
		asYAML, err := sigsyaml.JSONToYAML(asJSON)
		if err != nil {
			return answer{}, err
		}
		built = append(built, asYAML)
	}
	return kubernetes(bytes.Join(built, []byte("---\n")))
}

// automation reads and writes a file as Flux's image automation does with one
// that carries an image marker.
func automation(file []byte) (answer, error) {
	reader := &kio.ByteReader{Reader: bytes.NewReader(file), PreserveSeqIndent: true}
	nodes, err := reader.Read()
	if err != nil {
		return answer{}, err
	}
	var written bytes.Buffer
	if err := (kio.ByteWriter{Writer: &written}).Write(nodes); err != nil {
		return answer{}, err
	}
	return answer{Text: written.String()}, nil
}
