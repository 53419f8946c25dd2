package social_test

import (
	"testing"

	"github.com/kontent/kontent-connect/backend/social"
)

func TestEventFilterAdmits(t *testing.T) {
	t.Parallel()
	line := social.Event{
		Kind: social.EventConnected, Provider: social.Meta, ProjectID: "p1", GrantID: "g1", AccountID: "a1", Subject: "Ação & Café",
	}
	login := social.Event{Kind: social.EventRenewed, Provider: social.Meta, GrantID: "g1", Subject: "Ana"}
	for name, tc := range map[string]struct {
		filter social.EventFilter
		event  social.Event
		want   bool
	}{
		"nothing asked":                       {social.EventFilter{}, line, true},
		"the account":                         {social.EventFilter{Account: "a1"}, line, true},
		"another account":                     {social.EventFilter{Account: "a2", Logins: []social.GrantID{"g1"}}, line, false},
		"the account's login":                 {social.EventFilter{Account: "a1", Logins: []social.GrantID{"g1"}}, login, true},
		"another login":                       {social.EventFilter{Account: "a1", Logins: []social.GrantID{"g2"}}, login, false},
		"the project":                         {social.EventFilter{Project: "p1"}, line, true},
		"another project":                     {social.EventFilter{Project: "p2", Logins: []social.GrantID{"g1"}}, line, false},
		"a login that serves the project":     {social.EventFilter{Project: "p1", Logins: []social.GrantID{"g1"}}, login, true},
		"a login that serves another":         {social.EventFilter{Project: "p1"}, login, false},
		"the provider":                        {social.EventFilter{Provider: social.Meta}, line, true},
		"another provider":                    {social.EventFilter{Provider: social.LinkedIn}, line, false},
		"one of the kinds":                    {social.EventFilter{Kinds: []social.EventKind{social.EventNotified, social.EventConnected}}, line, true},
		"another kind":                        {social.EventFilter{Kinds: []social.EventKind{social.EventNotified}}, line, false},
		"a name without accents and case":     {social.EventFilter{Text: " ACAO "}, line, true},
		"a name typed in separate characters": {social.EventFilter{Text: "cafe\u0301"}, line, true},
		"another name":                        {social.EventFilter{Text: "loja"}, line, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tc.filter.Admits(tc.event); got != tc.want {
				t.Errorf("admits: %v, want %v", got, tc.want)
			}
		})
	}
}
