// Whether everything can be done with the keyboard alone: npm run build:fake, then npm run keys -- [ONE…]
// Says in a sentence what cannot be reached, where no ring shows, and where the focus is lost.
import { Keyboard } from './keyboard.mjs';
import { complaintsOf, openStage, perform } from './stage.mjs';

/** What the person does in the browser, and what the window is asked from outside. */
const signedIn = (keys) => keys.page.evaluate(() => window.fake.finish(window.fake.state.attempts.at(-1).id, {}));
const closing = (keys) => keys.page.evaluate(() => window.fake.emitClosing());
const chosenIn = (keys) => keys.page.evaluate(() => document.activeElement.value);
const called = (keys, name) => keys.page.evaluate((one) => window.fake.calls.filter(([call]) => call === one).length, name);

async function must(sentence, truth) {
  if (!(await truth)) throw new Error(sentence);
}

const goTo = async (keys, name) => {
  await keys.use(name);
  await keys.expectSomewhere(`after ${name} in the menu`);
};
const menuOfRow = async (keys, words) => {
  await keys.press('/');
  await keys.expect(/^Buscar conta/, 'after /');
  await keys.press('Control+a');
  await keys.type(words);
  await keys.press('ArrowDown');
  await keys.press('Shift+F10');
};
const openConnect = async (keys) => {
  await keys.use(/^Conectar conta: Instagram/);
  await keys.expect(/^Abrir o navegador/, 'when the dialog of connecting opens');
};

