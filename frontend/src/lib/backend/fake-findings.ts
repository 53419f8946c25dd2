/** What a diagnosis comes to on a computer that is well, and on one that is not. */
import type { Check, Finding } from './backend';

const GOOD: [Check, string, Record<string, string>?][] = [
  ['keychain', 'works'],
  ['reach_meta', 'answers'],
  ['reach_linkedin', 'answers'],
  ['app_meta', 'accepted'],
  ['app_linkedin', 'accepted'],
  ['ports', 'free'],
  ['opener', 'found', { program: 'xdg-open' }],
  ['notifications', 'available'],
  ['tray', 'shown'],
  ['clock', 'right'],
  ['database', 'sound', { size: '1 MB', schema: '3' }],
  ['folder', 'private', { path: '/home/maria/.local/share/kontent-connect', free: '84 GB' }],
  ['versions', 'these', { version: '0.1.0', protocol: '3', system: 'linux/amd64', desktop: 'XFCE (x11)' }],
];

const BAD: Partial<Record<Check, Pick<Finding, 'state' | 'code' | 'args'>>> = {
  keychain: { state: 'trouble', code: 'keychain_locked' },
  app_meta: { state: 'trouble', code: 'app_secret_wrong' },
  app_linkedin: { state: 'unknown', code: 'not_set_up' },
  notifications: { state: 'trouble', code: 'no_service' },
  tray: { state: 'ok', code: 'not_shown' },
  clock: { state: 'trouble', code: 'wrong', args: { minutes: '95' } },
};

export function fakeFindings(troubled: boolean): Finding[] {
  return GOOD.map(([check, code, args], index) => ({
    check,
    state: 'ok',
    code,
    took_ms: 4 + index * 7,
    ...(args ? { args } : {}),
    ...(troubled ? BAD[check] : {}),
  }));
}
