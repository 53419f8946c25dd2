package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// windowsInstallers makes an installer for each kind of processor.
func (r *release) windowsInstallers(ctx context.Context) error {
	for _, arch := range []string{"amd64", "arm64"} {
		if err := r.windowsInstaller(ctx, arch); err != nil {
			return err
		}
	}
	return nil
}

func (r *release) windowsInstaller(ctx context.Context, arch string) error {
	stage := filepath.Join(r.work, "windows-"+arch)
	if err := r.windowsPrograms(ctx, stage, arch); err != nil {
		return err
	}
	for source, target := range map[string]string{
		"LICENSE":                             "LICENSE.txt",
		"build/icons/app/kontent-connect.ico": "kontent-connect.ico",
	} {
		if err := copyFile(source, filepath.Join(stage, target)); err != nil {
			return err
		}
	}
	if err := copyFolder(licences, filepath.Join(stage, "third-party")); err != nil {
		return err
	}
	name := fmt.Sprintf("kontent-connect-%s-windows-%s-setup.exe", r.version, arch)
	paths, err := absolute(stage, filepath.Join(r.out, name))
	if err != nil {
		return err
	}
	return r.command(ctx, nil, "makensis", "-V2", "-WX",
		"-DARCH="+arch, "-DVERSION="+r.version, "-DSTAGE="+paths[0], "-DOUT="+paths[1], "build/release/windows/installer.nsi")
}

// windowsPrograms builds both programs with their icon, manifest and version,
// which Go links in from a file beside the sources. It is gone again afterwards:
// the next build for another purpose is not to have it.
func (r *release) windowsPrograms(ctx context.Context, stage, arch string) (err error) {
	resources, err := r.resources(ctx, arch)
	if err != nil {
		return err
	}
	for _, program := range []struct{ folder, name, tags, ldflags string }{
		{".", "kontent-connect.exe", "desktop,production,timberjack_nozstd,nethttpomithttp2", "-s -w -H windowsgui "},
		{"cmd/kontent", "kontent.exe", agentTags, "-s -w "},
	} {
		beside := filepath.Join(program.folder, filepath.Base(resources))
		if err := copyFile(resources, beside); err != nil {
			return err
		}
		err := r.program(ctx, "windows", arch, "./"+program.folder, filepath.Join(stage, program.name),
			"-tags", program.tags, "-ldflags", program.ldflags+r.ldflags)
		if err := os.Remove(beside); err != nil {
			return err
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// resources has icon, manifest and version written the way Go's linker takes
// them, and returns the file.
func (r *release) resources(ctx context.Context, arch string) (string, error) {
	folder := filepath.Join(r.work, "winres")
	if err := fill("build/release/windows/winres.json", filepath.Join(folder, "winres.json"), "@VERSION@", r.version); err != nil {
		return "", err
	}
	if err := copyFile("build/icons/app/kontent-connect.ico", filepath.Join(folder, "kontent-connect.ico")); err != nil {
		return "", err
	}
	err := r.tool(ctx, nil, "go-winres", "make", "--in", filepath.Join(folder, "winres.json"),
		"--arch", arch, "--out", filepath.Join(folder, "rsrc"))
	return filepath.Join(folder, "rsrc_windows_"+arch+".syso"), err
}

func absolute(paths ...string) ([]string, error) {
	for i, path := range paths {
		full, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		paths[i] = full
	}
	return paths, nil
}
