// The control of the scan for vulnerabilities: see build/parts/vulnerable.go.
module example.com/control

go 1.26.0

require golang.org/x/text v0.3.7
