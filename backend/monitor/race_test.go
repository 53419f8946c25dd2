//go:build race

package monitor_test

// soakAccounts is how many accounts each login of TestNinetyDays has. The race
// detector makes every step many times as long, and sees with a few accounts
// what it would see with many.
const soakAccounts = 5

// soakSeeds is how many quarters of a year TestNinetyDays lives through.
const soakSeeds = 1
