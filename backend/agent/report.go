package agent

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/kontent/kontent-connect/backend/logging"
	"github.com/kontent/kontent-connect/backend/text"
	"github.com/kontent/kontent-connect/backend/view"
)

// report writes findings and the state of the logins as a text that its reader
// can pass on. It is put together from what names nobody: codes, dates,
// counts. What slips in all the same is taken out at the end.
func (a *Agent) report(ctx context.Context, findings []view.Finding) (view.Document, error) {
	texts, err := a.chosenTexts(ctx)
	if err != nil {
		return view.Document{}, err
	}
	snapshot, err := a.Snapshot(ctx)
	if err != nil {
		return view.Document{}, err
	}
	lines := []string{
		texts.Get("report.title", nil), texts.Get("report.intro", nil), "",
		texts.Get("report.made", map[string]string{"at": view.Time(a.now())}), "",
	}
	for _, f := range findings {
		lines = append(lines, findingLines(texts, f)...)
	}
	lines = append(lines, "", texts.Get("report.logins", nil))
	lines = append(lines, loginLines(snapshot)...)
	home, _ := os.UserHomeDir() // without one there is nothing to leave out
	for i, line := range lines {
		lines[i] = anonymous(line, home, namesIn(snapshot))
	}
	name := "kontent-" + texts.Get("file.report", nil) + "-" + a.now().Format("2006-01-02") + ".txt"
	return view.Document{Name: name, Body: strings.Join(lines, "\n") + "\n"}, nil
}

func findingLines(texts *text.Texts, f view.Finding) []string {
	said, cure := texts.Finding(string(f.Check), f.Code, f.Args)
	title := texts.Get("doctor."+string(f.Check), nil)
	lines := []string{fmt.Sprintf("[%s] %s: %s (%s, %d ms)", texts.Get("doctor.state."+string(f.State), nil), title, said, f.Code, f.TookMS)}
	if f.State != view.FindingOK && cure != "" {
		lines = append(lines, "    "+cure)
	}
	return lines
}

// loginLines describes each login by what can end or limit it.
func loginLines(s view.Snapshot) []string {
	lines := []string{}
	for _, g := range s.Grants {
		scopes := make([]string, 0, len(g.Granted))
		for _, scope := range g.Granted {
			scopes = append(scopes, string(scope))
		}
		lines = append(lines, fmt.Sprintf("- %s %s: %s %s; checked %s, good %s, ends %s",
			g.Provider, short(string(g.ID)), g.Health, g.Cause, or(g.CheckedAt), or(g.GoodAt), or(g.EndsAt)),
			"    "+strings.Join(scopes, " "))
		for _, a := range s.Accounts {
			if a.GrantID == g.ID {
				lines = append(lines, fmt.Sprintf("    %s %s: %s %s", a.Kind, short(string(a.ID)), a.Health, a.Cause))
			}
		}
	}
	if len(lines) == 0 {
		return []string{"–"}
	}
	return lines
}

func or(at string) string {
	if at == "" {
		return "–"
	}
	return at
}

// shortID is how much of an id is shown: enough to tell two apart.
const shortID = 4

func short(id string) string {
	if len(id) <= shortID {
		return id
	}
	return id[:shortID] + "…"
}

// namesIn lists what names somebody or something of theirs.
func namesIn(s view.Snapshot) []string {
	var names []string
	for _, p := range s.Projects {
		names = append(names, p.Name)
	}
	for _, app := range s.Apps {
		names = append(names, app.ClientID, app.LoginConfig, app.RelayURL)
	}
	for _, g := range s.Grants {
		names = append(names, g.SubjectName, g.SubjectID, string(g.ID))
	}
	for _, a := range s.Accounts {
		names = append(names, a.Name, a.Username, a.RemoteID, a.Detail, string(a.ID))
	}
	return names
}

// leastName is the shortest name that is looked for: shorter ones are parts of
// ordinary words.
const leastName = 4

// anonymous takes out of a line what should not be in it.
func anonymous(line, home string, names []string) string {
	line = logging.Redact(line)
	if len(home) > 1 {
		line = strings.ReplaceAll(line, home, "~")
	}
	for _, name := range names {
		if len(name) >= leastName && strings.Contains(line, name) {
			line = strings.ReplaceAll(line, name, "[…]")
		}
	}
	line = regexp.MustCompile(`(https?://[^\s?#]+)[?#]\S*`).ReplaceAllString(line, "$1")
	return regexp.MustCompile(`\d{6,}`).ReplaceAllStringFunc(line, short)
}
