package main

import (
	"context"
	"time"
)

// starts opens the windows in turn, so that what the machine does meanwhile
// hits all of them.
func (s stand) starts(ctx context.Context, o options, r *report) error {
	const few, cold, many = 100, 101, 10_000
	for _, accounts := range []int{few, cold, many} {
		if err := s.install(ctx, accounts); err != nil {
			return err
		}
	}
	for _, accounts := range []int{few, many} {
		agent, _, err := s.startAgent(ctx, accounts)
		if err != nil {
			return err
		}
		// One that stays would hold half of the program that the one that is
		// weighed uses.
		defer agent.Stop()
	}
	took := map[string][]time.Duration{}
	for round := range o.rounds() + 1 {
		for name, open := range map[string]func() (time.Duration, error){
			"bare": func() (time.Duration, error) { return s.openBare(ctx) },
			"few":  func() (time.Duration, error) { return s.openOurs(ctx, few) },
			"many": func() (time.Duration, error) { return s.openOurs(ctx, many) },
			"cold": func() (time.Duration, error) { return s.openCold(ctx, cold) },
		} {
			t, err := open()
			if err != nil {
				return err
			}
			if round > 0 { // the first is for the caches, its own and the system's
				took[name] = append(took[name], t)
			}
		}
	}
	r.add(durations(startWith+fewAccounts, took["few"], took["bare"], mostStart))
	r.add(durations(startWith+noAgentYet, took["cold"], took["bare"], mostColdStart))
	r.add(durations(startWith+manyAccounts, took["many"], took["bare"], mostBigStart))
	return nil
}

// openCold opens the window where no agent runs, and ends the agent that it
// started.
func (s stand) openCold(ctx context.Context, accounts int) (time.Duration, error) {
	took, err := s.openOurs(ctx, accounts)
	if err != nil {
		return 0, err
	}
	return took, s.endAgents(ctx, s.data(accounts))
}
