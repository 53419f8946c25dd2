package docs_test

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/build/arrows"
)

// TestThePictureHasTheArrowsOfTheTable holds docs/images/rooms.svg to
// build/arrows. "make docs" draws it anew.
func TestThePictureHasTheArrowsOfTheTable(t *testing.T) {
	t.Parallel()
	const name = "docs/images/rooms.svg"
	want := drawn(placed(arrows.Rooms()))
	if *write {
		if err := os.WriteFile(filepath.Join(root, name), []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if read(t, name) != want {
		t.Errorf("%s shows other rooms and arrows than the table: run make docs", name)
	}
}

// The size of the grid, in the picture's units.
const (
	columns   = 9
	width     = 104
	gap       = 14
	height    = 44
	rise      = 52 // between two rows
	margin    = 30 // above the first
	everybody = "backend/agent"
	adapters  = 5 // the first of two rows
	domain    = 7
)

// box is a room's place: row and columns, both from the upper left.
type box struct {
	room           arrows.Room
	row, from, end int
}

// places are those that say something: who is above knows who is below. Rooms
// without one are adapters, or what the faces share.
func places() map[string][3]int {
	return map[string][3]int{
		".": {0, 0, 3}, "cmd/kontent": {0, 4, 8},
		"backend/window": {1, 0, 1}, "backend/config": {1, 2, 2}, "backend/logging": {1, 3, 3}, "backend/hygiene": {1, 4, 4},
		"backend/text": {1, 5, 5}, "backend/command": {1, 6, 6},
		"backend/view": {2, 2, 2}, "backend/control": {2, 3, 3}, "backend/save": {2, 4, 4},
		everybody: {3, 0, 7}, "backend/sandbox": {3, 8, 8},
		"backend/connection": {4, 0, 3}, "backend/monitor": {4, 4, 8},
		"backend/provider/meta": {adapters, 0, 1}, "backend/provider/linkedin": {adapters, 2, 3},
		"backend/oauth": {adapters + 1, 0, 1}, "backend/provider": {adapters + 1, 2, 3},
		"backend/social": {domain, 0, 4}, "backend/problem": {domain, 5, 8},
	}
}

// captions stand above the rows.
func captions() map[int]string {
	return map[int]string{
		0: "the faces", 3: "the owner: knows everyone below", 4: "the use cases: meet adapters through interfaces of their own",
		adapters: "adapters: know the domain, never each other",
		domain:   "the domain: known by all but the dashed rooms, and knows nobody",
	}
}

func placed(rooms []arrows.Room) []box {
	var boxes []box
	free := [][2]int{}
	for row := adapters; row < domain; row++ {
		for column := 4; column < columns; column++ {
			free = append(free, [2]int{row, column})
		}
	}
	beside := [][2]int{{2, 5}, {2, 6}}
	for _, room := range rooms {
		if strings.HasPrefix(room.Path, "build/") {
			continue
		}
		at, ok := places()[room.Path]
		switch {
		case ok:
		case facesKnow(rooms, room.Path):
			at, beside = [3]int{beside[0][0], beside[0][1], beside[0][1]}, beside[1:]
		default:
			at, free = [3]int{free[0][0], free[0][1], free[0][1]}, free[1:]
		}
		boxes = append(boxes, box{room, at[0], at[1], at[2]})
	}
	return boxes
}

func facesKnow(rooms []arrows.Room, path string) bool {
	return slices.ContainsFunc(rooms, func(r arrows.Room) bool {
		place, ok := places()[r.Path]
		return ok && place[0] < 3 && slices.Contains(r.Knows, path)
	})
}

func (b box) left() int   { return gap + b.from*(width+gap) }
func (b box) wide() int   { return (b.end-b.from+1)*(width+gap) - gap }
func (b box) top() int    { return margin + b.row*(height+rise) }
func (b box) middle() int { return b.left() + b.wide()/2 }

// door is where arrows end: of a wide room its last column, above which nothing is.
func (b box) door() int {
	if b.wide() > 4*width {
		return b.left() + b.wide() - width/2
	}
	return b.middle()
}

// shows reports whether an arrow from b is drawn: that everyone knows the domain,
// and the agent everyone, is said beside the picture; and what follows from two
// other arrows is left out.
func (b box) shows(to box, all []box) bool {
	if b.room.Path == everybody || to.row == domain || !slices.Contains(b.room.Knows, to.room.Path) {
		return false
	}
	return !slices.ContainsFunc(all, func(between box) bool {
		return between.room.Path != everybody && slices.Contains(b.room.Knows, between.room.Path) && slices.Contains(between.room.Knows, to.room.Path)
	})
}

// arrow is a line from b to a box below it, or beside it. at and of spread the
// lines that leave b over its lower edge.
func (b box) arrow(to box, at, of int) string {
	if b.row == to.row {
		y := b.top() + height/2
		x, end := b.left(), to.left()+to.wide()
		if to.from > b.from {
			x, end = b.left()+b.wide(), to.left()
		}
		return fmt.Sprintf(`<path d="M%d %dH%d"/>`, x, y, end)
	}
	x, end := b.left()+b.wide()*(at+1)/(of+1), to.door()
	y, bottom := b.top()+height, to.top()
	return fmt.Sprintf(`<path d="M%d %dC%d %d %d %d %d %d"/>`, x, y, x, y+rise/2, end, bottom-rise/2, end, bottom-2)
}

func drawn(boxes []box) string {
	slices.SortStableFunc(boxes, func(a, b box) int { return a.row*columns + a.from - b.row*columns - b.from })
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13" text-anchor="middle">
<title>The rooms of Kontent Connect, and which may know which</title>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5b6b7f"/></marker></defs>
<rect width="100%%" height="100%%" rx="8" fill="#fff"/>
<g fill="none" stroke="#5b6b7f" marker-end="url(#tip)">
`, gap+columns*(width+gap), margin+(domain+1)*(height+rise)-rise+gap)
	for _, b := range boxes {
		var known []box
		for _, to := range boxes {
			if b.shows(to, boxes) {
				known = append(known, to)
			}
		}
		slices.SortStableFunc(known, func(a, b box) int { return a.door() - b.door() })
		for i, to := range known {
			out.WriteString(b.arrow(to, i, len(known)) + "\n")
		}
	}
	out.WriteString("</g>\n")
	for row := range domain + 1 {
		if caption, ok := captions()[row]; ok {
			fmt.Fprintf(&out, `<text x="%d" y="%d" text-anchor="start" font-size="12" fill="#5b6b7f">%s</text>`+"\n", gap, box{row: row}.top()-9, caption)
		}
	}
	for _, b := range boxes {
		out.WriteString(b.draw())
	}
	return out.String() + "</svg>\n"
}

// draw shows a room: dashed where it knows nobody.
func (b box) draw() string {
	name := strings.TrimPrefix(strings.TrimPrefix(b.room.Path, "backend/"), "provider/")
	if b.room.Path == "." {
		name = "main.go, app.go"
	}
	dash := ""
	if len(b.room.Knows) == 0 {
		dash = ` stroke-dasharray="4 3"`
	}
	fills := []string{"#e8f0fe", "#e8f0fe", "#f1f3f6", "#fdf0d9", "#e6f4ea", "#f6f1fa", "#f6f1fa", "#eceff3"}
	return fmt.Sprintf(`<rect x="%d" y="%d" width="%d" height="%d" rx="6" fill="%s" stroke="#8494a8"%s/><text x="%d" y="%d" fill="#1c2733">%s</text>`+"\n",
		b.left(), b.top(), b.wide(), height, fills[b.row], dash, b.middle(), b.top()+height/2+5, html.EscapeString(name))
}
