package control

import (
	"github.com/kontent/kontent-connect/backend/view"
)

// The bodies of requests. Every method is a POST of one of these to
// /v1/<method>; the reply is the result, or a reply with a problem.
type (
	none       struct{}
	sinceInput struct {
		Since int64 `json:"since"`
	}
	projectInput struct {
		ID   view.ProjectID `json:"id,omitempty"`
		Name string         `json:"name,omitempty"`
	}
	providerInput struct {
		Provider view.Provider `json:"provider"`
	}
	attemptInput struct {
		ID        string   `json:"id"`
		Address   string   `json:"address,omitempty"`
		Ref       string   `json:"ref,omitempty"`
		RemoteIDs []string `json:"remote_ids,omitempty"`
	}
	checkInput struct {
		IDs []string `json:"ids"`
	}
	disconnectInput struct {
		ID         view.AccountID `json:"id"`
		WholeLogin bool           `json:"whole_login"`
	}
	accountInput struct {
		ID view.AccountID `json:"id"`
	}
	pageInput struct {
		Name string `json:"name"`
	}
	grantInput struct {
		ID view.GrantID `json:"id"`
	}
	pauseInput struct {
		Minutes int `json:"minutes"`
	}
	switchInput struct {
		On bool `json:"on"`
	}
	failure struct {
		Problem *view.Problem `json:"problem"`
	}
)
