//go:build !race

package monitor_test

// soakAccounts is how many accounts each login of TestNinetyDays has: 10,000 in
// all.
const soakAccounts = 50

// soakSeeds is how many quarters of a year TestNinetyDays lives through.
const soakSeeds = 2
