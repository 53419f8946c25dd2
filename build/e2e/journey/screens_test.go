//go:build e2e

package journey_test

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"context"
	"fmt"
	"github.com/kontent/kontent-connect/build/e2e/poll"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

// corner is where the window stands on the screen.
var corner = image.Pt(20, 30)

// look is one way in which the window can look.
type look struct {
	language, theme string
	size            image.Point
}

// words are what the window is found by in a language.
type words struct {
	name, tag                               string
	light, dark                             string
	integrations, history, apps, appearance string
	connect, open, more, disconnect, cancel string
}

func languages() []words {
	return []words{
		{
			name: "Português (Brasil)", tag: "pt-BR", light: "Claro", dark: "Escuro",
			integrations: "Integrações", history: "Histórico", apps: "Aplicativos dos provedores", appearance: "Aparência e idioma",
			connect: "Conectar conta: Instagram/Facebook", open: "Abrir o navegador", more: "Mais ações: @pradocomunicacao",
			disconnect: "Desconectar…", cancel: "Cancelar",
		},
		{
			name: "English", tag: "en", light: "Light", dark: "Dark",
			integrations: "Integrations", history: "History", apps: "Provider apps", appearance: "Appearance and language",
			connect: "Connect account: Instagram/Facebook", open: "Open the browser", more: "More actions: @pradocomunicacao",
			disconnect: "Disconnect…", cancel: "Cancel",
		},
	}
}

// takePicturesOfEveryScreen leaves the main screens and dialogs in build/out,
// light and dark, in two sizes and two languages, and holds each of them to its
// names. It ends where it began.
func (w *world) takePicturesOfEveryScreen(t *testing.T) {
	t.Helper()
	ok(t, os.RemoveAll(filepath.Join(out, "screens")))
	ok(t, os.MkdirAll(filepath.Join(out, "screens"), 0o755))
	appearance := languages()[0].appearance
	for _, say := range append(languages()[1:], languages()[0]) {
		for _, theme := range []string{"dark", "light"} {
			w.choose(t, appearance, say, theme)
			appearance = say.appearance
			for _, size := range []image.Point{image.Pt(900, 600), image.Pt(1280, 800)} {
				ok(t, w.Window.Place(w.ctx, image.Rectangle{Min: corner, Max: corner.Add(size)}))
				w.takePictures(t, say, look{say.tag, theme, size})
			}
		}
	}
}

// choose sets language and theme as a person does.
func (w *world) choose(t *testing.T, page string, say words, theme string) {
	t.Helper()
	title := map[string]string{"light": say.light, "dark": say.dark}[theme]
	w.click(t, "link", page)
	w.click(t, "radio", say.name)
	w.click(t, "radio", title)
	w.see(t, say.appearance)
	w.until(t, "the theme", "document.documentElement.dataset.theme", theme)
}

func (w *world) takePictures(t *testing.T, say words, as look) {
	t.Helper()
	for _, screen := range []struct{ name, link string }{
		{"history", say.history}, {"apps", say.apps}, {"appearance", say.appearance}, {"integrations", say.integrations},
	} {
		w.click(t, "link", screen.link)
		w.see(t, screen.link)
		w.take(t, screen.name, as)
	}
	w.click(t, "button", say.connect)
	w.find(t, "button", say.open)
	w.take(t, "connect", as)
	w.click(t, "button", say.cancel)
	ok(t, w.Window.Gone(w.ctx, webdriver.CSS("dialog")))

	w.click(t, "button", say.more)
	w.find(t, "menuitem", say.disconnect)
	w.take(t, "menu", as)
	w.click(t, "menuitem", say.disconnect)
	w.find(t, "button", say.cancel)
	w.take(t, "disconnect", as)
	w.click(t, "button", say.cancel)
	ok(t, w.Window.Gone(w.ctx, webdriver.CSS("dialog")))
}

func (w *world) click(t *testing.T, role, name string) {
	t.Helper()
	ok(t, w.Window.Click(w.ctx, webdriver.RolePart(role, name)))
}

func (w *world) find(t *testing.T, role, name string) {
	t.Helper()
	_, err := w.Window.Find(w.ctx, webdriver.RolePart(role, name))
	ok(t, err)
}

func (w *world) see(t *testing.T, heading string) {
	t.Helper()
	_, err := w.Window.Find(w.ctx, webdriver.Role("heading", heading))
	ok(t, err)
}

// take waits until nothing on the page is on its way to another place or colour.
func (w *world) take(t *testing.T, name string, as look) {
	t.Helper()
	w.until(t, "the letters of the page", "document.fonts.status", "loaded")
	w.until(t, "the end of all movement", `String(document.getAnimations().filter(
		a => a.playState === "running" && a.effect.getComputedTiming().endTime !== Infinity).length)`, "0")
	file := fmt.Sprintf("%s-%s-%s-%dx%d.png", name, as.language, as.theme, as.size.X, as.size.Y)
	frame := image.Rectangle{Min: corner, Max: corner.Add(as.size).Add(image.Pt(2, 27))} // with its title
	ok(t, w.Desktop.ScreenshotOf(w.ctx, filepath.Join(out, "screens", file), frame))
	if as.size.X == 900 || strings.Contains(name, "menu") {
		ok(t, w.EveryControlHasAName(w.ctx))
	}
}

// until waits for a value in the page.
func (w *world) until(t *testing.T, what, expression, want string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
	defer cancel()
	ok(t, poll.Until(ctx, what, func(ctx context.Context) error {
		var got string
		err := w.Window.Execute(ctx, "return "+expression, &got)
		if err == nil && got != want {
			err = fmt.Errorf("it is %q", got)
		}
		return err
	}))
}
