package control

import (
	"context"
	"net/http"

	"github.com/kontent/kontent-connect/backend/view"
)

// register names every method of the service once for the wire.
func (s *Server) register(mux *http.ServeMux) {
	v := s.service
	handle(s, mux, "snapshot", func(ctx context.Context, _ none) (view.Snapshot, error) { return v.Snapshot(ctx) })
	handle(s, mux, "opening", func(ctx context.Context, _ none) (view.Snapshot, error) { return v.Opening(ctx) })
	handle(s, mux, "changes", func(ctx context.Context, in sinceInput) (view.Changes, error) { return v.Changes(ctx, in.Since) })
	handle(s, mux, "former", func(ctx context.Context, _ none) (view.Former, error) { return v.Former(ctx) })
	handle(s, mux, "set_preferences", func(ctx context.Context, in view.Preferences) (none, error) {
		return none{}, v.SetPreferences(ctx, in)
	})
	handle(s, mux, "add_project", func(ctx context.Context, in projectInput) (view.Project, error) {
		return v.AddProject(ctx, in.Name)
	})
	handle(s, mux, "rename_project", func(ctx context.Context, in projectInput) (none, error) {
		return none{}, v.RenameProject(ctx, in.ID, in.Name)
	})
	handle(s, mux, "remove_project", func(ctx context.Context, in projectInput) (none, error) {
		return none{}, v.RemoveProject(ctx, in.ID)
	})
	handle(s, mux, "set_app", v.SetApp)
	handle(s, mux, "remove_app", func(ctx context.Context, in providerInput) (none, error) {
		return none{}, v.RemoveApp(ctx, in.Provider)
	})
	handle(s, mux, "test_app", func(ctx context.Context, in providerInput) (none, error) {
		return none{}, v.TestApp(ctx, in.Provider)
	})
	handle(s, mux, "connect", v.Connect)
	handle(s, mux, "attempt", func(ctx context.Context, in attemptInput) (view.Attempt, error) {
		return v.Attempt(ctx, in.ID)
	})
	handle(s, mux, "open_browser", func(ctx context.Context, in attemptInput) (none, error) {
		return none{}, v.OpenBrowser(ctx, in.ID)
	})
	handle(s, mux, "paste_address", func(ctx context.Context, in attemptInput) (none, error) {
		return none{}, v.PasteAddress(ctx, in.ID, in.Address)
	})
	handle(s, mux, "select", func(ctx context.Context, in attemptInput) (view.Attempt, error) {
		return v.Select(ctx, in.ID, in.RemoteIDs)
	})
	handle(s, mux, "cancel", func(ctx context.Context, in attemptInput) (none, error) {
		return none{}, v.Cancel(ctx, in.ID)
	})
	handle(s, mux, "candidate_picture", func(ctx context.Context, in attemptInput) (view.Picture, error) {
		return v.CandidatePicture(ctx, in.ID, in.Ref)
	})
	handle(s, mux, "check", func(ctx context.Context, in checkInput) (view.CheckResult, error) {
		return v.Check(ctx, in.IDs)
	})
	handle(s, mux, "disconnect", func(ctx context.Context, in disconnectInput) (view.DisconnectResult, error) {
		return v.Disconnect(ctx, in.ID, in.WholeLogin)
	})
	handle(s, mux, "picture", func(ctx context.Context, in accountInput) (view.Picture, error) {
		return v.Picture(ctx, in.ID)
	})
	handle(s, mux, "history", v.History)
	handle(s, mux, "export_history", v.ExportHistory)
	handle(s, mux, "diagnose", v.Diagnose)
	handle(s, mux, "open_page", func(ctx context.Context, in pageInput) (none, error) {
		return none{}, v.OpenPage(ctx, in.Name)
	})
	handle(s, mux, "snooze", func(ctx context.Context, in grantInput) (none, error) {
		return none{}, v.Snooze(ctx, in.ID)
	})
	handle(s, mux, "pause_notices", func(ctx context.Context, in pauseInput) (none, error) {
		return none{}, v.PauseNotices(ctx, in.Minutes)
	})
	handle(s, mux, "test_notice", func(ctx context.Context, _ none) (none, error) {
		return none{}, v.TestNotice(ctx)
	})
	handle(s, mux, "set_start_at_login", func(ctx context.Context, in switchInput) (none, error) {
		return none{}, v.SetStartAtLogin(ctx, in.On)
	})
}
