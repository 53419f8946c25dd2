package journey

import (
	"context"
	"syscall"

	"github.com/kontent/kontent-connect/build/e2e/stage"
	"github.com/kontent/kontent-connect/build/e2e/webdriver"
)

func restart() []Step {
	return []Step{
		{"close the window and open it again", inOrder(closeWindow, openWindow, seeThree())},
		{"end the agent under the open window", inOrder(end(syscall.SIGTERM), recovered())},
		{"kill the agent under the open window", inOrder(end(syscall.SIGKILL), recovered())},
	}
}

func closeWindow(ctx context.Context, s *stage.Stage) error { return s.CloseWindow(ctx) }

func end(signal syscall.Signal) act {
	return func(ctx context.Context, s *stage.Stage) error { return s.EndAgent(ctx, signal) }
}

// recovered: without anybody's help the window is linked to another agent and
// shows what it showed before.
func recovered() act {
	return inOrder(
		read("nav", "Vigilância ativa"), gone(webdriver.Text("Reconectando ao Kontent")),
		seeThree(),
	)
}
