/** The whole window on its stand-in, and the few things that every test of it does. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import App from '../App.svelte';
import { FakeBackend, type FakeOptions } from '../lib/backend/fake';
import { Desk } from '../lib/state/desk.svelte';
import { later } from '../views/later.svelte';

// Read now, so that no test waits for it.
await later.load();

export interface World {
  fake: FakeBackend;
  user: UserEvent;
}

/** Opens it; begun is called while it reads what it opens with. */
export async function openWindow(options: FakeOptions = {}, begun: (fake: FakeBackend) => void = () => {}): Promise<World> {
  const fake = new FakeBackend(options);
  const desk = new Desk(fake);
  void desk.begin();
  begun(fake);
  render(App, { desk });
  await screen.findByRole('heading', { level: 1 });
  return { fake, user: userEvent.setup() };
}

export const button = (name: string | RegExp) => screen.getByRole('button', { name });

export async function click(user: UserEvent, name: string | RegExp): Promise<void> {
  await user.click(await screen.findByRole('button', { name }));
}

export async function dialogNamed(name: string | RegExp): Promise<HTMLElement> {
  return screen.findByRole('dialog', { name });
}

export async function noDialog(): Promise<void> {
  await waitFor(() => {
    if (screen.queryByRole('dialog')) throw new Error('a dialog is still open');
  });
}

/** Picks an entry of the menu behind "⋯". */
export async function act(user: UserEvent, account: string, entry: string): Promise<void> {
  await click(user, `Mais ações: ${account}`);
  await user.click(screen.getByRole('menuitem', { name: entry }));
}

export function row(account: string): ReturnType<typeof within> {
  const item = screen.getByRole('button', { name: `Mais ações: ${account}` }).closest('li');
  if (!item) throw new Error(`no row of ${account}`);
  return within(item);
}

/** The sign-in that was started last. */
export function lastAttempt(fake: FakeBackend): string {
  const attempt = fake.state.attempts.at(-1);
  if (!attempt) throw new Error('no sign-in was started');
  return attempt.id;
}

export function callsOf(fake: FakeBackend, name: string): unknown[][] {
  return fake.calls.filter(([called]) => called === name).map(([, ...args]) => args);
}
