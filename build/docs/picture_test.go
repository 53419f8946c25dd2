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
	domain    = "backend/social"
	everybody = "backend/agent"
)

// box is a room's place: row and columns, both from the upper left.
type box struct {
	room           arrows.Room
	row, from, end int
}

// places are those that say something: who is above knows who is below. Rooms
// without one are adapters, and fill the two rows of adapters.
func places() map[string][3]int {
	return map[string][3]int{
		".": {0, 0, 2}, "backend/command": {0, 3, 5}, "cmd/kontent": {0, 6, 8},
		"backend/view": {1, 0, 0}, "backend/control": {1, 1, 1}, "backend/save": {1, 2, 2}, "backend/text": {1, 3, 3},
		"backend/config": {1, 4, 4}, "backend/logging": {1, 5, 5},
		everybody: {2, 0, 7}, "backend/sandbox": {2, 8, 8},
		"backend/connection": {3, 0, 3}, "backend/monitor": {3, 4, 8},
		"backend/provider/meta": {4, 0, 1}, "backend/provider/linkedin": {4, 2, 3},
		"backend/oauth": {5, 0, 1}, "backend/provider": {5, 2, 3},
		domain: {6, 0, 4}, "backend/problem": {6, 5, 8},
	}
}

// captions stand above the rows.
func captions() map[int]string {
	return map[int]string{
		0: "the faces", 2: "the owner: knows everyone below", 3: "the use cases: meet adapters through interfaces of their own",
		4: "adapters: know the domain, never each other", 6: "the domain: known by all but the dashed rooms, and knows nobody",
	}
}

func placed(rooms []arrows.Room) []box {
	var boxes []box
	free := [][2]int{}
	for _, row := range []int{4, 5} {
		for column := 4; column < columns; column++ {
			free = append(free, [2]int{row, column})
		}
	}
	for _, room := range rooms {
		if strings.HasPrefix(room.Path, "build/") {
			continue
		}
		at, ok := places()[room.Path]
		if !ok {
			at, free = [3]int{free[0][0], free[0][1], free[0][1]}, free[1:]
		}
		boxes = append(boxes, box{room, at[0], at[1], at[2]})
	}
	return boxes
}

func (b box) left() int   { return gap + b.from*(width+gap) }
func (b box) wide() int   { return (b.end-b.from+1)*(width+gap) - gap }
func (b box) top() int    { return margin + b.row*(height+rise) }
func (b box) middle() int { return b.left() + b.wide()/2 }

// shows reports whether an arrow from b is drawn: that everyone knows the domain,
// and the agent everyone, is said beside the picture.
func (b box) shows(to box) bool {
	return b.room.Path != everybody && to.row != 6 && slices.Contains(b.room.Knows, to.room.Path)
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
	x := b.left() + b.wide()*(at+1)/(of+1)
	end := to.middle()
	if to.wide() > 4*width { // straight down to a wide one
		end = x
	}
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
`, gap+columns*(width+gap), margin+7*(height+rise)-rise+gap)
	for _, b := range boxes {
		var known []box
		for _, to := range boxes {
			if b.shows(to) {
				known = append(known, to)
			}
		}
		slices.SortStableFunc(known, func(a, b box) int { return a.middle() - b.middle() })
		for i, to := range known {
			out.WriteString(b.arrow(to, i, len(known)) + "\n")
		}
	}
	out.WriteString("</g>\n")
	for row := range 7 {
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
	fills := []string{"#e8f0fe", "#f1f3f6", "#fdf0d9", "#e6f4ea", "#f6f1fa", "#f6f1fa", "#eceff3"}
	return fmt.Sprintf(`<rect x="%d" y="%d" width="%d" height="%d" rx="6" fill="%s" stroke="#8494a8"%s/><text x="%d" y="%d" fill="#1c2733">%s</text>`+"\n",
		b.left(), b.top(), b.wide(), height, fills[b.row], dash, b.middle(), b.top()+height/2+5, html.EscapeString(name))
}
