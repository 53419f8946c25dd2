import type { Attempt, Grant, Provider } from '../../lib/backend/backend';
import { t } from '../../lib/text/text.svelte';
import { networkOf } from '../../lib/text/words';

type Stage = Attempt['state'] | 'prepare';

/** What a step of the dialog is called, and the one line below. */
export function titleFor(stage: Stage, provider: Provider, grant?: Grant, attempt?: Attempt): { title: string; sub?: string } {
  const network = networkOf(provider);
  const name = attempt?.subject_name ?? '';
  switch (stage) {
    case 'prepare':
      return {
        title: grant ? t('prepare.title_renew', { name: grant.subject_name }) : t('prepare.title', { provider: t(`provider.${provider}`) }),
        sub: t('prepare.sub', { network }),
      };
    case 'waiting':
      return { title: t('waiting.title'), sub: t('waiting.sub', { network }) };
    case 'reading':
      return { title: t('reading.title', { network }), sub: t('reading.sub') };
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
