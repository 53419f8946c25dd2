/**
 * What support needs to know about one account, as plain text: codes, dates and permissions in the words of the
 * command line, the same in every language. No name, no handle, no address; identifiers only by their ends.
 */
import { type Account, CAPABILITIES, type Clock, type Clocks, type Grant, type HistoryEntry } from '../backend/backend';

export interface Reported {
  version: string;
  account: Account;
  grant: Grant | undefined;
  history: readonly HistoryEntry[];
}

/** At most so many lines of the timeline. */
const LINES = 20;

/** The first and the last characters of an identifier: enough to compare two, not to look one up. */
export function shortened(id: string): string {
  return id.length > 9 ? `${id.slice(0, 3)}…${id.slice(-3)}` : '…';
}

export function reportOf({ version, account, grant, history }: Reported, now: number): string {
  const lines = [
    `Kontent Connect ${version}`,
    line('at', new Date(now).toISOString()),
    '',
    ...section('account', account),
    line('kind', account.kind),
    line('remote_id', shortened(account.remote_id)),
    line('connected_at', account.connected_at),
    line('disconnected_at', account.disconnected_at),
    ...CAPABILITIES.map((name) => line(name, account.capabilities[name])),
    ...(grant ? ['', ...section('login', grant), ...permissionsOf(grant)] : []),
    '',
    'history',
    ...history.slice(0, LINES).map(({ at, kind, cause }) => `  ${at}  ${kind}${cause ? `  ${cause}` : ''}`),
  ];
  return `${lines.filter((one) => one !== undefined).join('\n')}\n`;
}

function section(title: string, one: Account | Grant): (string | undefined)[] {
  return [
    `${title} ${shortened(one.id)} (${one.provider})`,
    line('state', one.state),
    line('health', one.health),
    line('cause', one.cause),
    ...clocksOf(one.clocks),
    line('checked_at', one.checked_at),
    line('good_at', one.good_at),
    line('trace_id', 'trace_id' in one ? one.trace_id : undefined),
  ];
}

function permissionsOf({ granted, declined }: Grant): (string | undefined)[] {
  return [line('granted', granted.join(' ')), line('declined', declined.join(' '))];
}

function clocksOf({ token, refresh, data_access }: Clocks): (string | undefined)[] {
  return [line('clock.token', said(token)), line('clock.refresh', said(refresh)), line('clock.data_access', said(data_access))];
}

function said(clock: Clock | undefined): string | undefined {
  return clock && [clock.kind, clock.at, clock.source && `(${clock.source})`].filter(Boolean).join(' ');
}

function line(name: string, value: string | undefined): string | undefined {
  return value ? `  ${name.padEnd(18)}${value}` : undefined;
}
