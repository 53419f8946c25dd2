//go:build race

package agent_test

// The detector makes saving thousands of accounts slow; how requests grow shows
// with fewer.
const manyPages, manyBusinesses = 500, 5
