package view_test

import (
	"encoding/json"
	"reflect"
	"regexp"
	"testing"

	"github.com/kontent/kontent-connect/backend/view"
)

// TestEnums holds what the window framework's generator asks of an
// enumeration: a slice of structs with Value and TSName, the name an
// identifier and unique, and the value itself on the wire.
func TestEnums(t *testing.T) {
	t.Parallel()
	identifier := regexp.MustCompile(`^[A-Z][A-Za-z0-9]*$`)
	types := map[reflect.Type]bool{}
	for _, enum := range view.Enums() {
		members := reflect.ValueOf(enum)
		if members.Len() == 0 {
			t.Errorf("%T has no member", enum)
			continue
		}
		of := members.Index(0).FieldByName("Value").Type()
		if types[of] {
			t.Errorf("%s is listed twice", of)
		}
		types[of] = true
		values, names := map[string]bool{}, map[string]bool{}
		for i := range members.Len() {
			value, name := members.Index(i).FieldByName("Value"), members.Index(i).FieldByName("TSName").String()
			if !identifier.MatchString(name) || names[name] {
				t.Errorf("%s: %q is no identifier of its own", of, name)
			}
			if value.String() == "" || values[value.String()] {
				t.Errorf("%s: %q is no value of its own", of, value)
			}
			names[name], values[value.String()] = true, true
			if got := throughJSON(t, value); got != value.Interface() {
				t.Errorf("%s: %q comes back as %q", of, value, got)
			}
		}
	}
	// Every named text that crosses and is not an id or a scope is one of a
	// known few, and its type must be generated.
	free := regexp.MustCompile(`ID$|^Scope$`)
	for named := range namedTexts(crossing()) {
		if !types[named] && !free.MatchString(named.Name()) {
			t.Errorf("%s crosses, but Enums does not list it", named)
		}
	}
}

func throughJSON(t *testing.T, value reflect.Value) any {
	t.Helper()
	body, err := json.Marshal(value.Interface())
	if err != nil {
		t.Fatal(err)
	}
	back := reflect.New(value.Type())
	if err := json.Unmarshal(body, back.Interface()); err != nil {
		t.Fatal(err)
	}
	return back.Elem().Interface()
}

// namedTexts collects the string types of the domain below the given types.
func namedTexts(types []reflect.Type) map[reflect.Type]bool {
	found, seen := map[reflect.Type]bool{}, map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(t reflect.Type) {
		switch t.Kind() { //nolint:exhaustive // the rest holds no text
		case reflect.Pointer, reflect.Slice:
			visit(t.Elem())
		case reflect.String:
			if t.PkgPath() != "" {
				found[t] = true
			}
		case reflect.Struct:
			if seen[t] {
				return
			}
			seen[t] = true
			for field := range t.Fields() {
				visit(field.Type)
			}
		}
	}
	for _, t := range types {
		visit(t)
	}
	return found
}
