package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

// ask lets a person at a terminal choose from a numbered list. It is plain
// lines of text: a screen reader reads them, and no terminal is too simple.
func (s *session) ask(ctx context.Context, a view.Attempt) (remoteIDs []string, save bool, err error) {
	open := s.number(a)
	s.declined(a)
	if len(open) == 0 {
		s.note("%s", s.say("nothing_chosen"))
		return nil, false, nil
	}
	typed := lines(s.In)
	for {
		_, _ = fmt.Fprint(s.Err, s.say("choose"))
		line, err := typed(ctx)
		if err != nil {
			s.note("")
			return nil, false, err
		}
		picked, wrong := pick(line, len(open))
		switch {
		case wrong != "":
			s.note("%s", s.say("choose_again", "part", wrong))
			continue
		case len(picked) == 0:
			s.note("%s", s.say("nothing_chosen"))
			return nil, false, nil
		}
		for _, i := range picked {
			remoteIDs = append(remoteIDs, open[i])
		}
		return remoteIDs, true, nil
	}
}

// number writes the candidates, a number before each that can be chosen, and
// returns their remote ids in that order.
func (s *session) number(a view.Attempt) (open []string) {
	for _, c := range a.Candidates {
		mark := "    "
		if c.Usable && !c.Connected {
			open = append(open, c.RemoteID)
			mark = fmt.Sprintf("%3d ", len(open))
		}
		s.note("%s", cut(mark+c.Name+" ("+s.texts.Get("kind."+string(c.Kind), nil)+")", askWidth))
		if remark := s.remark(c); remark != "" {
			s.note("      %s", remark)
		}
	}
	if !a.Complete {
		s.note("%s", s.say("list_incomplete"))
	}
	return open
}

// askWidth is how wide the narrowest usual terminal is.
const askWidth = 80

// pick reads "1,3-5", "all" or nothing, of n lines that count from 1, and
// returns places that count from 0; wrong is the part that is none of these.
func pick(line string, n int) (picked []int, wrong string) {
	if strings.EqualFold(strings.TrimSpace(line), "all") {
		line = "1-" + strconv.Itoa(n)
	}
	for _, part := range strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ' ' }) {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		first, err := strconv.Atoi(from)
		last, lastErr := strconv.Atoi(to)
		if errors.Join(err, lastErr) != nil || first < 1 || last > n || first > last {
			return nil, part
		}
		for i := first; i <= last; i++ {
			picked = append(picked, i-1)
		}
	}
	return picked, ""
}

// lines returns what reads the next line, or ends with ctx: a terminal that
// nobody types into cannot be interrupted in its reading, so that is left to a
// goroutine which ends with the process.
func lines(in io.Reader) func(context.Context) (string, error) {
	reader := bufio.NewReader(in)
	type read struct {
		line string
		err  error
	}
	return func(ctx context.Context) (string, error) {
		next := make(chan read, 1)
		go func() {
			line, err := reader.ReadString('\n')
			next <- read{strings.TrimSpace(line), err}
		}()
		select {
		case <-ctx.Done():
			return "", problem.New(problem.SignInCancelled, ctx.Err())
		case r := <-next:
			if errors.Is(r.err, io.EOF) {
				return r.line, nil // a line without its end, or nothing
			}
			return r.line, r.err
		}
	}
}
