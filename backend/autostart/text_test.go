package autostart

import (
	"encoding/xml"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func kontent(args ...string) Options {
	return Options{Name: "Kontent Connect", ID: "kontent-connect", Program: "/opt/Kontent Connect/kontent", Args: args}
}

// awkward are arguments that quoting rules get wrong.
func awkward() []string {
	return []string{
		"agent", "", " ", "a b", `"`, `'`, `\`, `\\`, `\"`, `a\`, `a b\`, `"a" "b"`, "$HOME", "`id`", "%u", "%%", "100%",
		"~", "*", "a;b", "a&b|c", "<x>", "#", "=", "[Desktop Entry]", "ação", "\t", `\s`, `\n`, `C:\Program Files\x\`, `\\server\share`,
	}
}

func TestDesktopFile(t *testing.T) {
	t.Parallel()
	want := `[Desktop Entry]
Type=Application
Version=1.5
Name=Kontent Connect
Exec="/opt/Kontent Connect/kontent" "agent" "--data-dir" "/a \\\\ \\$b %%"
TryExec=/opt/Kontent Connect/kontent
Icon=kontent-connect
Terminal=false
StartupNotify=false
NoDisplay=true
X-GNOME-Autostart-enabled=true
`
	if got := desktopFile(kontent("agent", "--data-dir", `/a \ $b %`)); got != want {
		t.Errorf("%s", got)
	}
}

// TestDesktopFileComesBack reads what was written by the rules of the
// specification: first those of a value, then field codes, then quotes, which
// are the shell's; so a shell takes the line apart here.
func TestDesktopFileComesBack(t *testing.T) {
	t.Parallel()
	for _, argument := range awkward() {
		o := kontent(argument, "last")
		o.Program = "/opt/" + strings.ReplaceAll(argument, "\x00", "") + "/kontent"
		file := desktopFile(o)
		line := desktopKeys(file)["Exec"]
		if strings.Count(file, "\n") != 11 {
			t.Errorf("%q breaks the file:\n%s", argument, file)
		}
		if got := splitExec(line); !slices.Equal(got, o.command()) {
			t.Errorf("%q comes back as %q", o.command(), got)
		}
		if got := byShell(t, strings.ReplaceAll(line, "%%", "%")); !slices.Equal(got, o.command()) {
			t.Errorf("a shell reads %q as %q", o.command(), got)
		}
		if got := desktopKeys(file)["TryExec"]; got != o.Program {
			t.Errorf("TryExec %q comes back as %q", o.Program, got)
		}
	}
}

// byShell is a line of quoted words as a shell takes it apart.
func byShell(t *testing.T, line string) []string {
	t.Helper()
	out, err := exec.Command("/bin/sh", "-c", `printf '%s\0' `+line).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
}

func FuzzDesktopFileComesBack(f *testing.F) {
	for _, argument := range awkward() {
		f.Add(argument)
	}
	f.Fuzz(func(t *testing.T, argument string) {
		o := kontent(argument)
		if o.check() == nil && !desktopEnabled(desktopFile(o), o) {
			t.Errorf("%q does not come back", argument)
		}
	})
}

func TestDesktopEnabled(t *testing.T) {
	t.Parallel()
	ours := desktopFile(kontent("agent"))
	for name, tc := range map[string]struct {
		file string
		want bool
	}{
		"what we wrote":                        {ours, true},
		"with the line ends of another system": {strings.ReplaceAll(ours, "\n", "\r\n"), true},
		"with blanks, comments, translations":  {"# mine\n" + strings.Replace(ours, "\nExec=", "\nExec[pt]=other\n\n#Hidden=true\nExec = ", 1), true},
		"with another group after it":          {ours + "[Desktop Action x]\nExec=other\nHidden=true\n", true},
		"without quotes that are not needed":   {strings.ReplaceAll(ours, `"agent"`, `agent`), true},
		"hidden by the person":                 {ours + "Hidden=true\n", false},
		"switched off by GNOME":                {strings.ReplaceAll(ours, "enabled=true", "enabled=false"), false},
		"kept to one desktop":                  {ours + "OnlyShowIn=KDE;\n", false},
		"for a program that has moved":         {strings.ReplaceAll(ours, "/opt/", "/usr/local/"), false},
		"with another argument":                {strings.ReplaceAll(ours, `"agent"`, `"agent" "--demo"`), false},
		"with a field code":                    {strings.ReplaceAll(ours, `"agent"`, `agent %u`), false},
		"cut within the quotes":                {strings.ReplaceAll(ours, `"agent"`, `"agent`), false},
		"empty":                                {"", false},
		"something else":                       {"\x00\xff[[=\n=", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := desktopEnabled(tc.file, kontent("agent")); got != tc.want {
				t.Errorf("%v for\n%s", got, tc.file)
			}
		})
	}
}

