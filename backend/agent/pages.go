package agent

import (
	"context"

	"github.com/kontent/kontent-connect/backend/problem"
	"github.com/kontent/kontent-connect/backend/social"
)

// pages lists the only addresses that a face can have opened, by name. The
// page asks for a name, never for an address.
func pages() map[string]string {
	return map[string]string{
		// Facebook > Settings > Business integrations (meta.md 6).
		"meta_apps": "https://www.facebook.com/settings?tab=business_tools",
		// Where a provider that wants the person on its own site first has her.
		"meta_site":     "https://www.facebook.com/",
		"linkedin_site": "https://www.linkedin.com/",
		// Where an organisation registers its own apps.
		"meta_developers":     "https://developers.facebook.com/apps/",
		"linkedin_developers": "https://www.linkedin.com/developers/apps",
		// LinkedIn > Settings > Permitted services (linkedin.md 1.9).
		"linkedin_apps": "https://www.linkedin.com/psettings/permitted-services",
	}
}

// dataFolderPage names our own data folder, which opens like a page. Nobody
// passes a path.
const dataFolderPage = "data_folder"

// appsPage names the page on which a provider lists connected apps.
func appsPage(p social.Provider) string { return string(p) + "_apps" }

// OpenPage implements control.Service. problem.NotFound for an unknown name.
func (a *Agent) OpenPage(ctx context.Context, name string) error {
	if name == dataFolderPage {
		if err := a.flow.OpenFolder(ctx, a.settings.Paths.Data); err != nil {
			return problem.New(problem.FolderNotOpened, err)
		}
		return nil
	}
	address, ok := pages()[name]
	if name == updatePage {
		news, isNewer := a.newer(ctx)
		address, ok = news.Page, isNewer
	}
	if !ok {
		return problem.New(problem.NotFound, nil)
	}
	return a.flow.OpenPage(ctx, address)
}
