// Package viewtest says which types may cross to a face, for the tests of all
// that makes something cross.
package viewtest

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// Methods returns what is wrong with the arguments and results of all methods of
// a type that can be called from outside. Contexts and functions go in only, and
// one error comes out last.
func Methods(t reflect.Type) []string {
	var faults []string
	for method := range t.Methods() {
		for i := range method.Type.NumIn() {
			if in := method.Type.In(i); in != t && in != reflect.TypeFor[context.Context]() && in.Kind() != reflect.Func {
				faults = append(faults, named(method.Name, Faults(in))...)
			}
		}
		last := method.Type.NumOut() - 1
		if last < 0 || method.Type.Out(last) != reflect.TypeFor[error]() {
			faults = append(faults, method.Name+" does not end with an error")
			continue
		}
		for i := range last {
			faults = append(faults, named(method.Name, Faults(method.Type.Out(i)))...)
		}
	}
	return faults
}

func named(method string, faults []string) []string {
	for i := range faults {
		faults[i] = fmt.Sprintf("%s: %s", method, faults[i])
	}
	return faults
}

// Faults returns what is wrong with a type and everything below it: what could
// hold a secret, or would cross as something else than it is.
func Faults(t reflect.Type) []string { return walk(t, t.Name(), map[reflect.Type]bool{}) }

var snakeCase = regexp.MustCompile(`^[a-z]+(_[a-z]+)*$`)

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
		if field.Anonymous && name == "" { // its fields cross as if they were t's own
			faults = append(faults, walk(field.Type, path, seen)...)
			continue
		}
		if !field.IsExported() || !snakeCase.MatchString(name) {
			faults = append(faults, path+"."+field.Name+" crosses as "+name)
		}
		faults = append(faults, walk(field.Type, path+"."+field.Name, seen)...)
	}
	return faults
}
