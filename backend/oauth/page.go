package oauth

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"net/http"
	"strings"

	"golang.org/x/text/language"
)

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS string

// words is what one page says, in one language.
type words struct{ lang, title, text string }

// moment is when in an attempt a page is shown.
type moment int

const (
	received moment = iota // a code came
	refused                // the provider sent an error
	repeated               // the attempt has had its answer
)

// show serves the page for a clean path. The pages never say "signed in":
// nothing has been exchanged or saved yet (L8).
func (r *Receiver) show(w http.ResponseWriter, req *http.Request, path string) {
	<-r.arrived // follows the claim at once
	at := received
	switch {
	case path == r.path+againPath:
		at = repeated
	case r.failure != nil:
		at = refused
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(render(speak(req.Header.Get("Accept-Language"), at))))
	if at != repeated {
		r.showOnce.Do(func() { close(r.shown) })
	}
}

// writeHeaders sets what every reply carries (L9). The style is allowed by its
// hash; nothing else may load.
func writeHeaders(h http.Header) {
	sum := sha256.Sum256([]byte(pageCSS))
	hash := base64.StdEncoding.EncodeToString(sum[:])
	h.Set("Content-Security-Policy",
		"default-src 'none'; style-src 'sha256-"+hash+"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
}

// render fills the page with our own words. Nothing of the request can get
// there.
func render(say words) string {
	return strings.NewReplacer("{lang}", say.lang, "{title}", say.title, "{text}", say.text, "{style}", pageCSS).Replace(pageHTML)
}

// speak chooses the language that the browser asks for, else English.
func speak(accept string, at moment) words {
	offered := []language.Tag{language.English, language.BrazilianPortuguese, language.Spanish}
	wanted, _, _ := language.ParseAcceptLanguage(accept)
	_, index, _ := language.NewMatcher(offered).Match(wanted...)
	return pages(at)[index]
}

// pages returns what to say at a moment, in the order of speak.
func pages(at moment) [3]words {
	switch at {
	case refused:
		return [3]words{
			{"en", "Nothing was connected", "Go back to Kontent Connect to see what happened and try again. You may close this tab."},
			{"pt-BR", "Nada foi conectado", "Volte ao Kontent Connect para ver o que aconteceu e tentar de novo. Você pode fechar esta aba."},
			{"es", "No se conectó nada", "Vuelve a Kontent Connect para ver qué pasó e intentarlo de nuevo. Puedes cerrar esta pestaña."},
		}
	case repeated:
		return [3]words{
			{"en", "Already done", "Kontent Connect has had its answer from this page. You may close this tab."},
			{"pt-BR", "Já recebido", "O Kontent Connect já recebeu a resposta desta página. Você pode fechar esta aba."},
			{"es", "Ya recibido", "Kontent Connect ya recibió la respuesta de esta página. Puedes cerrar esta pestaña."},
		}
	case received:
	}
	return [3]words{
		{"en", "Go back to Kontent Connect", "Choose there which accounts to connect. You may close this tab."},
		{"pt-BR", "Volte ao Kontent Connect", "Escolha lá quais contas conectar. Você pode fechar esta aba."},
		{"es", "Vuelve a Kontent Connect", "Elige allí qué cuentas conectar. Puedes cerrar esta pestaña."},
	}
}
