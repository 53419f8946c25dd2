package sandbox_test

import (
	"bytes"
	"image/png"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/sandbox"
)

// pictureOf asks the API where the picture of a Page is.
func (w *world) pictureOf(token string) (address string, silhouette bool) {
	w.Helper()
	page := w.graph(token, "/me/accounts?fields=picture.type(large){url,is_silhouette}&limit=1")
	silhouette, _ = page.at("data", 0, "picture", "data", "is_silhouette").(bool)
	return strings.TrimPrefix(page.text("data", 0, "picture", "data", "url"), w.url), silhouette
}

func TestPicturesOfTheAPI(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	token := w.metaToken("João Prado")
	act := func(do, target string) { must(t, w.box.Do(sandbox.Action{Do: do, Target: target})) }
	address, _ := w.pictureOf(token)

	whole := w.do("GET", address, nil)
	drawing, err := png.Decode(strings.NewReader(whole.raw))
	must(t, err)
	equal(t, "size", drawing.Bounds().Dx(), 200)
	equal(t, "the same again", w.do("GET", address, nil).raw, whole.raw)
	equal(t, "each its own", w.do("GET", "/sandbox/picture/"+padariaPage+".png", nil).raw == whole.raw, false)
	equal(t, "of nobody", w.do("GET", "/sandbox/picture/1.png", nil).status, 404)
	equal(t, "of no kind", w.do("GET", "/sandbox/picture/"+pradoPage, nil).status, 404)

	act("change_picture", "")
	equal(t, "changed", w.do("GET", address, nil).raw == whole.raw, false)
	act("picture", "missing")
	equal(t, "missing", w.do("GET", address, nil).status, 404)
	act("picture", "wrong")
	equal(t, "wrong", strings.HasPrefix(w.do("GET", address, nil).raw, "<!doctype html>"), true)
	act("picture", "endless")
	equal(t, "endless", len(w.do("GET", address, nil).raw), 64<<20)
	act("picture", "huge")
	bomb, err := png.DecodeConfig(bytes.NewReader([]byte(w.do("GET", address, nil).raw)))
	must(t, err)
	equal(t, "huge", bomb.Width, 65000)
	act("picture", "none")
	_, silhouette := w.pictureOf(token)
	equal(t, "silhouette", silhouette, true)
	act("picture", "elsewhere")
	elsewhere, _ := w.pictureOf(token)
	equal(t, "elsewhere", strings.HasPrefix(elsewhere, "https://pictures.example.com/"), true)
	act("picture", "off")
	again, silhouette := w.pictureOf(token)
	equal(t, "well again", again, address)
	equal(t, "silhouette", silhouette, false)
	if err := w.box.Do(sandbox.Action{Do: "picture", Target: "x"}); err == nil {
		t.Error("unknown trouble is accepted")
	}
}
