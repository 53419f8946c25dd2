package autostart

import (
	"slices"
	"strings"
)

// desktopFile is the entry for an XDG desktop. The program has no window, so
// that nothing waits for one to appear.
func desktopFile(o Options) string {
	return strings.Join([]string{
		"[Desktop Entry]",
		"Type=Application",
		"Version=1.5",
		"Name=" + escapeValue(o.Name),
		"Exec=" + escapeValue(execLine(o)),
		"TryExec=" + escapeValue(o.Program), // gone when the program is
		"Icon=" + escapeValue(o.ID),
		"Terminal=false",
		"StartupNotify=false",
		"NoDisplay=true", // not in the menu of programs
		"X-GNOME-Autostart-enabled=true",
		"",
	}, "\n")
}

// execLine quotes every argument, for the rules of quoting are simpler than
// those of when it may be left out. It comes before escapeValue, which doubles
// the backslashes again.
func execLine(o Options) string {
	var quoted []string
	for _, argument := range o.command() {
		quoted = append(quoted, `"`+strings.NewReplacer(
			`"`, `\"`, "`", "\\`", `$`, `\$`, `\`, `\\`,
			`%`, `%%`, // or it begins a field code
		).Replace(argument)+`"`)
	}
	return strings.Join(quoted, " ")
}

func (o Options) command() []string { return append([]string{o.Program}, o.Args...) }

// escapeValue writes text as a value of type string.
func escapeValue(text string) string {
	text = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\t", `\t`, "\r", `\r`).Replace(text)
	if rest := strings.TrimLeft(text, " "); rest != text {
		return strings.Repeat(`\s`, len(text)-len(rest)) + rest // or a reader drops them
	}
	return text
}

// desktopEnabled reports whether a desktop would start o by this file. A
// desktop switches an entry off by Hidden or by its own key; one that is shown
// in some desktops only was not written by us.
func desktopEnabled(file string, o Options) bool {
	keys := desktopKeys(file)
	for _, key := range []string{"OnlyShowIn", "NotShowIn"} {
		if _, there := keys[key]; there {
			return false
		}
	}
	return keys["Type"] == "Application" && keys["Hidden"] != "true" && keys["X-GNOME-Autostart-enabled"] != "false" &&
		slices.Equal(splitExec(keys["Exec"]), o.command())
}

// desktopKeys reads the keys of the main group, unescaped. Translations of a
// key are keys of their own.
func desktopKeys(file string) map[string]string {
	keys, within := map[string]string{}, false
	for line := range strings.Lines(file) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "[") {
			within = line == "[Desktop Entry]"
			continue
		}
		key, value, found := strings.Cut(line, "=")
		if key = strings.TrimRight(key, " \t"); within && found && !strings.HasPrefix(key, "#") {
			keys[key] = unescapeValue(strings.TrimLeft(value, " \t"))
		}
	}
	return keys
}

func unescapeValue(value string) string {
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t", `\r`, "\r", `\s`, " ").Replace(value)
}

// splitExec takes an Exec line apart as a desktop does: quotes, then field
// codes. A code in it other than a percent sign means a line that is not ours,
// and nothing is returned.
func splitExec(line string) []string {
	var arguments []string
	var argument strings.Builder
	begun, quoted := false, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			begun, quoted = true, !quoted
		case c == ' ' && !quoted:
			if begun {
				arguments = append(arguments, argument.String())
			}
			argument.Reset()
			begun = false
		case c == '\\' && quoted && i+1 < len(line):
			i++
			argument.WriteByte(line[i])
		case c == '%':
			if i++; i == len(line) || line[i] != '%' {
				return nil
			}
			argument.WriteByte('%')
			begun = true
		default:
			argument.WriteByte(c)
			begun = true
		}
	}
	if quoted {
		return nil
	}
	if begun {
		arguments = append(arguments, argument.String())
	}
	return arguments
}
