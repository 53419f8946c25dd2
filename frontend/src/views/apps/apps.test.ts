import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { FakeOptions } from '../../lib/backend/fake';
import { freshSnapshot } from '../../lib/backend/fake-data';
import { button, callsOf, click, openWindow } from '../../testing/window';

const TEST = 'Testar aplicativo: Instagram/Facebook';
const SAVE_AND_TEST = 'Salvar e testar aplicativo: Instagram/Facebook';

async function settings(options: FakeOptions = {}) {
  const world = await openWindow(options);
  await world.user.click(screen.getByRole('link', { name: 'Aplicativos dos provedores' }));
  const form = within(await screen.findByRole('form', { name: 'Instagram/Facebook' }));
  return { ...world, form };
}

describe('testing a provider app', () => {
  it('says that it works, politely', async () => {
    const { fake, user, form } = await settings();
    await click(user, TEST);
    await waitFor(() => expect(form.getByRole('status')).toHaveTextContent('O aplicativo funciona'));
    expect(callsOf(fake, 'testApp')).toEqual([['meta']]);
    expect(callsOf(fake, 'setApp')).toHaveLength(0);
  });

  it.each([
    ['app_secret_wrong', 'Chave secreta do aplicativo (App Secret)', /não reconhece o segredo.*Copie de novo o segredo/],
    ['app_unknown', 'Identificador do aplicativo (App ID)', /não conhece o identificador.*Confira o identificador/],
    ['version_retired', 'Versão da API', /versão da API em uso foi desativada.*Informe uma versão mais nova/],
    ['app_type_wrong', undefined, /nativo \(desktop\).*mude o tipo para Web/],
  ])('says what is wrong and what to do: %s', async (code, field, words) => {
    const { fake, user, form } = await settings();
    fake.failing.testApp = code;
    await click(user, TEST);
    await waitFor(() => expect(form.getByRole('status')).toHaveTextContent('O aplicativo ainda não funciona'));
    expect(form.getByRole('status')).toHaveTextContent(words);
    if (field) expect(form.getByLabelText(field)).toHaveAttribute('aria-invalid', 'true');
  });

  it('does not call an app broken that nobody could be asked about', async () => {
    const { fake, user, form } = await settings();
    fake.failing.testApp = 'offline';
    await click(user, TEST);
    await waitFor(() => expect(form.getByRole('status')).toHaveTextContent('Não foi possível perguntar ao Facebook'));
  });

  it('saves what was typed first, and drops a verdict about other settings', async () => {
    const { fake, user, form } = await settings();
    await user.type(form.getByLabelText('Chave secreta do aplicativo (App Secret)'), 'nova');
    await click(user, SAVE_AND_TEST);
    await waitFor(() => expect(form.getByRole('status')).toHaveTextContent('O aplicativo funciona'));
    expect(fake.calls.map(([name]) => name).filter((name) => name === 'setApp' || name === 'testApp')).toEqual(['setApp', 'testApp']);
    expect(form.getByLabelText('Chave secreta do aplicativo (App Secret)')).toHaveValue('');
    await user.type(form.getByLabelText('Identificador do aplicativo (App ID)'), '9');
    expect(form.getByRole('status')).toBeEmptyDOMElement();
    expect(button(SAVE_AND_TEST)).toBeEnabled();
  });

  it('does not test what could not be saved', async () => {
    const { fake, user, form } = await settings();
    fake.failing.setApp = 'app_in_use';
    await user.type(form.getByLabelText('Identificador do aplicativo (App ID)'), '9');
    await click(user, SAVE_AND_TEST);
    expect(await form.findByRole('alert')).toHaveTextContent('Há contas conectadas por este aplicativo.');
    expect(callsOf(fake, 'testApp')).toHaveLength(0);
  });

  it('shows that it waits only when it does', async () => {
    const { fake, user } = await settings();
    let answer = () => {};
    fake.patience = new Promise((done) => {
      answer = done;
    });
    await click(user, TEST);
    expect(screen.queryByText('Testando…')).toBeNull();
    expect(await screen.findByRole('button', { name: 'Testando…' })).toBeInTheDocument();
    await click(user, 'Testando…');
    answer();
    expect(await screen.findByRole('button', { name: TEST })).toBeEnabled();
    expect(callsOf(fake, 'testApp')).toHaveLength(1);
  });

  it('is offered once there is something to test', async () => {
    await settings({ snapshot: freshSnapshot(Date.now()) });
    expect(button(SAVE_AND_TEST)).toBeDisabled();
  });
});

describe('what to take to the provider', () => {
  it('is the exact list of permissions, one to a line, whole or for one capability', async () => {
    const { fake, user, form } = await settings();
    await user.click(form.getByText('Permissões pedidas'));
    await user.click(form.getByRole('button', { name: 'Copiar: Mensagens' }));
    expect(fake.clipboard).toBe('pages_manage_metadata\npages_messaging\ninstagram_manage_messages');
    await user.click(form.getByRole('button', { name: 'Copiar a lista inteira' }));
    expect(fake.clipboard.split('\n')).toHaveLength(14);
  });

  it('depends on the way back: a page of the organization, or nothing at all', async () => {
    const { fake, user, form } = await settings();
    await user.click(form.getByRole('radio', { name: 'Por uma página da organização' }));
    expect(form.getByText('build/relay')).toBeInTheDocument();
    await user.type(form.getByLabelText('Endereço da página de retorno'), 'https://example.com/volta');
    expect(form.getByRole('textbox', { name: 'Endereço de retorno' })).toHaveValue('https://example.com/volta');
    await user.click(form.getByRole('radio', { name: 'Sem navegador: colar o acesso' }));
    expect(form.queryByText(/Endereços? a registrar/)).toBeNull();
    expect(form.queryByLabelText('Portas de retorno')).toBeNull();
    await click(user, 'Salvar aplicativo: Instagram/Facebook');
    await waitFor(() => expect(callsOf(fake, 'setApp')[0]?.[0]).toMatchObject({ redirect: 'paste', relay_url: '' }));
  });
});
