//go:build e2e

package canary_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// escapes tries what a hostile script or text in the page would try, and tells
// what came of it. It listens first, and reports what the policy had to refuse
// before that: nothing, in a page that is ours alone.
const escapes = `
	const done = arguments[arguments.length - 1], came = {}, refused = [];
	const here = location.href;
	document.addEventListener("securitypolicyviolation", e => refused.push(e.effectiveDirective));
	const add = (html, name) => { const e = document.createElement(name); Object.assign(e, html); document.body.append(e); return e; };
	add({ textContent: "window.ran = true" }, "script");
	add({ src: "https://example.invalid/x.js" }, "script");
	add({ src: "https://example.invalid/x.png" }, "img");
	add({ src: "https://example.invalid/" }, "iframe");
	add({ innerHTML: "<b onclick='window.ran = true'>" }, "p").firstChild.click();
	add({ href: "https://example.invalid/" }, "a").click();
	add({ href: "javascript:window.ran = true" }, "a").click();
	add({ action: "https://example.invalid/", method: "post" }, "form").requestSubmit();
	const menu = new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
	add({}, "p").dispatchEvent(menu);
	let called = "no answer";
	try { (0, eval)("window.ran = true"); } catch (e) { came.eval = e.name; }
	fetch("https://example.invalid/").then(() => called = "an answer", e => called = "refused").then(() => setTimeout(() => {
		came.fetch = called;
		came.ran = Boolean(window.ran);
		came.moved = location.href !== here;
		came.refused = [...new Set(refused)].sort().join(" ");
		done(JSON.stringify(came));
	}, 200));
`

// Covers W1, W2, W3, UI04.
func TestNothingThatIsPutIntoThePageRunsLoadsOrLeadsAway(t *testing.T) {
	w := newWorld(t)
	ok(t, w.OpenWindow(w.ctx))
	var came string
	ok(t, w.Window.ExecuteAsync(w.ctx, escapes, &came))
	want := `{"eval":"EvalError","fetch":"refused","ran":false,"moved":false,` +
		`"refused":"connect-src frame-src img-src script-src script-src-attr script-src-elem"}`
	if diff := cmp.Diff(want, came); diff != "" {
		t.Errorf("escapes from the page (-want +got):\n%s", diff)
	}
}
