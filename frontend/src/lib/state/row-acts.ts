/** What can be done with one account, in its row and in its details. */
import type { Account, Health } from '../backend/backend';
import { t } from '../text/text.svelte';
import { missingOf, networkOf } from '../text/words';
import { check, openPage, siteOf } from './acts';
import type { Desk } from './desk.svelte';

export interface Act {
  label: string;
  act: () => void;
  danger?: boolean;
  apart?: boolean;
}

export const verify = (desk: Desk, account: Account): Act => ({ label: t('row.check'), act: () => void check(desk, [account.id]) });

const renew = (desk: Desk, account: Account, label: string, choose = false): Act => ({
  label,
  act: () => desk.openConnect(account.provider, { grant: account.grant_id, choose }),
});

const site = (desk: Desk, account: Account): Act => ({
  label: t('row.open_site', { network: networkOf(account.provider) }),
  act: () => {
    desk.list.sent = new Set([...desk.list.sent, account.id]);
    void openPage(desk, siteOf(account.provider));
  },
});

function ask(desk: Desk, account: Account): Act {
  const lacking = { account: account.id, capabilities: missingOf(account) };
  return {
    label: t('row.grant'),
    act: () => desk.openConnect(account.provider, { grant: account.grant_id, choose: true, lacking }),
  };
}

/** What only the settings of the provider's app can mend. */
function setUp(desk: Desk, account: Account): Act | undefined {
  if (account.cause !== 'app_setup' && account.cause !== 'version_retired') return undefined;
  return { label: t('row.set_up'), act: () => desk.openSetUp(account.provider) };
}

/**
 * The one act that helps an account now, if there is one: what its login mends is on the login's line, unless that
 * has no button of its own for it (renewable).
 */
export function actionOf(desk: Desk, account: Account, renewable: boolean): Act | undefined {
  const acts: Record<Health, () => Act | undefined> = {
    healthy: () => undefined,
    reconnect: () => undefined,
    expiring: () => (renewable ? renew(desk, account, t('row.renew')) : undefined),
    limited: () => (account.cause === 'permission_missing' ? ask(desk, account) : verify(desk, account)),
    missing: () => renew(desk, account, t('row.choose'), true),
    checkpoint: () => (desk.list.sent.has(account.id) ? verify(desk, account) : site(desk, account)),
    unverified: () => setUp(desk, account) ?? verify(desk, account),
    keychain: () => ({ ...verify(desk, account), label: t('action.retry') }),
    disconnected: () => ({ label: t('row.again'), act: () => desk.openConnect(account.provider) }),
  };
  return acts[account.health]();
}

/** The same where there is no login's line beside it. */
export function mendOf(desk: Desk, account: Account): Act | undefined {
  const act = account.health === 'reconnect' ? renew(desk, account, t('login.reconnect')) : actionOf(desk, account, true);
  return act?.label === t('row.check') ? undefined : act;
}

export function itemsOf(desk: Desk, account: Account): Act[] {
  const details = { label: t('row.details'), act: () => (desk.list.opened = account.id) };
  const history = { label: t('row.history'), act: () => desk.openHistory(account.id) };
  if (account.state !== 'active') return [details, history];
  const calm = account.health === 'healthy' || account.health === 'expiring';
  return [
    details,
    verify(desk, account),
    ...(account.health === 'checkpoint' ? [site(desk, account)] : []),
    renew(desk, account, t(calm ? 'row.renew' : 'row.reconnect')),
    history,
    { label: t('row.disconnect'), danger: true, apart: true, act: () => (desk.dialog = { kind: 'disconnect', account }) },
  ];
}
