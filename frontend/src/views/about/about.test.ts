import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { fakeSnapshot } from '../../lib/backend/fake-data';
import { callsOf, click, openWindow } from '../../testing/window';

async function about(change: { updates: boolean; update?: { version: string } }) {
  const world = await openWindow({ snapshot: Object.assign(fakeSnapshot(Date.now()), change) });
  await world.user.click(screen.getByRole('link', { name: /^Sobre/ }));
  await screen.findByRole('heading', { level: 1, name: 'Sobre' });
  return world;
}

const SWITCH = 'Perguntar uma vez por dia se há uma versão mais nova';

describe('a newer version', () => {
  it('is said in the menu and on its page, with the way to it', async () => {
    const { fake, user } = await about({ updates: true, update: { version: '0.2.0' } });
    expect(within(screen.getByRole('navigation')).getByText('Já existe a versão 0.2.0.')).toBeInTheDocument();
    await click(user, 'Ver as novidades e obtê-la');
    expect(callsOf(fake, 'openPage')).toEqual([['update']]);
  });

  it('is asked for once a day, unless that is switched off', async () => {
    const { fake, user } = await about({ updates: true });
    expect(screen.queryByText(/Já existe a versão/)).toBeNull();
    await user.click(await screen.findByRole('switch', { name: SWITCH }));
    await waitFor(() => expect(screen.getByRole('switch', { name: SWITCH })).not.toBeChecked());
    expect(fake.state.preferences.updates).toBe(false);
  });

  it('is no subject where the program was built to ask nobody', async () => {
    await about({ updates: false });
    expect(screen.queryByRole('switch', { name: SWITCH })).toBeNull();
  });
});
