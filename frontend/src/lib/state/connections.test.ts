import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { FakeBackend } from '../backend/fake';
import { fakeSnapshot } from '../backend/fake-data';
import { Connections } from './connections.svelte';

function world() {
  const fake = new FakeBackend();
  const connections = new Connections(fake);
  return { fake, connections };
}

const snapshots = (fake: FakeBackend) => fake.calls.filter(([name]) => name === 'snapshot').length;

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
    const stop = connections.start(() => {});
    await connections.refresh();
    const before = snapshots(fake);
    fake.emit({ revision: fake.state.revision });
    expect(snapshots(fake)).toBe(before);
    await fake.addProject('Outro');
    await connections.refresh();
    expect(snapshots(fake)).toBeGreaterThan(before);
    expect(connections.snapshot?.projects.map(({ name }) => name)).toContain('Outro');
    stop();
  });

  it('asks once for many events at once', async () => {
    const { fake, connections } = world();
    await Promise.all([connections.refresh(), connections.refresh(), connections.refresh()]);
    expect(snapshots(fake)).toBe(1);
  });

  it('takes a lower revision after the program was lost and found again', async () => {
    const { fake, connections } = world();
    const stop = connections.start(() => {});
    await connections.refresh();
    fake.emitAgent({ connected: false });
    expect(connections.agent.connected).toBe(false);
    fake.state = { ...fake.state, revision: 0, version: 'started again' };
    fake.emitAgent({ connected: true });
    await connections.refresh();
    flushSync();
    expect(connections.snapshot?.version).toBe('started again');
    stop();
  });
});

describe('before the first snapshot', () => {
  it('keeps why it could not be had, and forgets it once it could', async () => {
    const { fake, connections } = world();
    fake.failing.snapshot = 'agent_unreachable';
    await connections.refresh();
    expect(connections.failure).toEqual({ code: 'agent_unreachable' });
    fake.failing = {};
    await connections.retry();
    expect(connections.failure).toBeUndefined();
    expect(connections.project?.name).toBe('Café da Esquina');
  });
});
