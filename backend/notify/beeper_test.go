package notify

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// Covers W9, GR08.
func TestNothingThatBeeepsProgramsInterpretIsHandedToThem(t *testing.T) {
	t.Parallel()
	var title, body string
	b := newBeeper(Options{})
	b.beep = func(handedTitle, handedBody string) error {
		title, body = handedTitle, handedBody
		return nil
	}
	err := b.show(t.Context(), Message{Title: "--help", Body: "<b>C&A</b>"})
	if err != nil || title != "help" || body != "‹b›C+A‹/b›" {
		t.Errorf("%v: title %q, body %q", err, title, body)
	}
}

func TestAProgramThatHangsCostsItsOwnMessageAndNoOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hanging := make(chan struct{})
		b := newBeeper(Options{})
		b.beep = func(title, _ string) error {
			if title == "hangs" {
				<-hanging
			}
			return nil
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.show(ctx, Message{Title: "hangs"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		time.AfterFunc(time.Second, func() { close(hanging) })
		if err := b.show(t.Context(), Message{Title: "waits for its turn"}); err != nil {
			t.Error(err)
		}
		if err := b.close(); err != nil {
			t.Error(err)
		}
	})
}

func TestAProgramThatNeverEndsDoesNotKeepUsFromEnding(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		forever := make(chan struct{})
		defer close(forever)
		b := newBeeper(Options{})
		b.beep = func(string, string) error { <-forever; return nil }
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_ = b.show(ctx, Message{})
		if err := b.close(); err == nil {
			t.Error("close says that all is over")
		}
	})
}
