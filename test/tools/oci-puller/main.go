// Pulls an artifact with Flux's own code, into a folder, and prints what that code makes of it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/fluxcd/pkg/oci"
	"github.com/google/go-containerregistry/pkg/crane"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("usage: oci-puller pull|push REFERENCE FOLDER")
	}
	command, reference, folder := args[0], args[1], args[2]
	client := oci.NewClient(oci.DefaultOptions())
	ctx := context.Background()
	switch command {
	case "pull":
		metadata, err := client.Pull(ctx, reference, folder)
		if err != nil {
			return err
		}
		manifest, err := crane.Manifest(reference, client.GetOptions()...)
		if err != nil {
			return err
		}
		config, err := crane.Config(reference, client.GetOptions()...)
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(map[string]any{
			"metadata": metadata,
			"manifest": json.RawMessage(manifest),
			"config":   json.RawMessage(config),
		})
	case "push":
		metadata := oci.Metadata{Created: "2024-01-02T03:04:05Z", Source: "https://example.com/by-hand.git", Revision: "main@sha1:0123456789012345678901234567890123456789"}
		digest, err := client.Push(ctx, reference, folder, oci.WithPushMetadata(metadata))
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(map[string]any{"digest": digest})
	default:
		return fmt.Errorf("no command %q", command)
	}
}
