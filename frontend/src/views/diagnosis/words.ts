/** How a finding is said. */
import type { Check, Finding, FindingState } from '../../lib/backend/backend';
import { look } from '../../lib/text/seldom.svelte';
import { hasWords, t } from '../../lib/text/text.svelte';
import { actionOf, messageOf } from '../../lib/text/words';

export const titleOf = (check: Check): string => look(`doctor.${check}`);
export const stateOf = (state: FindingState): string => look(`doctor.state.${state}`);

/** What was found, and the cure. A check has sentences of its own; for the rest there are those of the problem. */
export function wordsOf({ check, code, args = {}, state }: Finding): { said: string; cure: string } {
  const [stem, provider] = check.split('_');
  const key = code === 'timeout' ? 'doctor.timeout' : `doctor.${stem}.${code}`;
  const of = `provider.${provider}`;
  const values = { ...args, provider: hasWords(of) ? t(of) : '' };
  const own = look(key, values);
  if (!own) return { said: messageOf({ code, args }), cure: actionOf({ code, args }) };
  return { said: own, cure: state === 'ok' ? '' : look(`${key}.cure`, values) };
}
