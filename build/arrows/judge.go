package arrows

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// Judge says why a file may not import a path, or "" where it may.
// The file is given by its path below the module's root.
func Judge(file, imported string) string {
	room, ok := roomOf(path.Dir(file))
	if !ok {
		return fmt.Sprintf("%s is in no room: give its folder a line in build/arrows/arrows.go", file)
	}
	if own, ok := ours(imported); ok {
		if !room.may(own) {
			return fmt.Sprintf("%s imports %s: %s", file, own, room.law())
		}
		return ""
	}
	for _, door := range Doors() {
		if within(imported, door.Library) && !door.opensFor(file, room) {
			return fmt.Sprintf("%s imports %s: %s", file, imported, door.law())
		}
	}
	return ""
}

// roomOf finds the innermost room that holds a folder. The root is no outer
// room of all others: a folder that nobody described belongs nowhere.
func roomOf(folder string) (Room, bool) {
	var found Room
	for _, room := range Rooms() {
		if within(folder, room.Path) && len(room.Path) > len(found.Path) {
			found = room
		}
	}
	return found, found.Path != ""
}

func (r Room) may(folder string) bool {
	if home, ok := roomOf(folder); ok && home.Path == r.Path {
		return true
	}
	return slices.ContainsFunc(r.Knows, func(known string) bool {
		if all, ok := strings.CutSuffix(known, "/..."); ok {
			return within(folder, all)
		}
		return folder == known
	})
}

func (r Room) law() string {
	if len(r.Knows) == 0 {
		return r.Path + " knows no other room"
	}
	return r.Path + " may know only " + strings.Join(r.Knows, ", ")
}

func (d Door) opensFor(file string, room Room) bool {
	return slices.Contains(d.At, file) || slices.Contains(d.At, room.Path)
}

func (d Door) law() string {
	return "only " + strings.Join(d.At, " and ") + " may"
}

// ours turns an import path of this module into a folder.
func ours(imported string) (folder string, ok bool) {
	if !within(imported, Module) {
		return "", false
	}
	return path.Clean("." + strings.TrimPrefix(imported, Module)), true
}

// within reports whether p is outer or lies below it.
func within(p, outer string) bool {
	return p == outer || strings.HasPrefix(p, outer+"/")
}