func TestRunValue(t *testing.T) {
	t.Parallel()
	o := kontent("agent", "--data-dir", `D:\my data\`)
	o.Program = `C:\Program Files\Kontent\kontent.exe`
	if got, want := runValue(o), `"C:\Program Files\Kontent\kontent.exe" agent --data-dir "D:\my data\\"`; got != want {
		t.Errorf("%s", got)
	}
	for _, argument := range awkward() {
		o := kontent(argument, "last")
		o.Program = `C:\Program Files\x y\kontent.exe`
		if got := byWindows(runValue(o)); !slices.Equal(got, o.command()) {
			t.Errorf("%q comes back as %q", o.command(), got)
		}
	}
	if err := checkRunValue(strings.Repeat("ã", runLimit)); err != nil {
		t.Error(err)
	}
	if err := checkRunValue(strings.Repeat("ã", runLimit+1)); !errors.Is(err, errTooLong) {
		t.Error(err)
	}
}

// byWindows takes a command line apart as Microsoft documents for C programs:
// the first word ends at its quote; in the others 2n backslashes before a
// quote are n and the quote counts, 2n+1 are n and a quote of the text.
func byWindows(line string) []string {
	program, rest, _ := strings.Cut(line[1:], `"`)
	words := []string{program}
	for rest = strings.TrimLeft(rest, " \t"); rest != ""; rest = strings.TrimLeft(rest, " \t") {
		var word strings.Builder
		within := false
		for rest != "" && (within || !strings.ContainsRune(" \t", rune(rest[0]))) {
			n := len(rest) - len(strings.TrimLeft(rest, `\`))
			rest = rest[n:]
			switch {
			case n > 0 && !strings.HasPrefix(rest, `"`):
				word.WriteString(strings.Repeat(`\`, n))
			case strings.HasPrefix(rest, `"`):
				word.WriteString(strings.Repeat(`\`, n/2))
				if n%2 == 1 {
					word.WriteByte('"')
				} else {
					within = !within
				}
				rest = rest[1:]
			default:
				word.WriteByte(rest[0])
				rest = rest[1:]
			}
		}
		words = append(words, word.String())
	}
	return words
}

func TestApproved(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		remembered []byte
		want       bool
	}{
		"never touched":                {nil, true},
		"switched on":                  {[]byte{2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, true},
		"switched on in settings":      {[]byte{6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, true},
		"switched off":                 {[]byte{3, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}, false},
		"switched off in settings":     {[]byte{7, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8}, false},
		"switched off, without a date": {[]byte{1}, false},
	} {
		if got := approved(tc.remembered); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestLaunchAgent(t *testing.T) {
	t.Parallel()
	ours := launchAgent(kontent("agent", "<&>"))
	for _, want := range []string{
		"<key>Label</key>\n\t<string>com.kontent.kontent-connect</string>",
		"<string>/opt/Kontent Connect/kontent</string>\n\t\t<string>agent</string>\n\t\t<string>&lt;&amp;&gt;</string>",
		"<key>RunAtLoad</key>\n\t<true/>",
	} {
		if !strings.Contains(ours, want) {
			t.Errorf("%s is not in\n%s", want, ours)
		}
	}
	if err := xml.Unmarshal([]byte(ours), new(struct{ XMLName xml.Name })); err != nil {
		t.Error(err)
	}
	for _, argument := range awkward() {
		if o := kontent(argument, "last"); !launchAgentEnabled(launchAgent(o), o) {
			t.Errorf("%q does not come back", argument)
		}
	}
}

func TestLaunchAgentEnabled(t *testing.T) {
	t.Parallel()
	ours := launchAgent(kontent("agent"))
	for name, tc := range map[string]struct {
		file string
		want bool
	}{
		"what we wrote":                {ours, true},
		"switched off":                 {strings.Replace(ours, "<dict>", "<dict><key>Disabled</key><true/>", 1), false},
		"not run at login":             {strings.Replace(ours, "<true/>", "<false/>", 1), false},
		"for a program that has moved": {strings.Replace(ours, "/opt/", "/Applications/", 1), false},
		"cut short":                    {ours[:len(ours)/2], false},
		"empty":                        {"", false},
	} {
		if got := launchAgentEnabled(tc.file, kontent("agent")); got != tc.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