const flows = {
  async connect(keys) {
    await openConnect(keys);
    await keys.tour('the dialog of connecting');
    await keys.use(/^Abrir o navegador/);
    await keys.sees(/Aguardando o navegador/);
    await keys.tour('the dialog that waits for the browser');
    await signedIn(keys);
    await keys.sees(/^Escolha o que/);
    await keys.tour('the dialog of choosing');
    await keys.use(/^Marcar todas/);
    await keys.expect(/^Desmarcar todas/, 'after ticking all');
    await keys.use(/^Concluir/);
    await keys.sees(/^Pronto:/);
    await keys.tour('the dialog that says what is connected');
    await keys.use(/^Pronto$/);
    await keys.expect(/^Conectar conta: Instagram/, 'after connecting');
  },

  async leave(keys) {
    await openConnect(keys);
    await keys.press('Enter');
    await keys.press('Escape');
    await keys.sees(/^Cancelar este login/);
    await keys.tour('the question whether to cancel');
    await keys.use(/^Continuar o login/);
    await keys.sees(/Aguardando o navegador/);
    await keys.expectSomewhere('back at waiting');
    await keys.press('Escape');
    await keys.use(/^Cancelar o login/);
    await keys.expect(/^Conectar conta: Instagram/, 'after cancelling');
  },

  async paste(keys) {
    await openConnect(keys);
    await keys.press('Enter');
    await keys.use(/^Colar o endereço/);
    await keys.to(/^Endereço da página/);
    await keys.type('http://localhost:17653/callback/meta?code=exemplo');
    await keys.press('Enter');
    await keys.sees(/^Escolha o que/);
    await keys.press('Escape');
    await keys.expectSomewhere('after the choice was left');
  },

  async reconnect(keys) {
    await keys.use(/^Reconectar login de Maria/);
    await keys.tour('the dialog of reconnecting');
    await keys.use(/^Abrir o navegador/);
    await signedIn(keys);
    await keys.sees(/^Escolha o que/);
    await keys.use(/^Concluir/);
    await keys.sees(/^Pronto:/);
    await keys.use(/^Pronto$/);
    await keys.expectSomewhere('after reconnecting');
  },

  async disconnect(keys) {
    await menuOfRow(keys, 'emporiodovale');
    await keys.to(/^Desconectar…/, 'ArrowDown');
    await keys.press('Enter');
    await keys.expect(/^Cancelar/, 'when the question opens');
    await keys.tour('the question whether to disconnect');
    await keys.press('Escape');
    await keys.expect(/^Mais ações: @emporiodovale/, 'after leaving the question');
    await keys.press('Enter');
    await keys.use(/^Desconectar…/, 'ArrowDown');
    await keys.use(/^Desconectar /);
    await keys.sees(/foi desconectada/);
    await keys.tour('the dialog that says what became of it');
    await keys.use(/^Pronto$/);
    await keys.expectSomewhere('after disconnecting');
  },

  async check(keys) {
    await keys.use(/^Verificar agora: todos/);
    await must('nothing is checked', (await called(keys, 'check')) === 1);
    await keys.expectSomewhere('after checking everything');
  },

  'pause, in the menu': {
    query: 'scene=paused',
    async act(keys) {
      await keys.use(/^Retomar/);
      await must('the pause does not end', (await called(keys, 'pauseNotices')) === 1);
      await keys.expectSomewhere('after the pause');
    },
  },

  async 'disconnect a login'(keys) {
    await keys.use(/^Mais ações do login de João/);
    await keys.use(/^Desconectar login/, 'ArrowUp');
    await keys.expect(/^Cancelar/, 'when the question opens');
    await keys.tour('the question whether to disconnect a login');
    await keys.to(/^Sei que as \d+ contas/);
    await keys.press('Space');
    await keys.use(/^Desconectar \d/);
    await keys.sees(/foram desconectadas/);
    await keys.use(/^Pronto$/);
    await keys.expectSomewhere('after disconnecting a login');
  },

  async search(keys) {
    await keys.press('Control+f');
    await keys.type('cafedaesquina');
    await keys.press('ArrowDown');
    await keys.expect(/^@cafedaesquina/, 'after arrow down in the search');
    await keys.use(/: @cafedaesquina$/);
    await keys.expect(/^Abrir o navegador/, 'when the row’s act opens');
    await keys.press('Escape');
    await keys.expect(/: @cafedaesquina$/, 'after leaving the row’s act');
    await keys.press('Escape');
    await keys.expect(/^Buscar conta/, 'after Escape in a row');
    await keys.press('Escape');
    await must('Escape does not empty the search', (await chosenIn(keys)) === '');
  },

  async selection(keys) {
    await keys.press('/');
    await keys.press('ArrowDown');
    await keys.step('Shift+Tab');
    await keys.press('Space');
    await keys.sees(/^1 conta marcada/);
    await keys.use(/^Verificar 1 conta/);
    await must('nothing is checked', (await called(keys, 'check')) === 1);
    await keys.expectSomewhere('after checking what was ticked');
    await keys.press('/');
    await keys.press('ArrowDown');
    await keys.step('Shift+Tab');
    await keys.press('Space');
    await keys.use(/^Desconectar 1 conta…/);
    await keys.tour('the question whether to disconnect what is ticked');
    await keys.press('Escape');
    await keys.expect(/^Desconectar 1 conta…/, 'after leaving the question');
    await keys.use(/^Desmarcar tudo/);
    await keys.expectSomewhere('after unticking');
  },

  async 'disconnect several'(keys) {
    await keys.use(/^Mais ações do login de Maria/);
    await keys.use(/^Marcar as 2 contas/, 'ArrowDown');
    await keys.use(/^Desconectar 2 contas…/);
    await keys.expect(/^Cancelar/, 'when the question opens');
    await keys.tour('the question whether to disconnect several');
    await keys.to(/^Sei que as 2 contas/);
    await keys.press('Space');
    await keys.use(/^Desconectar 2 contas$/);
    await keys.sees(/foram desconectadas/);
    await must('two are not disconnected', (await called(keys, 'disconnect')) === 2);
    await keys.use(/^Pronto$/);
    await keys.expectSomewhere('after disconnecting several');
  },

  async details(keys) {
    await keys.press('/');
    await keys.press('ArrowDown', 2);
    const { name } = await keys.here();
    await keys.press('Enter');
    await keys.page.locator('dialog time').first().waitFor();
    await keys.tour('the details');
    await keys.press('Escape');
    await keys.expect(new RegExp(`^${name}$`), 'after the details');
  },

  async filters(keys) {
    await keys.to(/^Estado/);
    await keys.type('Desc');
    await must('a letter does not choose a state', (await chosenIn(keys)) === 'disconnected');
    await keys.to(/^Rede/);
    await keys.press('ArrowDown');
    await keys.to(/^Ordem/);
    await keys.press('ArrowDown');
    await must('an arrow does not choose an order', (await chosenIn(keys)) === 'end');
    await keys.use(/^Limpar filtros/);
    await keys.expectSomewhere('after the filters are cleared');
  },

  async snooze(keys) {
    await keys.use(/^Adiar 1 dia: João/);
    await must('nothing is put off', (await called(keys, 'snooze')) === 1);
    await keys.expectSomewhere('after putting off');
  },

  queue: {
    query: 'scene=many&person=99999',
    async act(keys) {
      await keys.use(/^Reconectar tudo/);
      await keys.expect(/^Começar com/, 'when the queue opens');
      await keys.tour('the queue');
      await keys.use(/^Começar com/);
      await keys.expect(/^Abrir o navegador/, 'at the first turn');
      await keys.tour('a turn of the queue');
      for (let turn = 0; turn < 20 && !(await keys.page.getByText(/^Nenhum login recuperado/).count()); turn += 1) {
        await keys.use(/^Pular este login/);
      }
      await keys.tour('the result of the queue');
      await keys.use(/^Pronto$/);
      await keys.expect(/^Reconectar tudo/, 'after the queue');
    },
  },

  async notices(keys) {
    await goTo(keys, /^Notificações/);
    await keys.to(/^Horário de silêncio/);
    await keys.press('Space');
    await keys.to(/^Das/);
    // Arrows, because which digits make an hour depends on the browser's language. Hours and minutes are stops of their own.
    const hour = Number.parseInt(await chosenIn(keys), 10);
    await keys.press('ArrowDown');
    await keys.press('Tab');
    await keys.type('30');
    await keys.to(/^até/);
    await keys.press('ArrowUp');
    await keys.to(/^Por 1 hora/);
    const times = await keys.page.evaluate(() => window.fake.state.preferences.notices);
    await must('the quiet hours are not kept', times.quiet && times.quiet_from === `${hour - 1}:30` && times.quiet_to === '09:00');
    await keys.tour('the page of notifications');
    await keys.use(/^Por 1 hora/);
    await keys.expectSomewhere('after pausing');
    await keys.use(/^Retomar/);
    await keys.expectSomewhere('after the pause');
    await keys.use(/^Enviar uma/);
    await keys.sees(/^Enviada/);
    await keys.expect(/^Enviar uma/, 'after a test notification');
    await keys.to(/^Iniciar com o computador/);
    await keys.press('Space');
    await must('the program does not start at login', (await called(keys, 'setStartAtLogin')) === 1);
  },

  async appearance(keys) {
    await goTo(keys, /^Aparência/);
    await keys.tour('the page of appearance');
    await keys.to(/^(Igual ao sistema|Claro|Escuro)/);
    await keys.press('ArrowDown', 2);
    await must(
      'an arrow does not change the theme',
      keys.page.evaluate(() => document.documentElement.dataset.theme === 'dark'),
    );
    await keys.to(/^Português/);
    await keys.press('ArrowDown');
    await keys.sees(/^Language/);
    await keys.expect(/^English/, 'after another language');
  },

  async projects(keys) {
    await keys.use(/^Projeto:/);
    await keys.use(/^Novo projeto/, 'ArrowDown');
    await keys.expect(/^Nome do projeto/, 'when a project is added');
    await keys.tour('the dialog of a new project');
    await keys.to(/^Nome do projeto/);
    await keys.type('Padaria do Bairro');
    await keys.press('Enter');
    await keys.expect(/^Projeto: Padaria/, 'after adding a project');
    await keys.press('Enter');
    await keys.use(/^Renomear/, 'ArrowDown');
    await keys.press('Control+a');
    await keys.type('Padaria');
    await keys.press('Enter');
    await keys.expect(/^Projeto: Padaria$/, 'after renaming it');
    await keys.press('Enter');
    await keys.use(/^Remover/, 'ArrowUp');
    await keys.tour('the question whether to remove a project');
    await keys.use(/^Remover projeto/);
    await keys.expect(/^Projeto: /, 'after removing it');
  },

  async apps(keys) {
    await goTo(keys, /^Aplicativos/);
    await keys.tour('the page of apps');
    await keys.to(/^Identificador do aplicativo/);
    await keys.press('End');
    await keys.type('7');
    await keys.use(/^Salvar e testar aplicativo: Instagram/);
    await keys.sees(/^O aplicativo funciona/);
    await keys.expect(/[Tt]estar aplicativo: Instagram/, 'after the test');
    await keys.to(/^Identificador do cliente/);
    await keys.press('End');
    await keys.type('7');
    await keys.press('Enter');
    await keys.sees(/^Aplicativo salvo/);
    await keys.expect(/^Identificador do cliente/, 'after saving with Enter');
    await keys.use(/^Portas e versão/, 'Shift+Tab');
    await keys.to(/^Portas de retorno/);
  },

  async history(keys) {
    await goTo(keys, /^Histórico/);
    await keys.sees(/foi conectada/);
    await keys.tour('the page of history');
    await keys.to(/^Buscar por nome/);
    await keys.type('ninguém');
    await keys.sees(/Nada com este filtro/);
    await keys.use(/^Limpar filtro/);
    await keys.expect(/^Buscar por nome/, 'after the filter is cleared');
    await keys.sees(/foi conectada/);
    await keys.use(/^Exportar/);
    await keys.expect(/CSV/, 'in the menu of exports');
    await keys.press('Escape');
    await keys.expect(/^Exportar/, 'after the menu of exports');
  },

  async diagnosis(keys) {
    await goTo(keys, /^Diagnóstico/);
    await keys.use(/^Verificar tudo/);
    await keys.sees(/Chaveiro/);
    await keys.tour('the page of diagnosis');
  },

  async about(keys) {
    await goTo(keys, /^Sobre/);
    await keys.tour('the page about the program');
  },

  async expiries(keys) {
    await goTo(keys, /^Vencimentos/);
    await keys.tour('the page of expiry dates');
    const before = await keys.to(/^\d+ de|^\d+\/\d+/);
    const after = await keys.step('ArrowRight');
    await must('an arrow does not go to the next date', after.name !== before.name);
    await keys.use(/^Ver como tabela/);
    await keys.expect(/^Ocultar tabela/, 'after the table is shown');
    await keys.tour('the table of expiry dates');
  },

  async integrations(keys) {
    await keys.tour('the page of integrations');
  },

  'integrations, smallest window': {
    size: { width: 900, height: 600 },
    act: (keys) => keys.tour('the page of integrations in the smallest window'),
  },

  async closing(keys) {
    await keys.to(/^Buscar conta/);
    await closing(keys);
    await keys.expect(/^Fechar janela/, 'when the window is closed');
    await keys.tour('the dialog of closing');
    await keys.press('Escape');
    await keys.expect(/^Buscar conta/, 'after staying');
  },
};

const only = process.argv.slice(2);
const stage = await openStage();
let wrong = 0;
for (const [name, flow] of Object.entries(flows)) {
  if (only.length > 0 && !only.some((one) => name.startsWith(one))) continue;
  const { query = 'person=99999', size, act } = typeof flow === 'function' ? { act: flow } : flow;
  const page = await stage.browser.newPage({ locale: 'pt-BR' });
  page.setDefaultTimeout(8000);
  const complaints = complaintsOf(page);
  const keys = await Keyboard.on(page);
  await perform(page, stage.address, { query, size });
  try {
    await act(keys);
  } catch (error) {
    keys.found.add(error.message.split('\n')[0]);
  }
  const found = [...keys.found, ...complaints];
  wrong += found.length;
  for (const line of found) console.log(`${name}: ${line}`);
  await page.close();
}
await stage.close();
console.log(wrong > 0 ? `${wrong} things to mend` : 'everything can be done with the keyboard alone');
process.exitCode = wrong > 0 ? 1 : 0;
