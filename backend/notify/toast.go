package notify

import (
	"encoding/xml"
	"fmt"
)

// toast is the part of Windows' toast schema that we use. It is written here,
// not by the library's template, which puts texts between CDATA marks and
// attributes as they are (security.md 3.2).
type toast struct {
	XMLName        xml.Name      `xml:"toast"`
	ActivationType string        `xml:"activationType,attr"`
	Launch         string        `xml:"launch,attr"`
	Scenario       string        `xml:"scenario,attr,omitempty"`
	Binding        toastBinding  `xml:"visual>binding"`
	Actions        *toastActions `xml:"actions"`
	Audio          *toastAudio   `xml:"audio"`
}

type toastBinding struct {
	Template string   `xml:"template,attr"`
	Texts    []string `xml:"text"`
}

type toastActions struct {
	Actions []toastAction `xml:"action"`
}

type toastAction struct {
	ActivationType string `xml:"activationType,attr"`
	Content        string `xml:"content,attr"`
	Arguments      string `xml:"arguments,attr"`
}

type toastAudio struct {
	Silent bool `xml:"silent,attr"`
}

const (
	// inProgram has the click told to this process.
	inProgram = "foreground"
	// untilHandled keeps a toast on the screen. Windows does so only for toasts
	// that have a button.
	untilHandled = "reminder"
	// mostButtons is Windows' limit. A toast with more is not shown.
	mostButtons = 5
)

// toastOf writes a message as a toast.
func toastOf(m Message) (string, error) {
	t := toast{
		ActivationType: inProgram,
		Launch:         activation(Response{Key: m.Key}),
		Binding:        toastBinding{Template: "ToastGeneric", Texts: []string{m.Title, m.Body}},
	}
	if buttons := m.Buttons[:min(len(m.Buttons), mostButtons)]; len(buttons) > 0 {
		t.Actions = &toastActions{}
		for _, b := range buttons {
			t.Actions.Actions = append(t.Actions.Actions, toastAction{inProgram, b.Label, activation(Response{m.Key, b.ID})})
		}
		if m.Urgent {
			t.Scenario = untilHandled
		}
	}
	if m.Quiet {
		t.Audio = &toastAudio{Silent: true}
	}
	text, err := xml.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("write toast: %w", err)
	}
	return string(text), nil
}
