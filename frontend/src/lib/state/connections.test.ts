import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { fakeSnapshot } from '../backend/fake-data';
import { Connections } from './connections.svelte';

function world() {
  const fake = new FakeBackend();
  const connections = new Connections(fake);
  return { fake, connections };
}

const times = (fake: FakeBackend, call: 'opening' | 'snapshot' | 'changes' | 'former') =>
  fake.calls.filter(([name]) => name === call).length;

describe('the newer revision wins', () => {
  it('keeps the newer snapshot when an older one comes late', () => {
    const { connections } = world();
    const base = fakeSnapshot(Date.now());
    connections.apply({ ...base, revision: 7, version: 'new' });
    connections.apply({ ...base, revision: 6, version: 'old' });
    expect(connections.snapshot?.version).toBe('new');
  });

  it('asks again for an event that is newer, and not for one that is not', async () => {
    const { fake, connections } = world();
    const stop = connections.listen(() => {});
    await connections.refresh();
    const before = times(fake, 'changes');
    fake.emit({ revision: fake.state.revision });
    expect(times(fake, 'changes')).toBe(before);
    await fake.addProject('Outro');
    await connections.refresh();
    expect(times(fake, 'changes')).toBeGreaterThan(before);
    expect(times(fake, 'snapshot')).toBe(0);
    expect(connections.snapshot?.projects.map(({ name }) => name)).toContain('Outro');
    stop();
  });

  it('asks once for many events at once', async () => {
    const { fake, connections } = world();
    await Promise.all([connections.refresh(), connections.refresh(), connections.refresh()]);
    expect(times(fake, 'opening')).toBe(1);
  });

  it('takes a lower revision after the program was lost and found again', async () => {
    const { fake, connections } = world();
    const stop = connections.listen(() => {});
    await connections.refresh();
    fake.emitAgent({ connected: false });
    fake.state = { ...fake.state, revision: 0, version: 'started again' };
    fake.emitAgent({ connected: true });
    await connections.refresh();
    flushSync();
    expect(connections.snapshot?.version).toBe('started again');
    stop();
  });

  it('says nothing of a program that is found again at once, nor of what failed meanwhile', async () => {
    vi.useFakeTimers();
    const { fake, connections } = world();
    const stop = connections.listen(() => {});
    await connections.refresh();
    fake.emitAgent({ connected: false });
    vi.spyOn(fake, 'changes').mockRejectedValueOnce({ code: 'agent_unreachable' });
    await connections.refresh();
    vi.advanceTimersByTime(999);
    expect(connections.agent.connected).toBe(true);
    expect(connections.failure).toBeUndefined();
    fake.emitAgent({ connected: true });
    vi.advanceTimersByTime(10_000);
    expect(connections.agent.connected).toBe(true);
    stop();
  });

  it('says at once why there is nothing to show yet', async () => {
    const { fake, connections } = world();
    const stop = connections.listen(() => {});
    fake.emitAgent({ connected: false });
    vi.spyOn(fake, 'opening').mockRejectedValueOnce({ code: 'agent_unreachable' });
    await connections.refresh();
    expect(connections.failure?.code).toBe('agent_unreachable');
    stop();
  });

  it('says after a second that the program is lost, however often it hears of it meanwhile', async () => {
    vi.useFakeTimers();
    const { fake, connections } = world();
    const stop = connections.listen(() => {});
    await connections.refresh();
    for (const _ of [1, 2]) {
      fake.emitAgent({ connected: false });
      vi.advanceTimersByTime(500);
    }
    expect(connections.agent.connected).toBe(false);
    stop();
  });

  it('says that the program is lost after a second, and at once where the reason is known', async () => {
    vi.useFakeTimers();
    const { fake, connections } = world();
    const stop = connections.listen(() => {});
    await connections.refresh();
    fake.emitAgent({ connected: false });
    vi.advanceTimersByTime(1_000);
    expect(connections.agent.connected).toBe(false);
    fake.emitAgent({ connected: true });
    expect(connections.agent.connected).toBe(true);
    fake.emitAgent({ connected: false, problem: { code: 'agent_version' } });
    expect(connections.agent.problem?.code).toBe('agent_version');
    stop();
  });
});

describe('what changed', () => {
  it('is asked for again as a whole when the program does not know it any more', async () => {
    const { fake, connections } = world();
    await connections.refresh();
    fake.forget();
    await fake.renameProject('p-cafe', 'Café');
    await connections.refresh();
    expect(times(fake, 'snapshot')).toBe(1);
    expect(connections.project?.name).toBe('Café');
  });

  it('goes to what was connected once, and that is asked for when it is wanted and again when it is more', async () => {
    const { fake, connections } = world();
    await connections.refresh();
    const [account] = connections.accounts;
    await fake.disconnect(account!.id, false);
    await connections.refresh();
    expect(times(fake, 'former')).toBe(0);
    expect(connections.known).not.toContainEqual(expect.objectContaining({ id: account!.id }));
    await connections.loadFormer();
    expect(connections.known).toContainEqual(expect.objectContaining({ id: account!.id, health: 'disconnected' }));
    await fake.disconnect(connections.accounts[0]!.id, false);
    await connections.refresh();
    expect(times(fake, 'former')).toBe(2);
  });
});

describe('a part of many accounts', () => {
  it('is followed by all of them when somebody asks next, whatever the revision', async () => {
    const { fake, connections } = world();
    fake.first = 2;
    await connections.refresh();
    expect(connections.snapshot).toMatchObject({ partial: true });
    expect(connections.snapshot?.accounts).toHaveLength(2);
    await connections.refresh();
    expect(connections.snapshot?.partial).toBeUndefined();
    expect(connections.snapshot?.accounts.length).toBeGreaterThan(2);
    expect(times(fake, 'changes')).toBe(0);
  });

  it('stays on show where the rest could not be had, and is asked for again', async () => {
    const { fake, connections } = world();
    fake.first = 2;
    await connections.refresh();
    fake.failing.snapshot = 'agent_unreachable';
    await connections.refresh();
    expect(connections.snapshot?.accounts).toHaveLength(2);
    expect(connections.failure).toEqual({ code: 'agent_unreachable' });
    fake.failing = {};
    await connections.retry();
    expect(connections.failure).toBeUndefined();
    expect(connections.snapshot?.accounts.length).toBeGreaterThan(2);
  });
});

describe('before the first snapshot', () => {
  it('keeps why it could not be had, and forgets it once it could', async () => {
    const { fake, connections } = world();
    fake.failing.opening = 'agent_unreachable';
    await connections.refresh();
    expect(connections.failure).toEqual({ code: 'agent_unreachable' });
    fake.failing = {};
    await connections.retry();
    expect(connections.failure).toBeUndefined();
    expect(connections.project?.name).toBe('Café da Esquina');
  });
});
