package sqlite_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	driver "modernc.org/sqlite"
)

// watched are the databases whose statements a test looks at, by path.
var watched sync.Map

// watchStatements lets a test see every step of every statement on the database
// at path, before it is taken; false refuses it.
func watchStatements(t *testing.T, path string, allow func() bool) {
	t.Helper()
	watched.Store(path, allow)
	t.Cleanup(func() { watched.Delete(path) })
}

// hookDriver is called once, by TestMain.
func hookDriver() {
	driver.RegisterConnectionHook(func(conn driver.ExecQuerierContext, dsn string) error {
		path, _, _ := strings.Cut(strings.TrimPrefix(dsn, "file://"), "?")
		allow, ok := watched.Load(path)
		if !ok {
			return nil
		}
		registerer, ok := conn.(driver.AuthorizerRegisterer)
		if !ok {
			return errors.New("the driver has no authorizer")
		}
		return registerer.RegisterAuthorizer(func(driver.AuthorizerActionCode, string, string, string, string) driver.AuthorizerReturnCode {
			if allow.(func() bool)() { //nolint:forcetypeassert // put in above
				return driver.AuthorizerOK
			}
			return driver.AuthorizerDeny
		})
	})
}
