package agent

import "time"

// WithCheckPatience is how long a check of the diagnosis may take.
func WithCheckPatience(d time.Duration) Option { return func(a *Agent) { a.checkPatience = d } }
