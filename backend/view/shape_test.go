package view_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
	"github.com/kontent/kontent-connect/backend/view"
)

// crossing lists the shapes that cross to the window, the socket or --json.
func crossing() []reflect.Type {
	return []reflect.Type{
		reflect.TypeFor[view.Snapshot](), reflect.TypeFor[view.Attempt](), reflect.TypeFor[view.CheckResult](),
		reflect.TypeFor[view.DisconnectResult](), reflect.TypeFor[view.HistoryEntry](), reflect.TypeFor[view.Event](),
		reflect.TypeFor[view.ConnectRequest](), reflect.TypeFor[view.AppSettings](),
		reflect.TypeFor[view.Picture](),
		reflect.TypeFor[view.HistoryExport](), reflect.TypeFor[view.Diagnosis](), reflect.TypeFor[view.DiagnosisRequest](),
	}
}

var snakeCase = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

// TestShapes walks every type that can cross. What is not plain would reach
// the page as "any" (time.Time), as a number array ([]byte), or as a secret.
func TestShapes(t *testing.T) {
	t.Parallel()
	for _, shape := range crossing() {
		t.Run(shape.Name(), func(t *testing.T) {
			t.Parallel()
			for _, fault := range walk(shape, shape.Name(), map[reflect.Type]bool{}) {
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
		if faults := walk(reflect.TypeOf(shape), "x", map[reflect.Type]bool{}); len(faults) == 0 {
			t.Errorf("the walk overlooks %s", name)
		}
	}
}

// walk returns what is wrong with t and everything below it.
func walk(t reflect.Type, path string, seen map[reflect.Type]bool) []string {
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64:
		return nil
	case reflect.Pointer:
		return walk(t.Elem(), path, seen)
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return []string{path + " holds bytes"}
		}
		return walk(t.Elem(), path+"[]", seen)
	case reflect.Map:
		if t != reflect.TypeFor[map[string]string]() {
			return []string{path + " is a " + t.String()}
		}
		return nil
	case reflect.Struct:
	default:
		return []string{path + " is a " + t.String()}
	}
	if seen[t] {
		return nil
	}
	seen[t] = true
	var faults []string
	if !strings.HasSuffix(t.PkgPath(), "backend/view") && t.Name() != "" {
		faults = append(faults, path+" is a "+t.String()+", which is not of package view")
	}
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if !field.IsExported() || !snakeCase.MatchString(name) {
			faults = append(faults, path+"."+field.Name+" crosses as "+name)
		}
		faults = append(faults, walk(field.Type, path+"."+field.Name, seen)...)
	}
	return faults
}

// TestSecretsOnlyEnter: a secret may go in with the settings of a provider app
// or a pasted token, and has no place in anything that comes out (design.md 3).
func TestSecretsOnlyEnter(t *testing.T) {
	t.Parallel()
	harmless := map[string]bool{"has_secret": true, "allow_token": true}
	for _, shape := range crossing() {
		if shape == reflect.TypeFor[view.AppSettings]() || shape == reflect.TypeFor[view.ConnectRequest]() {
			continue
		}
		for _, name := range names(shape, map[reflect.Type]bool{}) {
			// The clock of the token is a date, not a token.
			if name == "token" && shape == reflect.TypeFor[view.Snapshot]() {
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
