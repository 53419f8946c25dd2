/** The states of accounts, one of each. */
import type { Account } from './backend';
import { ALL, DAY, fakeSnapshot, from } from './fake-data';

/** One account in each state that an account can be in, each with a cause that goes with it. */
export function everyState(now: number): Account[] {
  const base = fakeSnapshot(now).accounts;
  const [page, instagram, , , , , , company] = base as [Account, Account, ...Account[]];
  const one = (id: string, like: Account | undefined, more: Partial<Account>): Account => {
    const { cause: _, clock: __, ends_at: ___, ...rest } = like ?? page;
    return { ...rest, id: `a-state-${id}`, remote_id: `r-state-${id}`, parent_id: '', health: 'healthy', ...more };
  };
  return [
    one('healthy', page, { name: 'Conectada' }),
    one('expiring', instagram, { name: 'Expira', username: 'expira', health: 'expiring', clock: 'token', ends_at: from(now, 6 * DAY) }),
    one('reconnect', page, { name: 'Reconectar', health: 'reconnect', cause: 'revoked' }),
    one('limited', page, {
      name: 'Com limite',
      health: 'limited',
      cause: 'permission_missing',
      capabilities: { ...ALL, messages: 'missing', analytics: 'missing' },
    }),
    one('role', page, { name: 'Papel limitado', health: 'limited', cause: 'role_lost' }),
    one('unverified', company, { name: 'Não verificada', health: 'unverified', cause: 'offline' }),
    one('set-up', company, { name: 'Aplicativo recusado', health: 'unverified', cause: 'app_setup' }),
    one('missing', page, { name: 'Fora da autorização', health: 'missing', cause: 'not_in_grant' }),
    one('checkpoint', instagram, { name: 'Confirmação', username: 'confirmacao', health: 'checkpoint', cause: 'checkpoint' }),
    one('keychain', page, { name: 'Chaveiro', health: 'keychain', cause: 'keychain_locked' }),
    one('disconnected', page, {
      name: 'Desconectada',
      state: 'disconnected',
      health: 'disconnected',
      disconnected_at: from(now, -20 * DAY),
    }),
  ];
}
