package view

import (
	"time"

	"github.com/kontent/kontent-connect/backend/social"
)

// What a file of configuration says of itself.
const (
	ConfigurationKind    = "kontent-connect/configuration"
	ConfigurationVersion = 1
)

// Configuration is an installation without its secrets, as a file. A login in
// it has no access: whoever reads it has to sign in again.
type Configuration struct {
	Kind        string                 `json:"kind"`
	Version     int                    `json:"version"`
	ExportedAt  string                 `json:"exported_at"`
	Projects    []Project              `json:"projects"`
	Apps        []AppConfiguration     `json:"apps"`
	Grants      []GrantConfiguration   `json:"grants"`
	Accounts    []AccountConfiguration `json:"accounts"`
	Preferences Preferences            `json:"preferences"`
}

// AppConfiguration is a provider app without its secret.
type AppConfiguration struct {
	Provider    social.Provider     `json:"provider"`
	ClientID    string              `json:"client_id"`
	Redirect    social.RedirectMode `json:"redirect"`
	Ports       []int               `json:"ports"`
	RelayURL    string              `json:"relay_url"`
	APIVersion  string              `json:"api_version"`
	LoginConfig string              `json:"login_config"`
	Product     social.Product      `json:"product"`
	Tier        social.Tier         `json:"tier"`
}

// GrantConfiguration is who consented to what.
type GrantConfiguration struct {
	ID          social.GrantID      `json:"id"`
	Provider    social.Provider     `json:"provider"`
	ClientID    string              `json:"client_id"`
	SubjectID   string              `json:"subject_id"`
	SubjectName string              `json:"subject_name"`
	Wanted      []social.Capability `json:"wanted"`
	Requested   []social.Scope      `json:"requested"`
	Granted     []social.Scope      `json:"granted"`
	Declined    []social.Scope      `json:"declined"`
	ConnectedAt string              `json:"connected_at"`
}

// AccountConfiguration is a connected account.
type AccountConfiguration struct {
	ID           social.AccountID   `json:"id"`
	ProjectID    social.ProjectID   `json:"project_id"`
	GrantID      social.GrantID     `json:"grant_id"`
	Kind         social.AccountKind `json:"kind"`
	RemoteID     string             `json:"remote_id"`
	ParentID     string             `json:"parent_id"`
	Name         string             `json:"name"`
	Username     string             `json:"username"`
	Detail       string             `json:"detail"`
	Capabilities Capabilities       `json:"capabilities"`
	ConnectedAt  string             `json:"connected_at"`
}

// ImportResult counts what a file of configuration brought. What was here
// already stays as it was.
type ImportResult struct {
	Projects int `json:"projects"`
	Apps     int `json:"apps"`
	Grants   int `json:"grants"`
	Accounts int `json:"accounts"`
	// Known counts the accounts of the file that were connected here already.
	Known int `json:"known"`
}

// ConfigurationFrom renders an installation. Only what is connected is in it.
func ConfigurationFrom(in social.Configuration, p Preferences, now time.Time) Configuration {
	c := Configuration{
		Kind: ConfigurationKind, Version: ConfigurationVersion, ExportedAt: Time(now), Preferences: p,
		Projects: []Project{}, Apps: []AppConfiguration{}, Grants: []GrantConfiguration{}, Accounts: []AccountConfiguration{},
	}
	for _, project := range in.Projects {
		c.Projects = append(c.Projects, ProjectFrom(project))
	}
	for _, app := range in.Apps {
		c.Apps = append(c.Apps, AppConfiguration{
			Provider: app.Provider, ClientID: app.ClientID, Redirect: app.Redirect, Ports: list(app.Ports), RelayURL: app.RelayURL,
			APIVersion: app.APIVersion, LoginConfig: app.LoginConfig, Product: app.Product, Tier: app.Tier,
		})
	}
	for _, g := range in.Grants {
		c.Grants = append(c.Grants, GrantConfiguration{
			ID: g.ID, Provider: g.Provider, ClientID: g.ClientID, SubjectID: g.Subject.ID, SubjectName: g.Subject.Name,
			Wanted: list(g.Wanted), Requested: list(g.Requested), Granted: list(g.Granted), Declined: list(g.Declined),
			ConnectedAt: Time(g.ConnectedAt),
		})
	}
	for _, a := range in.Accounts {
		c.Accounts = append(c.Accounts, AccountConfiguration{
			ID: a.ID, ProjectID: a.ProjectID, GrantID: a.GrantID, Kind: a.Kind, RemoteID: a.RemoteID, ParentID: a.ParentRemoteID,
			Name: a.Name, Username: a.Username, Detail: a.Detail, Capabilities: CapabilitiesFrom(a.Capabilities), ConnectedAt: Time(a.ConnectedAt),
		})
	}
	return c
}

// Social turns a file back into words of the domain. It checks nothing.
func (c Configuration) Social() social.Configuration {
	var in social.Configuration
	for _, p := range c.Projects {
		in.Projects = append(in.Projects, social.Project{ID: p.ID, Name: p.Name, CreatedAt: momentOf(p.CreatedAt)})
	}
	for _, app := range c.Apps {
		in.Apps = append(in.Apps, social.ProviderApp{
			Provider: app.Provider, ClientID: app.ClientID, Redirect: app.Redirect, Ports: app.Ports, RelayURL: app.RelayURL,
			APIVersion: app.APIVersion, LoginConfig: app.LoginConfig, Product: app.Product, Tier: app.Tier,
		})
	}
	for _, g := range c.Grants {
		in.Grants = append(in.Grants, social.Grant{
			ID: g.ID, Provider: g.Provider, ClientID: g.ClientID, Subject: social.Subject{ID: g.SubjectID, Name: g.SubjectName},
			Wanted: g.Wanted, Requested: g.Requested, Granted: g.Granted, Declined: g.Declined, ConnectedAt: momentOf(g.ConnectedAt),
		})
	}
	for _, a := range c.Accounts {
		in.Accounts = append(in.Accounts, social.Account{
			ID: a.ID, ProjectID: a.ProjectID, GrantID: a.GrantID, Provider: a.Kind.Provider(), Kind: a.Kind, RemoteID: a.RemoteID,
			ParentRemoteID: a.ParentID, Name: a.Name, Username: a.Username, Detail: a.Detail,
			Capabilities: a.Capabilities.social(), ConnectedAt: momentOf(a.ConnectedAt),
		})
	}
	return in
}

func (c Capabilities) social() social.Capabilities {
	return social.Capabilities{
		social.Publish: c.Publish, social.Messages: c.Messages, social.Comments: c.Comments, social.Analytics: c.Analytics,
	}
}

// momentOf reads a time; one that is none is the zero time.
func momentOf(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
