//go:build !race

package agent_test

const manyPages, manyBusinesses = 5000, 50
