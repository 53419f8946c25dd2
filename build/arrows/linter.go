package arrows

import (
	"fmt"
	"slices"
	"strings"
)

// Linter writes the table as the rules of golangci-lint's depguard. Its most
// specific line wins, which is what lets a rule close the whole module and then
// open single rooms; "$" ends a path, so that nothing below it is meant.
func Linter() string {
	var out strings.Builder
	for _, room := range Rooms() {
		rule(&out, room.ruleName(), room.files(), Module, room.law(), room.opens())
	}
	for _, door := range Doors() {
		files := []string{"$all"}
		for _, at := range door.At {
			files = append(files, "!"+inConfig(at))
		}
		rule(&out, "door-"+strings.ReplaceAll(door.Library, ".", "-"), files, door.Library, door.law(), nil)
	}
	return out.String()
}

func rule(out *strings.Builder, name string, files []string, deny, law string, allow []string) {
	const indent = "        "
	fmt.Fprintf(out, "%s%s:\n", indent, name)
	fmt.Fprintf(out, "%s  list-mode: lax\n", indent)
	fmt.Fprintf(out, "%s  files: [%q", indent, "!$test")
	for _, file := range files {
		fmt.Fprintf(out, ", %q", file)
	}
	fmt.Fprintf(out, "]\n")
	fmt.Fprintf(out, "%s  deny: [{pkg: %s, desc: %q}]\n", indent, deny, law)
	if len(allow) > 0 {
		fmt.Fprintf(out, "%s  allow:\n", indent)
	}
	for _, pkg := range allow {
		fmt.Fprintf(out, "%s    - %s\n", indent, pkg)
	}
}

func (r Room) ruleName() string {
	if r.Path == "." {
		return "window"
	}
	return strings.ReplaceAll(r.Path, "/", "-")
}

// files are those of the room; of its own folder alone where rooms lie below.
func (r Room) files() []string {
	if r.Path == "." {
		return []string{"${config-path}/*.go"}
	}
	for _, other := range Rooms() {
		if other.Path != r.Path && within(other.Path, r.Path) {
			return []string{"${config-path}/" + r.Path + "/*.go"}
		}
	}
	return []string{inConfig(r.Path)}
}

// opens are the room's own folders and those of the rooms it knows. No line may
// lie below another: depguard looks at the nearest in the alphabet only.
func (r Room) opens() []string {
	var allow []string
	if r.Path != "." && !slices.ContainsFunc(r.Knows, func(known string) bool {
		all, ok := strings.CutSuffix(known, "/...")
		return ok && within(r.Path, all)
	}) {
		allow = append(allow, Module+"/"+r.Path)
	}
	for _, known := range r.Knows {
		if all, ok := strings.CutSuffix(known, "/..."); ok {
			allow = append(allow, Module+"/"+all)
		} else {
			allow = append(allow, Module+"/"+known+"$")
		}
	}
	return allow
}

func inConfig(at string) string {
	if strings.HasSuffix(at, ".go") {
		return "${config-path}/" + at
	}
	return "${config-path}/" + at + "/**"
}
