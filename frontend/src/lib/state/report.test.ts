import { describe, expect, it } from 'vitest';
import { fakeSnapshot } from '../backend/fake-data';
import { fakeHistory } from '../backend/fake-history';
import { reportOf, shortened } from './report';

const NOW = Date.parse('2026-11-22T12:00:00Z');

describe('the report for support', () => {
  const snapshot = fakeSnapshot(NOW);
  const account = { ...snapshot.accounts[2]!, remote_id: '731204918822410', username: 'franquias' };
  const grant = { ...snapshot.grants[0]!, id: 'grant-0123456789', declined: ['pages_messaging'] };
  const report = reportOf({ version: '0.1.0', account, grant, history: fakeHistory(NOW) }, NOW);

  it('holds states, causes, dates and permissions', () => {
    expect(report).toContain('Kontent Connect 0.1.0');
    expect(report).toMatch(/health +limited/);
    expect(report).toMatch(/cause +permission_missing/);
    expect(report).toMatch(/messages +missing/);
    expect(report).toMatch(/clock\.token +expires 2026-12-12T12:00:00\.000Z \(provider\)/);
    expect(report).toMatch(/declined +pages_messaging/);
    expect(report).toMatch(/2026-11-22T11:56:00\.000Z {2}notified {2}expired/);
  });

  it('holds no name, no handle, no portfolio and no whole identifier', () => {
    const secrets = [account.name, account.username, account.detail, account.remote_id, grant.subject_name, grant.subject_id];
    for (const word of [...secrets, grant.id, grant.client_id, 'Café', 'Prado', 'torrefacaoprado']) expect(report).not.toContain(word);
    expect(report).toContain('731…410');
  });

  it('shortens what is short to nothing', () => {
    expect(shortened('123456789')).toBe('…');
    expect(shortened('1234567890')).toBe('123…890');
  });
});
