//go:build !windows

package main

func leaveConsole() {}
