package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
	"github.com/kontent/kontent-connect/backend/view/viewtest"
)

// TestThePageMayCallOnlyThis guards the boundary: every exported method of App
// is callable by whatever script runs in the page (style of Wails, pitfall 5).
// No type that goes in or out can hold a secret.
//
// Covers S2, W5, W6.
func TestThePageMayCallOnlyThis(t *testing.T) {
	t.Parallel()
	want := []string{
		"AddProject", "AskBeforeClosing", "Attempt", "Cancel", "Changes", "Check", "CloseWindow", "Connect", "Diagnose", "Disconnect",
		"Former", "History", "OpenBrowser", "OpenDemo", "OpenPage", "PasteAddress", "PauseNotices", "RemoveApp", "RemoveProject",
		"RenameProject", "SaveHistory", "SaveReport", "Select", "SetApp", "SetPreferences", "SetStartAtLogin", "Snooze", "TestApp", "TestNotice",
	}
	app := reflect.TypeFor[*App]()
	var got []string
	for method := range app.Methods() {
		got = append(got, method.Name)
		results := method.Type.NumOut()
		if results == 0 || results > 2 || method.Type.Out(results-1) != reflect.TypeFor[error]() {
			t.Errorf("%s must return at most two results, the last an error", method.Name)
		}
		for i := 1; i < method.Type.NumIn(); i++ {
			if method.Type.In(i) == reflect.TypeFor[context.Context]() {
				t.Errorf("%s takes a context, which the page would have to pass", method.Name)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, fault := range viewtest.Methods(app) {
		t.Error(fault)
	}
}

// Covers S3, G20.
func TestProblemsReachThePageAsJSONText(t *testing.T) {
	t.Parallel()
	err := problem.New(problem.PortsBusy, errors.New("address in use")).With("ports", "17653")
	text, ok := formatError(err).(string)
	if !ok {
		t.Fatal("an object would arrive as [object Object]")
	}
	var got view.Problem
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(view.Problem{Code: "ports_busy", Args: map[string]string{"ports": "17653"}}, got); diff != "" {
		t.Error(diff)
	}
	if strings.Contains(text, "address in use") {
		t.Error("what is for the log has crossed to the page")
	}
}

func TestEverythingComesWithThePolicy(t *testing.T) {
	t.Parallel()
	answer := httptest.NewRecorder()
	anything := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "none", http.StatusNotFound) })
	withHeaders(anything).ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/snapshot", nil))
	h := answer.Result().Header
	if h.Get("Content-Security-Policy") != policy || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("it comes with %v", h)
	}
}
