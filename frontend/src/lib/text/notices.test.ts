import { describe, expect, it } from 'vitest';
import type { Notice, Snapshot } from '../backend/backend';
import { fakeSnapshot } from '../backend/fake-data';
import { concernedIn, lineOfNotice, stateOfNotice, summaryOf } from './notices';
import { text } from './text.svelte';

const NOW = new Date('2026-11-22T12:00:00').getTime();
const snapshot: Snapshot = fakeSnapshot(NOW);
const [maria, joao] = snapshot.notices as [Notice, Notice];
const summary = (...notices: Notice[]) => summaryOf(notices, snapshot, NOW);

describe('a notice', () => {
  it('names the account first, and how many others', () => {
    expect(concernedIn(maria, snapshot)).toBe('Torrefação Prado e mais 1');
    expect(concernedIn(joao, snapshot)).toBe('@cafedaesquina');
    expect(concernedIn({ ...maria, account_id: 'gone' }, snapshot)).toBe('Maria Lima');
  });

  it('says what and until when', () => {
    expect(stateOfNotice(joao, NOW)).toBe('Expira em 6 dias');
    expect(lineOfNotice(joao, undefined, NOW)).toBe('Acesso a dados até 28/11');
    expect(stateOfNotice({ ...maria, health: 'checkpoint' }, NOW)).toBe('O Facebook pede confirmação');
  });

  it('says why, and when the access was last known to work', () => {
    const grant = snapshot.grants.find(({ id }) => id === maria.grant_id);
    expect(lineOfNotice(maria, grant, NOW).split('\n')).toEqual([
      'A senha da conta foi alterada.',
      'Última verificação boa: há\u00a05\u00a0h.',
    ]);
    expect(lineOfNotice({ ...maria, health: 'missing', cause: 'not_in_grant' }, grant, NOW)).toBe(
      'A conta não foi marcada na última autorização.',
    );
  });
});

describe('several notices together', () => {
  it('count accounts, name the cause of the only login, and mention what ends soon', () => {
    expect(summary(maria, joao)).toEqual({
      title: '2 contas precisam de reconexão.',
      words: 'A senha da conta foi alterada. Um novo login de Maria Lima recupera as 2. Mais 1 login expira em breve.',
    });
  });

  it('say how many logins where there are several', () => {
    expect(summary(maria, { ...maria, grant_id: 'g-2', accounts: 1 })).toEqual({
      title: '3 contas precisam de reconexão.',
      words: 'Reconecte 2 logins, um de cada vez.',
    });
  });

  it('do not promise that a sign-in helps where the network wants the person on its site', () => {
    const { words } = summary({ ...maria, health: 'checkpoint', cause: 'checkpoint' });
    expect(words).toBe('A rede pede que esta pessoa confirme a identidade no site dela.');
  });

  it('name the one that ends first', () => {
    const later = { ...joao, grant_id: 'g-2', subject_name: 'Ana', ends_at: new Date(NOW + 9 * 86_400_000).toISOString() };
    expect(summary(joao)).toEqual({ title: 'O login de João Prado expira em 6 dias.', words: 'Acesso a dados até 28/11: @cafedaesquina.' });
    expect(summary(later, joao)).toEqual({ title: '2 logins expiram em breve.', words: 'O primeiro é o de João Prado, em 6 dias.' });
  });

  it('follow the language', () => {
    text.use('en');
    expect(summary(joao).title).toBe('João Prado’s login expires in 6 days.');
    text.use('es');
    expect(summary(maria, joao).words).toContain('1 sesión más caduca pronto.');
  });
});
