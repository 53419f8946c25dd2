import type { Account, Attempt, Grant, Provider } from '../../lib/backend/backend';
import { t } from '../../lib/text/text.svelte';
import { networkOf, titleOf } from '../../lib/text/words';

/** What the dialog is about. */
export interface About {
  provider: Provider;
  pasted: boolean;
  grant?: Grant;
  /** The account that lacks what is asked for. */
  lacking?: Account;
  attempt?: Attempt;
}

type Stage = Attempt['state'] | 'prepare';

/** What a step of the dialog is called, and the one line below. */
export function titleFor(stage: Stage, about: About): { title: string; sub?: string } {
  const { provider, pasted, attempt } = about;
  const network = networkOf(provider);
  const name = attempt?.subject_name ?? '';
  switch (stage) {
    case 'prepare':
      return { title: prepareTitle(about), sub: pasted ? t('paste.sub') : t('prepare.sub', { network }) };
    case 'waiting':
      return { title: t('waiting.title'), sub: t('waiting.sub', { network }) };
    case 'reading':
      return { title: pasted ? t('reading.title_pasted') : t('reading.title', { network }), sub: t('reading.sub') };
    case 'saving':
      return { title: t('saving.title'), sub: t('saving.sub') };
    case 'choosing': {
      const count = attempt?.candidates.length ?? 0;
      const found = t('choose.found', { count });
      const list = t(attempt?.complete ? 'choose.complete' : 'choose.incomplete');
      return {
        title: t('choose.title'),
        sub: [t('choose.login', { name }), count > 0 ? `${found}, ${list}` : ''].filter(Boolean).join(' · '),
      };
    }
    case 'done':
      return { title: t('done.title', { count: attempt?.connected.length ?? 0 }), sub: t('choose.login', { name }) };
    case 'failed':
      return { title: t('failed.title') };
  }
}

function prepareTitle({ provider, grant, lacking }: About): string {
  if (lacking) return t('prepare.title_grant', { name: titleOf(lacking) });
  if (grant) return t('prepare.title_renew', { name: grant.subject_name });
  return t('prepare.title', { provider: t(`provider.${provider}`) });
}
