package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// copyFile copies a file. What can be run stays so; beyond that everybody may
// read it, whatever this machine's mask.
func copyFile(source, target string) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	return writeFile(target, content, plainMode(info.Mode()))
}

func plainMode(mode fs.FileMode) fs.FileMode {
	if mode&0o100 != 0 {
		return 0o755
	}
	return 0o644
}

func writeFile(target string, content []byte, mode fs.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil { //nolint:gosec // artefacts are for everybody
		return err
	}
	if err := os.WriteFile(target, content, mode); err != nil { //nolint:gosec // our own path
		return err
	}
	return os.Chmod(target, mode)
}

// copyFolder copies the files of a folder. Where there are none the target is
// there all the same.
func copyFolder(source, target string) error {
	if err := os.MkdirAll(target, 0o755); err != nil { //nolint:gosec // artefacts are for everybody
		return err
	}
	return filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		inside, err := filepath.Rel(source, path)
		if err != nil {
			return err
		}
		return copyFile(path, filepath.Join(target, inside))
	})
}

// compressFile writes a file as gzip, with no word of its name and its time.
func compressFile(source, target string) error {
	content, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	if err := squeeze(&packed, func(w io.Writer) error { _, err := w.Write(content); return err }); err != nil {
		return err
	}
	return writeFile(target, packed.Bytes(), 0o644)
}

func squeeze(out io.Writer, write func(io.Writer) error) error {
	packer, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if err := write(packer); err != nil {
		return err
	}
	return packer.Close()
}

// archive packs some of a stage's files and folders below one folder, in the
// order of their names.
func (r *release) archive(name, stage string, parts ...string) error {
	var packed bytes.Buffer
	err := squeeze(&packed, func(w io.Writer) error {
		files := tar.NewWriter(w)
		for _, part := range append(parts, "doc/LICENSE") {
			if err := r.addTree(files, name, stage, part); err != nil {
				return err
			}
		}
		return files.Close()
	})
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(r.out, name+".tar.gz"), packed.Bytes(), 0o644)
}

func (r *release) addTree(files *tar.Writer, name, stage, part string) error {
	return filepath.WalkDir(filepath.Join(stage, part), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		inside, err := filepath.Rel(stage, path)
		if err != nil {
			return err
		}
		return r.add(files, name+"/"+filepath.ToSlash(inside), path)
	})
}

func (r *release) add(files *tar.Writer, name, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	err = files.WriteHeader(&tar.Header{
		Name: name, Mode: int64(plainMode(info.Mode())), Size: int64(len(content)), ModTime: r.at, Format: tar.FormatPAX,
	})
	if err == nil {
		_, err = files.Write(content)
	}
	return err
}

// writeSums writes SHA256SUMS, as sha256sum -c reads it.
func (r *release) writeSums() error {
	entries, err := os.ReadDir(r.out) // by name
	if err != nil {
		return err
	}
	var sums strings.Builder
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(r.out, entry.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(content), entry.Name())
	}
	return writeFile(filepath.Join(r.out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}
