package secrets_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kontent/kontent-connect/build/e2e/secrets"
)

func TestTokensAreTakenOutOfTheirStructure(t *testing.T) {
	t.Parallel()
	entry := secrets.Entry{Secret: `{"v":1,"access":"AQt4Nuxb-voh-_GFmojcdzq3","pages":{"116273849501827":"EAA3sW505u0gLEXEc1GPHD4SW8"}}`}
	want := []string{"AQt4Nuxb-voh-_GFmojcdzq3", "EAA3sW505u0gLEXEc1GPHD4SW8"}
	if diff := cmp.Diff(want, entry.Tokens()); diff != "" {
		t.Errorf("tokens (-want +got):\n%s", diff)
	}
}
