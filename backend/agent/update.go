package agent

import (
	"context"

	"github.com/kontent/kontent-connect/backend/config"
	"github.com/kontent/kontent-connect/backend/update"
	"github.com/kontent/kontent-connect/backend/view"
)

// updatePage names the page of a newer version. Its address comes with the
// news, signed; like every other it is opened by name only.
const updatePage = "update"

// openNews prepares to hear of newer versions, where this build says from whom.
// A build that says it wrong hears of none; that keeps nothing else from
// opening.
func (a *Agent) openNews(context.Context) error {
	feed := a.settings.Feed
	if feed.URL == "" {
		return nil
	}
	key, err := update.ParseKey(feed.Key)
	if err != nil {
		a.log.Error("read the key of the update feed", "err", err)
		return nil
	}
	fetcher, err := update.NewFetcher(feed.URL, a.feedTransport)
	if err != nil {
		a.log.Error("read the address of the update feed", "err", err)
		return nil
	}
	a.news = update.New(update.Options{
		Key: key, Fetch: fetcher.Fetch, Store: a.db, Wanted: a.wantsNews, Now: a.now, Log: a.log,
		// It changes nothing that is watched.
		Changed: func() { a.hub.publish("") },
	})
	return nil
}

// wantsNews reports whether the admin wants to hear of newer versions. Where
// that cannot be read, nobody is asked.
func (a *Agent) wantsNews(ctx context.Context) bool {
	p, err := a.preferences(ctx)
	return err == nil && p.Updates
}

// newer returns the news of a version that is newer than this one, if they are
// wanted.
func (a *Agent) newer(ctx context.Context) (update.News, bool) {
	if a.news == nil || !a.wantsNews(ctx) {
		return update.News{}, false
	}
	news, ok := a.news.News(ctx)
	return news, ok && update.Newer(news.Version, config.ThisBuild().Version)
}

// fillUpdate says that there is a newer version, where there is one.
func (a *Agent) fillUpdate(ctx context.Context, s *view.Frame) error {
	s.Updates = a.news != nil
	if news, ok := a.newer(ctx); ok {
		s.Update = &view.Update{Version: news.Version}
	}
	return nil
}
