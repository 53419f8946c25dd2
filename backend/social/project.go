package social

import "time"

// ProjectID identifies a project.
type ProjectID string

// Project is what an admin manages in Kontent. It holds connected accounts.
type Project struct {
	ID        ProjectID
	Name      string
	CreatedAt time.Time
}
