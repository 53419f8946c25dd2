import type { Expiry } from '../../lib/state/expiries';
import { inDays } from '../../lib/text/dates';
import { t, text } from '../../lib/text/text.svelte';

/** Which of the networks' limits it is, and whether anybody told the date; why, where it has ended. */
export function whatEnds({ grant, accounts, clock, assumed }: Expiry): string {
  if (!clock) {
    const cause = accounts.find((account) => account.cause)?.cause ?? grant.cause;
    return cause ? t(`cause.${cause}`) : t('expiries.now');
  }
  const what = t(`expiries.what.${clock}`);
  return assumed ? `${what}, ${t('expiries.assumed')}` : what;
}

/** The word beside the shape: the date where the login works, its state where it does not. */
export function stateOfExpiry({ health, clock, at }: Expiry, now: number): string {
  if (clock && (health === 'healthy' || health === 'expiring')) return t('state.expires', { when: inDays(at, text.language, now) });
  return t(`health.${health}`);
}
