package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	cyclonedx "github.com/CycloneDX/cyclonedx-go"
	"github.com/google/uuid"
)

// writeBill writes the bill of materials of some programs and the page that is
// in one of them. The same programs have the same bill, to the byte.
func writeBill(ctx context.Context, out string, programs []string) error {
	shipped, err := bundled(ctx, ".")
	if err != nil {
		return err
	}
	parts, err := lockedPackages(".", shipped)
	if err != nil {
		return err
	}
	for _, program := range programs {
		modules, err := builtFrom(program)
		if err != nil {
			return err
		}
		parts = append(parts, modules...)
	}
	bill, err := newBill(programs, sorted(parts))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil { //nolint:gosec // for everybody
		return err
	}
	file, err := os.Create(out) //nolint:gosec // whoever runs this says where
	if err != nil {
		return err
	}
	if err := encode(file, bill); err != nil {
		return err
	}
	return file.Close()
}

func encode(w io.Writer, bill *cyclonedx.BOM) error {
	return cyclonedx.NewBOMEncoder(w, cyclonedx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bill, cyclonedx.SpecVersion1_6)
}

func newBill(programs []string, parts []part) (*cyclonedx.BOM, error) {
	bill := cyclonedx.NewBOM()
	var files []cyclonedx.Component
	all := sha256.New()
	for _, program := range programs {
		content, err := os.ReadFile(program) //nolint:gosec // as above
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(content)
		_, _ = all.Write(sum[:])
		name := filepath.Base(program)
		files = append(files, cyclonedx.Component{
			BOMRef: "file:" + name, Type: cyclonedx.ComponentTypeFile, Name: name,
			Hashes: &[]cyclonedx.Hash{{Algorithm: cyclonedx.HashAlgoSHA256, Value: hex.EncodeToString(sum[:])}},
		})
	}
	// The number stands for these very programs.
	bill.SerialNumber = uuid.NewSHA1(uuid.NameSpaceOID, all.Sum(nil)).URN()
	bill.Metadata = &cyclonedx.Metadata{Component: &cyclonedx.Component{
		BOMRef: "kontent-connect", Type: cyclonedx.ComponentTypeApplication, Name: "kontent-connect", Components: &files,
	}}
	var components []cyclonedx.Component
	for _, p := range parts {
		c, err := component(p)
		if err != nil {
			return nil, err
		}
		components = append(components, c)
	}
	bill.Components = &components
	return bill, nil
}

func component(p part) (cyclonedx.Component, error) {
	url := fmt.Sprintf("pkg:%s/%s@%s", p.From, strings.Replace(p.Name, "@", "%40", 1), p.Version)
	c := cyclonedx.Component{
		BOMRef: url, Type: cyclonedx.ComponentTypeLibrary, Name: p.Name, Version: p.Version, PackageURL: url, Scope: cyclonedx.ScopeRequired,
	}
	if !p.Shipped {
		c.Scope = cyclonedx.ScopeExcluded
	}
	if p.Licence != "" {
		c.Licenses = &cyclonedx.Licenses{{Expression: p.Licence}}
	}
	if p.Sum == "" {
		return c, nil
	}
	hash, err := hashOf(p.Sum)
	c.Hashes = &[]cyclonedx.Hash{hash}
	return c, err
}

// hashOf writes what a lock file says about a part's content as the bill does.
func hashOf(sum string) (cyclonedx.Hash, error) {
	for prefix, algorithm := range map[string]cyclonedx.HashAlgorithm{"h1:": cyclonedx.HashAlgoSHA256, "sha512-": cyclonedx.HashAlgoSHA512} {
		if encoded, found := strings.CutPrefix(sum, prefix); found {
			content, err := base64.StdEncoding.DecodeString(encoded)
			return cyclonedx.Hash{Algorithm: algorithm, Value: hex.EncodeToString(content)}, err
		}
	}
	return cyclonedx.Hash{}, fmt.Errorf("a sum of an unknown kind: %s", sum)
}
