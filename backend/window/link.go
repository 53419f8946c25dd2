package window

import (
	"errors"
	"sync"
	"time"

	"github.com/kontent/kontent-connect/backend/control"
	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/view"
)

const (
	// relink is how long the window waits before it looks for a lost agent
	// again, and relinkSlow for one that said why it cannot be: a person has
	// to do something first.
	relink     = 500 * time.Millisecond
	relinkSlow = 5 * time.Second
)

// errQuit ends the following of an agent that ends.
var errQuit = errors.New("the admin quits")

// follow keeps the window linked to an agent for as long as it is open: it
// survives the agent's restart, and says plainly when none can be started. An
// agent that was told to end is not started again: the window ends with it.
func (w *Window) follow() {
	w.preparing.Wait()
	var fetch sync.Once
	for quit := false; w.ctx.Err() == nil; {
		err := control.Ensure(w.ctx, w.Client, w.Start)
		if err == nil {
			w.framework.Emit(eventAgent, agentState{Connected: true})
			first := true
			err = w.Client.Events(w.ctx, view.FaceWindow, func(e view.Event) error {
				if first {
					// It says how things stand, for which the page asks. From now on the agent
					// knows of a window, and keeps what it reads for it: fetched sooner, it
					// would be read twice.
					first = false
					fetch.Do(func() { w.running.Go(func() { w.fetchAhead(nil) }) })
					return nil
				}
				if quit = e.Quit; quit {
					return errQuit
				}
				w.tell(e)
				return nil
			})
		}
		fetch.Do(func() { w.running.Go(func() { w.fetchAhead(err) }) })
		switch {
		case w.ctx.Err() != nil:
			return
		case quit:
			w.Leave() // nothing is left to be asked before it
			return
		}
		w.Log.Info("lost the agent", "err", err)
		state, pause := agentState{}, relink
		if problem.CodeOf(err) != problem.AgentUnreachable {
			state.Problem, pause = view.ProblemFrom(err), relinkSlow
		}
		w.framework.Emit(eventAgent, state)
		select {
		case <-w.ctx.Done():
		case <-time.After(pause):
		}
	}
}
