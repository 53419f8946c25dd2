package view_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
	"github.com/kontent/kontent-connect/backend/view/viewtest"
)

// crossing lists the shapes that cross to the window, the socket or --json.
func crossing() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[view.Snapshot](), reflect.TypeFor[view.Changes](), reflect.TypeFor[view.Former](), reflect.TypeFor[view.Attempt](), reflect.TypeFor[view.CheckResult](),
		reflect.TypeFor[view.DisconnectResult](), reflect.TypeFor[view.HistoryEntry](), reflect.TypeFor[view.Event](),
		reflect.TypeFor[view.ConnectRequest](), reflect.TypeFor[view.AppSettings](),
		reflect.TypeFor[view.Picture](), reflect.TypeFor[view.Configuration](), reflect.TypeFor[view.ImportResult](),
		reflect.TypeFor[view.HistoryExport](), reflect.TypeFor[view.Diagnosis](), reflect.TypeFor[view.DiagnosisRequest](),
	}
}

// TestShapes walks every type that can cross. What is not plain would reach
// the page as "any" (time.Time), as a number array ([]byte), or as a secret.
//
// Covers S2, W6.
func TestShapes(t *testing.T) {
	t.Parallel()
	for _, shape := range crossing() {
		t.Run(shape.Name(), func(t *testing.T) {
			t.Parallel()
			for _, fault := range viewtest.Faults(shape) {
				t.Error(fault)
			}
		})
	}
}

// TestShapesCatch holds that the walk would find each of the faults that it is
// there for.
func TestShapesCatch(t *testing.T) {
	t.Parallel()
	for name, shape := range map[string]any{
		"a secret": struct {
			S social.Secret `json:"s"`
		}{},
		"bytes": struct {
			B []byte `json:"b"`
		}{},
		"any": struct {
			A any `json:"a"`
		}{},
		"a function": struct {
			F func() `json:"f"`
		}{},
		"a type of time": struct {
			C social.Clock `json:"c"`
		}{},
		"a map of numbers": struct {
			M map[string]int `json:"m"`
		}{},
		"a fraction": struct {
			F float64 `json:"f"`
		}{},
		"a field without name": struct{ Name string }{},
		"a name in camelCase": struct {
			ID string `json:"remoteID"`
		}{},
		"a hidden field": struct {
			ID string `json:"-"`
		}{},
		"one below a list": struct {
			L []*struct {
				A any `json:"a"`
			} `json:"l"`
		}{},
		"one not exported": struct{ id string }{},
	} {
		if faults := viewtest.Faults(reflect.TypeOf(shape)); len(faults) == 0 {
			t.Errorf("the walk overlooks %s", name)
		}
	}
}

// TestSecretsOnlyEnter: a secret may go in with the settings of a provider app
// or a pasted token, and has no place in anything that comes out (design.md 3).
//
// Covers S2.
func TestSecretsOnlyEnter(t *testing.T) {
	t.Parallel()
	harmless := map[string]bool{"has_secret": true, "allow_token": true}
	clocked := map[reflect.Type]bool{
		reflect.TypeFor[view.Snapshot](): true, reflect.TypeFor[view.Changes](): true, reflect.TypeFor[view.Former](): true,
	}
	for _, shape := range crossing() {
		if shape == reflect.TypeFor[view.AppSettings]() || shape == reflect.TypeFor[view.ConnectRequest]() {
			continue
		}
		for _, name := range names(shape, map[reflect.Type]bool{}) {
			// The clock of the token is a date, not a token.
			if name == "token" && clocked[shape] {
				continue
			}
			if !harmless[name] && strings.Contains(name, "secret") || !harmless[name] && strings.Contains(name, "token") || strings.Contains(name, "verifier") {
				t.Errorf("%s has a field %s", shape.Name(), name)
			}
		}
	}
	if !strings.Contains(strings.Join(names(reflect.TypeFor[view.AppSettings](), map[reflect.Type]bool{}), " "), "client_secret") {
		t.Error("the settings of a provider app take no secret")
	}
}

func names(t reflect.Type, seen map[reflect.Type]bool) []string {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return nil
	}
	seen[t] = true
	var found []string
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		found = append(append(found, name), names(field.Type, seen)...)
	}
	return found
}
