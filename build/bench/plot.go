package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The plot's measures, in the units of its drawing.
const (
	plotWidth, plotHeight = 640, 360
	marginLeft, marginTop = 70, 20
	innerWidth            = plotWidth - marginLeft - 170
	innerHeight           = plotHeight - marginTop - 50
)

// line is one kind of work: how long it takes by the number of accounts.
type line struct {
	name   string
	points [][2]float64 // accounts, seconds
}

// storageLines gathers the store's own times, one line for each kind of work.
func storageLines(results []result) (lines []line) {
	at := map[string]int{}
	for _, one := range results {
		work, accounts, found := strings.Cut(one.name, "/accounts=")
		size, err := strconv.ParseFloat(accounts, 64)
		if !found || err != nil {
			continue
		}
		i, known := at[work]
		if !known {
			i = len(lines)
			at[work] = i
			lines = append(lines, line{name: work})
		}
		lines[i].points = append(lines[i].points, [2]float64{size, one.side("ours")})
	}
	return lines
}

// storagePlot draws how storage grows with the accounts, both axes by powers of
// ten: a line that rises no steeper than the dashed one grows in proportion.
func storagePlot(results []result) string {
	lines := storageLines(results)
	low, high := math.Inf(1), math.Inf(-1)
	for _, l := range lines {
		for _, p := range l.points {
			low, high = min(low, math.Floor(math.Log10(p[1]))), max(high, math.Ceil(math.Log10(p[1])))
		}
	}
	x := func(accounts float64) float64 { return marginLeft + (math.Log10(accounts)-2)/3*innerWidth }
	y := func(seconds float64) float64 { return marginTop + (high-math.Log10(seconds))/(high-low)*innerHeight }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img" aria-label="Time by number of accounts">`,
		plotWidth, plotHeight)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/><clipPath id="inner"><rect x="%d" y="%d" width="%d" height="%d"/></clipPath>`,
		plotWidth, plotHeight, marginLeft, marginTop, innerWidth, innerHeight)
	for power := 2.0; power <= 5; power++ {
		at := x(math.Pow(10, power))
		fmt.Fprintf(&b, `<path d="M%.1f %dV%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%.0f</text>`,
			at, marginTop, marginTop+innerHeight, at, marginTop+innerHeight+18, math.Pow(10, power))
	}
	for power := low; power <= high; power++ {
		at := y(math.Pow(10, power))
		fmt.Fprintf(&b, `<path d="M%d %.1fH%d" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">%s</text>`,
			marginLeft, at, marginLeft+innerWidth, marginLeft-6, at+4, duration(math.Pow(10, power)))
	}
	fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="middle">accounts</text>`, marginLeft+innerWidth/2, plotHeight-10)
	colors := []string{"#1d4ed8", "#b45309", "#047857", "#7c3aed"}
	for i, l := range lines {
		color, last := colors[i%len(colors)], l.points[len(l.points)-1]
		var path strings.Builder
		for n, p := range l.points {
			fmt.Fprintf(&path, "%c%.1f %.1f", "ML"[min(n, 1)], x(p[0]), y(p[1]))
		}
		fmt.Fprintf(&b, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/><text x="%.1f" y="%.1f" fill="%s">%s</text>`,
			path.String(), color, x(last[0])+8, y(last[1])+4, color, l.name)
		first := l.points[0]
		fmt.Fprintf(&b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="%s" stroke-dasharray="2 4" opacity=".6" clip-path="url(#inner)"/>`,
			x(first[0]), y(first[1]), x(last[0]), y(first[1]*last[0]/first[0]), color)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
