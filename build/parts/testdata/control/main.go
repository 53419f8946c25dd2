// Command control calls what a scanner must find. It is never built into anything.
package main

import "golang.org/x/text/language"

func main() {
	_, _, _ = language.ParseAcceptLanguage("pt-BR")
}
