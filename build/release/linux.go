package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// agentTags are the build tags of the command line and the agent.
const agentTags = "timberjack_nozstd,nethttpomithttp2"

// hostPackages packs what "make build" made: the agent, and the window with
// what a desktop has to know of it.
func (r *release) hostPackages(ctx context.Context) error {
	if runtime.GOOS != "linux" {
		return nil
	}
	stage := filepath.Join(r.work, "linux-"+host)
	if err := r.stageLinux(stage, map[string]string{
		built + "/kontent":         "bin/kontent",
		built + "/kontent-connect": "bin/kontent-connect",
	}); err != nil {
		return err
	}
	return r.pack(ctx, stage, host, "kontent", "kontent-connect")
}

// armPackages packs the agent for the other kind of processor. The window needs
// that processor's libraries to be built.
func (r *release) armPackages(ctx context.Context) error {
	other := map[string]string{"amd64": "arm64", "arm64": "amd64"}[host]
	stage := filepath.Join(r.work, "linux-"+other)
	program := filepath.Join(stage, "bin", "kontent")
	err := r.program(ctx, "linux", other, "./cmd/kontent", program, "-tags", agentTags, "-ldflags", "-s -w "+r.ldflags)
	if err != nil {
		return err
	}
	if err := r.stageLinux(stage, nil); err != nil {
		return err
	}
	if err := r.pack(ctx, stage, other, "kontent"); err != nil {
		return err
	}
	return r.archive(fmt.Sprintf("kontent-%s-linux-%s", r.version, other), stage,
		"bin/kontent", "man/kontent", "completion", "doc/copyright", "doc/third-party")
}

// hostArchive is for systems that know neither deb nor rpm.
func (r *release) hostArchive(context.Context) error {
	if runtime.GOOS != "linux" {
		return nil
	}
	return r.archive(fmt.Sprintf("kontent-connect-%s-linux-%s", r.version, host), filepath.Join(r.work, "linux-"+host),
		"bin", "man", "completion", "doc/copyright", "doc/third-party", "icons", "kontent-connect.desktop", "metainfo.xml")
}

// stageLinux puts together what the packages are made of. more names files by
// where they go.
func (r *release) stageLinux(stage string, more map[string]string) error {
	const from = "build/release/linux/"
	files := map[string]string{
		"LICENSE":                             "doc/LICENSE",
		from + "copyright":                    "doc/copyright",
		from + "kontent-connect.desktop":      "kontent-connect.desktop",
		"build/icons/app/kontent-connect.svg": "icons/scalable/apps/kontent-connect.svg",
	}
	for _, size := range iconSizes() {
		files[fmt.Sprintf("build/icons/app/kontent-connect-%d.png", size)] = fmt.Sprintf("icons/%dx%d/apps/kontent-connect.png", size, size)
	}
	for source, target := range more {
		files[source] = target
	}
	for source, target := range files {
		if err := copyFile(source, filepath.Join(stage, target)); err != nil {
			return err
		}
	}
	for source, target := range map[string]string{
		"CHANGELOG.md":             "doc/changelog.gz",
		from + "kontent-connect.1": "man/kontent-connect/kontent-connect.1.gz",
	} {
		if err := compressFile(source, filepath.Join(stage, target)); err != nil {
			return err
		}
	}
	if err := r.stageMade(stage); err != nil {
		return err
	}
	return fill(from+"io.github.kontent.KontentConnect.metainfo.xml", filepath.Join(stage, "metainfo.xml"),
		"@VERSION@", r.version, "@DAY@", r.at.Format("2006-01-02"))
}

// iconSizes are the sizes of the icon, in pixels.
func iconSizes() []int { return []int{16, 22, 24, 32, 48, 64, 128, 256, 512} }

// stageMade takes what other targets make of the source: the manual, the
// completions, and the licences of the libraries. Where "make papers" made none
// of a kind, the packages have none.
func (r *release) stageMade(stage string) error {
	for source, target := range map[string]string{
		"kontent.bash": "completion/bash/kontent",
		"kontent.fish": "completion/fish/kontent.fish",
		"kontent.zsh":  "completion/zsh/_kontent",
		"kontent.1":    "man/kontent/kontent.1.gz",
	} {
		source, target = "build/out/papers/"+source, filepath.Join(stage, target)
		stow := copyFile
		if filepath.Ext(target) == ".gz" {
			stow = compressFile
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil { //nolint:gosec // artefacts are for everybody
			return err
		}
		if err := stow(source, target); err != nil {
			return err
		}
	}
	return copyFolder(licences, filepath.Join(stage, "doc/third-party"))
}

// licences are those of the libraries that are part of the programs.
const licences = "build/out/licences"

// pack makes a deb and an rpm of each package.
func (r *release) pack(ctx context.Context, stage, arch string, packages ...string) error {
	env := []string{"STAGE=" + stage, "ARCH=" + arch, "VERSION=" + r.version, "PACKAGE_VERSION=" + r.version}
	for _, name := range packages {
		for _, kind := range []string{"deb", "rpm"} {
			if err := r.tool(ctx, env, "nfpm", "package", "--config", "build/release/linux/"+name+".yaml",
				"--packager", kind, "--target", r.out+string(filepath.Separator)); err != nil {
				return err
			}
		}
	}
	return nil
}

// fill copies a text with some of its words replaced.
func fill(source, target string, words ...string) error {
	text, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	return writeFile(target, []byte(strings.NewReplacer(words...).Replace(string(text))), 0o644)
}
