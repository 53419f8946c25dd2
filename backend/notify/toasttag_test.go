package notify

import (
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
)

func TestTheTagOfAToast(t *testing.T) {
	t.Parallel()
	// It is looked for by later versions too: it must never change.
	if got := tagOf("login/01a21405-af1a-782a-a2cc-ff1da7d2c305"); got != "CDSGYILP3IXD6TPX" {
		t.Errorf("the tag of a login is %q", got)
	}
	seen := map[string]string{}
	for _, key := range []string{"", "summary", "recovered", "login/1", "login/2", "login/" + strings.Repeat("x", 1e4), "a\x00b<&\">", "ação"} {
		tag := tagOf(key)
		if !regexp.MustCompile(`^[A-Z2-7]{16}$`).MatchString(tag) {
			t.Errorf("%.20q has the tag %q, which an old Windows refuses", key, tag)
		}
		if tag != tagOf(key) {
			t.Errorf("%.20q has another tag each time", key)
		}
		if former, taken := seen[tag]; taken {
			t.Errorf("%.20q and %.20q have the same tag", key, former)
		}
		seen[tag] = key
	}
	if len(toastGroup) > 16 {
		t.Errorf("the group %q is too long for an old Windows", toastGroup)
	}
}

func TestTheActivatorOfAProgram(t *testing.T) {
	t.Parallel()
	own, demo := activatorOf("Kontent.KontentConnect"), activatorOf("Kontent.KontentConnect.Demo")
	if own != "{49038B4B-BD1B-57FC-90E0-61AB08B32F66}" { // it is in the registry of people's computers
		t.Errorf("the activator is %s", own)
	}
	if own == demo {
		t.Error("a click on a real notice would start the demonstration")
	}
}

// TestWhatBecomesOfAToast holds what Windows says to what the window shows.
func TestWhatBecomesOfAToast(t *testing.T) {
	t.Parallel()
	const unrestricted, accepts = 0, 5
	for _, c := range []struct {
		name string
		surroundings
		want State
	}{
		{"nothing is in the way", surroundings{0, unrestricted, accepts}, Available},
		{"an old Windows does not know do not disturb", surroundings{0, unsaid, accepts}, Available},
		{"switched off for the program", surroundings{1, unrestricted, accepts}, Denied},
		{"switched off for the person", surroundings{2, unrestricted, accepts}, Denied},
		{"switched off by a rule of the company", surroundings{3, unrestricted, accepts}, Denied},
		{"switched off by a manifest", surroundings{4, unrestricted, accepts}, Denied},
		{"off and do not disturb", surroundings{1, 2, 2}, Denied},
		{"do not disturb, priority only", surroundings{0, 1, accepts}, Silenced},
		{"do not disturb, alarms only", surroundings{0, 2, accepts}, Silenced},
		{"a program fills the screen", surroundings{0, unsaid, 2}, Silenced},
		{"a game fills the screen", surroundings{0, unrestricted, 3}, Silenced},
		{"a presentation", surroundings{0, unrestricted, 4}, Silenced},
		{"a new computer", surroundings{0, unrestricted, 6}, Silenced},
		{"the screen is locked", surroundings{0, unrestricted, 1}, Available},
		{"an application of the store", surroundings{0, unrestricted, 7}, Available},
		{"nothing was said", surroundings{unsaid, unsaid, unsaid}, Unknown},
		{"the program's setting was not said", surroundings{unsaid, unrestricted, accepts}, Unknown},
		{"the program's setting was not said, but do not disturb is on", surroundings{unsaid, 1, accepts}, Silenced},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := c.state(); got != c.want {
				t.Errorf("%+v is %s, want %s", c.surroundings, got, c.want)
			}
		})
	}
}

// FuzzAToast holds that whatever a provider calls somebody, what Windows is
// handed is well-formed, says the same, and has no element that we did not
// write.
func FuzzAToast(f *testing.F) {
	f.Add("]]></text><image src=\"x\"/>", "&#0; \x00 \xff")
	f.Add("\U0001F600 𝓒afé", "\uFFFE\uFFFF\u2028")
	f.Fuzz(func(t *testing.T, title, label string) {
		m := Message{Key: "k", Title: title, Body: title, Buttons: []Button{{"ok", label}}}.bounded()
		text, err := toastOf(m)
		if err != nil {
			t.Fatal(err)
		}
		var back toast
		if err := xml.Unmarshal([]byte(text), &back); err != nil {
			t.Fatalf("%v: %q", err, text)
		}
		if strings.Count(text, "<text>") != 2 || strings.Count(text, "<action ") != 1 || strings.Contains(text, "<image") {
			t.Errorf("a text became an element: %q", text)
		}
		if got := back.Actions.Actions[0].Arguments; got != activation(Response{"k", "ok"}) {
			t.Errorf("the button says %q", got)
		}
	})
}
