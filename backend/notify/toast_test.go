package notify

import (
	"encoding/base64"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnActivationComesBack(t *testing.T) {
	t.Parallel()
	for _, r := range []Response{
		{"grant-1", ""}, {"grant-1", "reconnect"}, {"conta · ação/3?x=1&y=\"<2>\"", "snooze-1_d"}, {strings.Repeat("k", longestKey), ""},
	} {
		got, ok := parseActivation(activation(r))
		if !ok || got != r {
			t.Errorf("%+v came back as %+v, %v", r, got, ok)
		}
	}
}

func TestAnActivationThatWeDidNotWriteIsRefused(t *testing.T) {
	t.Parallel()
	good := activation(Response{"grant-1", "reconnect"})
	for _, text := range []string{
		"", "default", "https://example.com", "-Embedding", good + ".x", good + " ", " " + good, good + "\x00",
		strings.Replace(good, "kontent1", "kontent2", 1), strings.TrimSuffix(good, "reconnect"),
		strings.Replace(good, "reconnect", "Reconnect", 1), strings.Replace(good, "reconnect", "a b", 1),
		"kontent1..default", "kontent1.%%%.default", "kontent1.YQ==.default", "kontent1.YR.default", "kontent1.Y\rQ.default", // not how "a" is written
		"kontent1." + base64.RawURLEncoding.EncodeToString([]byte("a\nb")) + ".default",
		"kontent1." + base64.RawURLEncoding.EncodeToString([]byte("\xff")) + ".default",
		activation(Response{strings.Repeat("k", longestKey+1), ""}), strings.Repeat("kontent1.", 1e5),
	} {
		if got, ok := parseActivation(text); ok {
			t.Errorf("%.60q was read as %+v", text, got)
		}
	}
}

// FuzzParseActivation holds that what is read is what we would have written.
func FuzzParseActivation(f *testing.F) {
	f.Add(activation(Response{"grant-1", ""}))
	f.Add(activation(Response{"ação", "snooze"}))
	f.Add("kontent1.YR.default")
	f.Fuzz(func(t *testing.T, text string) {
		if r, ok := parseActivation(text); ok && activation(r) != text {
			t.Errorf("%q was read as %+v", text, r)
		}
	})
}

func TestAToast(t *testing.T) {
	t.Parallel()
	text, err := toastOf(Message{Key: "k", Title: "@café", Body: "Reconecte.", Urgent: true, Buttons: []Button{{"snooze", "Mais tarde"}}})
	if err != nil {
		t.Fatal(err)
	}
	const want = `<toast activationType="foreground" launch="kontent1.aw.default" scenario="reminder">` +
		`<visual><binding template="ToastGeneric"><text>@café</text><text>Reconecte.</text></binding></visual>` +
		`<actions><action activationType="foreground" content="Mais tarde" arguments="kontent1.aw.snooze"></action></actions></toast>`
	if diff := cmp.Diff(want, text); diff != "" {
		t.Error(diff)
	}
}

func TestAQuietToastIsSilentAndHasNoMoreButtonsThanWindowsShows(t *testing.T) {
	t.Parallel()
	text, err := toastOf(Message{Key: "k", Quiet: true, Buttons: make([]Button, 9)})
	if err != nil || !strings.Contains(text, `<audio silent="true">`) || strings.Count(text, "<action ") != mostButtons {
		t.Errorf("%v: %s", err, text)
	}
}

// Covers W9, GR08.
func TestATextCannotLeaveItsPlaceInAToast(t *testing.T) {
	t.Parallel()
	hostile := `]]></text><image src="https://evil.example/x.png"/> " onclick='x' & $(calc) ` + "`\x00\xff"
	m := Message{Key: hostile, Title: hostile, Body: hostile, Buttons: []Button{{"ok", hostile}}}.bounded()
	text, err := toastOf(m)
	if err != nil {
		t.Fatal(err)
	}
	var back toast
	if err := xml.Unmarshal([]byte(text), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{m.Title, m.Body, m.Buttons[0].Label}, append(back.Binding.Texts, back.Actions.Actions[0].Content)); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(text, "<image") {
		t.Errorf("a text became an element: %s", text)
	}
}
