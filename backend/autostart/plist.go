package autostart

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// launchAgent is the property list for macOS. The agent is started at login
// and not again when it ends: whoever quits it means it.
func launchAgent(o Options) string {
	var b strings.Builder
	b.WriteString(xml.Header + `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>Label</key>
	<string>` + escapeXML(label(o)) + `</string>
	<key>ProgramArguments</key>
	<array>
`)
	for _, argument := range o.command() {
		b.WriteString("\t\t<string>" + escapeXML(argument) + "</string>\n")
	}
	b.WriteString(`	</array>
	<key>RunAtLoad</key>
	<true/>
	<key>ProcessType</key>
	<string>Background</string>
</dict>
</plist>
`)
	return b.String()
}

// label names the agent in the way of macOS; the file is called after it.
func label(o Options) string { return "com.kontent." + o.ID }

func escapeXML(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a builder takes everything
	return b.String()
}

// launchAgentEnabled reports whether a property list starts o at login.
func launchAgentEnabled(file string, o Options) bool {
	run, command, err := readLaunchAgent(file)
	return err == nil && run && slices.Equal(command, o.command())
}

// readLaunchAgent reads a property list as far as it concerns us: whether it
// runs at login, and what. Disabled is the older way to switch one off.
func readLaunchAgent(file string) (run bool, command []string, err error) {
	var key, text string
	disabled := false
	for decoder := xml.NewDecoder(strings.NewReader(file)); ; {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF):
			return run && !disabled, command, nil
		case err != nil:
			return false, nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			text = ""
		case xml.CharData:
			text += string(token)
		case xml.EndElement:
			switch token.Name.Local {
			case "key":
				key = text
			case "true":
				run, disabled = run || key == "RunAtLoad", disabled || key == "Disabled"
			case "string":
				if key == "ProgramArguments" {
					command = append(command, text)
				}
			}
		}
	}
}
