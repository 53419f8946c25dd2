package main

import (
	"fmt"
	"math"
	"strings"
)

// outline is a form on a canvas of 16 by 16. Its distance is how far outside
// of it a point lies, negative inside, which is all that smooth edges need.
type outline interface {
	distance(x, y float64) float64
	svg(colour string) string
}

type disc struct{ x, y, r float64 }

func (d disc) distance(x, y float64) float64 { return math.Hypot(x-d.x, y-d.y) - d.r }

func (d disc) svg(colour string) string {
	return fmt.Sprintf(`<circle cx="%g" cy="%g" r="%g" fill="%s"/>`, d.x, d.y, d.r, colour)
}

type ring struct{ x, y, r, width float64 }

func (r ring) distance(x, y float64) float64 {
	return math.Abs(math.Hypot(x-r.x, y-r.y)-r.r) - r.width/2
}

func (r ring) svg(colour string) string {
	return fmt.Sprintf(`<circle cx="%g" cy="%g" r="%g" fill="none" stroke="%s" stroke-width="%g"/>`, r.x, r.y, r.r, colour, r.width)
}

// dashes is a ring of count arcs with round ends; share is how much of the
// ring their middle lines cover. The first is centred at the top.
type dashes struct {
	ring
	count int
	share float64
}

func (d dashes) distance(x, y float64) float64 {
	step := 2 * math.Pi / float64(d.count)
	angle := math.Atan2(x-d.x, d.y-y) // clockwise from the top
	angle = math.Abs(angle - step*math.Round(angle/step))
	radius := math.Hypot(x-d.x, y-d.y)
	if half := d.share * step / 2; angle > half {
		return math.Hypot(radius*math.Sin(angle)-d.r*math.Sin(half), radius*math.Cos(angle)-d.r*math.Cos(half)) - d.width/2
	}
	return math.Abs(radius-d.r) - d.width/2
}

func (d dashes) svg(colour string) string {
	around := 2 * math.Pi * d.r / float64(d.count)
	on := around * d.share
	return fmt.Sprintf(`<circle cx="%g" cy="%g" r="%g" fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round" `+
		`stroke-dasharray="%.3f %.3f" stroke-dashoffset="%.3f" transform="rotate(-90 %g %g)"/>`,
		d.x, d.y, d.r, colour, d.width, on, around-on, on/2, d.x, d.y)
}

// line goes through points, with round ends and corners.
type line struct {
	points []point
	width  float64
}

type point struct{ x, y float64 }

func (l line) distance(x, y float64) float64 {
	nearest := math.Inf(1)
	for i := range len(l.points) - 1 {
		nearest = min(nearest, toSegment(point{x, y}, l.points[i], l.points[i+1]))
	}
	return nearest - l.width/2
}

func (l line) svg(colour string) string {
	return fmt.Sprintf(`<path d="%s" fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round"/>`,
		path(l.points), colour, l.width)
}

// polygon is convex, clockwise, with corners rounded outward by round.
type polygon struct {
	points []point
	round  float64
}

func (p polygon) distance(x, y float64) float64 {
	nearest, inside := math.Inf(1), true
	for i, a := range p.points {
		b := p.points[(i+1)%len(p.points)]
		nearest = min(nearest, toSegment(point{x, y}, a, b))
		inside = inside && (b.x-a.x)*(y-a.y)-(b.y-a.y)*(x-a.x) >= 0
	}
	if inside {
		nearest = -nearest
	}
	return nearest - p.round
}

func (p polygon) svg(colour string) string {
	return fmt.Sprintf(`<path d="%sZ" fill="%s" stroke="%s" stroke-width="%g" stroke-linejoin="round"/>`,
		path(p.points), colour, colour, 2*p.round)
}

// toSegment is how far p lies from the nearest point between a and b.
func toSegment(p, a, b point) float64 {
	dx, dy := b.x-a.x, b.y-a.y
	along := max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/(dx*dx+dy*dy)))
	return math.Hypot(p.x-a.x-along*dx, p.y-a.y-along*dy)
}

func path(points []point) string {
	var b strings.Builder
	for i, p := range points {
		fmt.Fprintf(&b, "%c%g %g", "ML"[min(i, 1)], p.x, p.y)
	}
	return b.String()
}
