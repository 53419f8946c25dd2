/** The program itself, through the bindings that the framework generates. Nothing else imports them. */
import * as app from '../../../wailsjs/go/main/App';
import { ClipboardSetText, EventsOn } from '../../../wailsjs/runtime/runtime';
import type { Account, Backend, Candidate, Snapshot } from './backend';

export type { view } from '../../../wailsjs/go/models';

/** Whether this page runs inside the program and not in a plain browser. */
export function insideTheProgram(): boolean {
  return 'go' in window && 'runtime' in window;
}

/** The program serves it beside the page: of thousands of accounts it is too much for a binding. */
async function read(path: string): Promise<Snapshot> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // The page is no secure context everywhere; the framework has a way of its own.
    return ClipboardSetText(text);
  }
}

/** The program serves it beside the page. Another version is another address, so that each is asked for once. */
function picture({ id, picture: version }: Pick<Account, 'id' | 'picture'>): string | undefined {
  return version ? `/avatar/${encodeURIComponent(id)}?v=${encodeURIComponent(version)}` : undefined;
}

function face(attempt: string, { picture: ref }: Pick<Candidate, 'picture'>): string | undefined {
  return ref ? `/face/${encodeURIComponent(attempt)}?v=${encodeURIComponent(ref)}` : undefined;
}

/**
 * The bindings type Go's enumerations as TypeScript enums and its named strings
 * as nothing; both are strings when they cross. This is the one cast for that.
 */
export const wails = {
  opening: () => read('/opening'),
  snapshot: () => read('/snapshot'),
  changes: app.Changes,
  former: app.Former,
  addProject: app.AddProject,
  renameProject: app.RenameProject,
  removeProject: app.RemoveProject,
  setApp: app.SetApp,
  removeApp: app.RemoveApp,
  testApp: app.TestApp,
  connect: app.Connect,
  attempt: app.Attempt,
  openBrowser: app.OpenBrowser,
  pasteAddress: app.PasteAddress,
  select: app.Select,
  cancel: app.Cancel,
  check: app.Check,
  disconnect: app.Disconnect,
  history: app.History,
  saveHistory: app.SaveHistory,
  diagnose: app.Diagnose,
  saveReport: app.SaveReport,
  openDemo: app.OpenDemo,
  setPreferences: app.SetPreferences,
  openPage: app.OpenPage,
  snooze: app.Snooze,
  pauseNotices: app.PauseNotices,
  testNotice: app.TestNotice,
  setStartAtLogin: app.SetStartAtLogin,
  askBeforeClosing: app.AskBeforeClosing,
  closeWindow: app.CloseWindow,
  copy,
  picture,
  face,
  onChanged: (listener) => EventsOn('changed', listener),
  onAgent: (listener) => EventsOn('agent', listener),
  onClosing: (listener) => EventsOn('closing', listener),
} as { [K in keyof Backend]: (...args: never[]) => unknown } as Backend;
