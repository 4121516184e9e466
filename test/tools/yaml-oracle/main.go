// Command yaml-oracle answers what the programs on the way into a cluster make
// of a YAML file. It is the yardstick of the YAML writer's tests.
//
// Usage: yaml-oracle kubernetes|kustomize|automation
//
//	yaml-oracle setters JSON
//
// JSON holds what each image marker is to be set to, such as
// {"flux-system:web:tag": "1.2.3"}.
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
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/kyaml/fieldmeta"
	"sigs.k8s.io/kustomize/kyaml/kio"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
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
	if len(os.Args) == 3 && os.Args[1] == "setters" {
		values := map[string]string{}
		if err := json.Unmarshal([]byte(os.Args[2]), &values); err != nil {
			fmt.Fprintln(os.Stderr, "yaml-oracle:", err)
			os.Exit(2)
		}
		modes["setters"] = settersWith(values)
	} else if len(os.Args) != 2 || modes[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: yaml-oracle kubernetes|kustomize|automation | setters JSON")
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
	return settersWith(nil)(file)
}

// settersWith does the same, and sets marked values before it writes: kyaml
// finds the markers, in the comments of the scalars that the automation asks
// it for.
func settersWith(values map[string]string) func(file []byte) (answer, error) {
	fieldmeta.SetShortHandRef("$imagepolicy")
	openapi.SuppressBuiltInSchemaUse()
	setters := spec.Schema{SchemaProps: spec.SchemaProps{Definitions: map[string]spec.Schema{}}}
	for name, value := range values {
		setter := spec.StringProperty()
		setter.Extensions = map[string]interface{}{"x-value": value}
		setters.Definitions[fieldmeta.SetterDefinitionPrefix+name] = *setter
	}
	return func(file []byte) (answer, error) {
		reader := &kio.ByteReader{Reader: bytes.NewReader(file), PreserveSeqIndent: true}
		nodes, err := reader.Read()
		if err != nil {
			return answer{}, err
		}
		for _, node := range nodes {
			if err := set(node, &setters); err != nil {
				return answer{}, err
			}
		}
		var written bytes.Buffer
		if err := (kio.ByteWriter{Writer: &written}).Write(nodes); err != nil {
			return answer{}, err
		}
		return answer{Text: written.String()}, nil
	}
}

func set(node *kyaml.RNode, setters *spec.Schema) error {
	switch node.YNode().Kind {
	case kyaml.MappingNode:
		return node.VisitFields(func(field *kyaml.MapNode) error { return set(field.Value, setters) })
	case kyaml.SequenceNode:
		return node.VisitElements(func(element *kyaml.RNode) error { return set(element, setters) })
	case kyaml.ScalarNode:
		meta := fieldmeta.FieldMeta{SettersSchema: setters}
		if err := meta.Read(node); err != nil || meta.Schema.Ref.String() == "" {
			return nil
		}
		setter, err := openapi.Resolve(&meta.Schema.Ref, setters)
		if err != nil {
			return nil
		}
		node.YNode().Value = setter.Extensions["x-value"].(string)
		kyaml.FormatNonStringStyle(node.YNode(), *setter)
	}
	return nil
}
