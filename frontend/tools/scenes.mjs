// What the tools play on the page: each scene is a query of the stand-in, a window size, and what a person does there.
export const LARGE = { width: 1280, height: 800 };
export const SMALL = { width: 900, height: 600 };

const button = (page, name) => page.getByRole('button', { name, exact: false }).first();
const connectMeta = (page) => button(page, /Conectar conta: Instagram|Connect account: Instagram/).click();
const connectLinkedIn = (page) => button(page, /(Conectar conta|Connect account): LinkedIn/).click();
const openBrowser = (page) => button(page, /^Abrir o navegador|^Open the browser/).click();
const finish = (page, more = {}) =>
  page.evaluate((change) => {
    const id = window.fake.state.attempts.at(-1).id;
    window.fake.finish(id, change);
  }, more);
const choosing = (more) => async (page) => {
  await connectMeta(page);
  await openBrowser(page);
  await finish(page, more);
  await page
    .getByText(/Escolha o que|Choose what/)
    .first()
    .waitFor();
};
/** Ends a sign-in with what of its candidates a function leaves. */
const offer = async (page, of, more = {}) => {
  await finish(page);
  const { candidates } = await page.evaluate(() => window.fake.attempt(window.fake.state.attempts.at(-1).id));
  await update(page, { ...more, candidates: of(candidates) });
  await page
    .getByText(/Escolha o que|Choose what/)
    .first()
    .waitFor();
};
const offering = (of, more) => async (page) => {
  await connectMeta(page);
  await openBrowser(page);
  await offer(page, of, more);
};
const menuOf = async (page, name, item) => {
  const trigger = page.getByRole('button', { name: new RegExp(`(Mais ações|More actions): ${name}`) }).first();
  await trigger.scrollIntoViewIfNeeded();
  // A menu closes when the page scrolls, and the event of that comes late.
  await page.waitForTimeout(100);
  await trigger.click();
  if (item) await page.getByRole('menuitem', { name: item }).click();
};
/** The pages as they are called in Portuguese, and in English. */
const PAGES = {
  Histórico: /Histórico|History/,
  Vencimentos: /Vencimentos|Expiry dates/,
  Aplicativos: /Aplicativos|Provider apps/,
  Aparência: /Aparência|Appearance/,
};
const go = (name) => (page) => page.getByRole('link', { name: PAGES[name] ?? name }).click();

const LEAVE = /^(Desconectar|Disconnect)…/;
const appsPage = (page) => page.locator('a[href="#apps"]').click();
const update = (page, change) => page.evaluate((more) => window.fake.update(window.fake.state.attempts.at(-1).id, more), change);
const failing = (page, codes) =>
  page.evaluate((more) => {
    window.fake.failing = more;
  }, codes);
const testing = (code) => async (page) => {
  await appsPage(page);
  if (code) await failing(page, { testApp: code });
  await button(page, /^(Testar|Test) /).click();
};
const pasted = async (page) => {
  await connectMeta(page);
  await page.locator('input[type=password]').fill('EAAGexemplo');
  await button(page, /^(Ler o acesso|Read the access)/).click();
};
const PART = ['pages_show_list', 'business_management', 'pages_read_engagement', 'pages_manage_posts', 'instagram_basic'].concat(
  'instagram_content_publish',
  'pages_read_user_content',
  'pages_manage_engagement',
  'instagram_manage_comments',
  'read_insights',
);
const renewing = async (page) => {
  await button(page, /^(Reconectar login|Reconnect login)/).click();
  await openBrowser(page);
};
/** A renewal that leaves one account out. */
const leavingOut = async (page) => {
  await renewing(page);
  await page.evaluate(() => {
    const own = window.fake.state.accounts.filter(({ grant_id }) => grant_id === 'g-maria');
    const candidates = own.map((one, index) => ({
      ...one,
      connected: true,
      usable: index > 0,
      reason: index > 0 ? undefined : 'not_ticked',
    }));
    window.fake.finish(window.fake.state.attempts.at(-1).id, { candidates });
  });
  await page.getByText(/Escolha o que|Choose what/).waitFor();
};
const withCandidates = (name) => async (page) => {
  await connectMeta(page);
  await openBrowser(page);
  await page.evaluate((make) => {
    window.fake.finish(window.fake.state.attempts.at(-1).id, { candidates: window.fakeData[make](800) });
  }, name);
  await page.getByText(/Escolha o que|Choose what/).waitFor();
};
const declining = (names) => async (page) => {
  await connectMeta(page);
  await openBrowser(page);
  await finish(page, { declined: names });
  await page.getByText(/Escolha o que|Choose what/).waitFor();
};
const finishing = async (page) => {
  await button(page, /^(Concluir|Finish)/).click();
  await page.getByText(/^(Pronto|Done):/).waitFor();
};

/** Works in all three languages: the tools by their order. */
const filter = (which, value) => (page) => page.locator('search select').nth(which).selectOption(value);
const search = (words) => (page) => page.locator('input[type=search]').fill(words);
/** Scrolls until a row is on the page: those far from view are not. */
const reach = async (page, id) => {
  const row = page.locator(`[data-account="${id}"]`).first();
  await page.locator('main').evaluate((main) => main.scrollTo(0, 0));
  await page.waitForTimeout(100);
  for (let step = 0; step < 12 && (await row.count()) === 0; step += 1) {
    await page.locator('main').evaluate((main) => main.scrollBy(0, 300));
    await page.waitForTimeout(50);
  }
  return row;
};
const tickAccounts = async (page, ...ids) => {
  for (const id of ids) await (await reach(page, id)).locator('input[type=checkbox]').evaluate((box) => box.click());
};
const details = (id) => async (page) => {
  await (await reach(page, id)).locator('.name').click();
  await page.locator('dialog time').first().waitFor();
};
const BULK = ['a-cafe', 'a-torra', 'a-torra-ig', 'a-joao-in'];
const askAll = async (page) => {
  await tickAccounts(page, ...BULK);
  await page.locator('button.danger').last().click();
  await page.locator('dialog').waitFor();
};
/** Ticks that it is meant, and does it. */
const sure = async (page) => {
  await page.locator('dialog input[type=checkbox]').check();
  await page.locator('dialog button.danger').click();
};
/** One of each ending: withdrawn, here, still listed, unreachable, failed. */
const leaveAll = async (page) => {
  await page.evaluate(() => {
    const own = window.fake.disconnect.bind(window.fake);
    const endings = { 'a-torra-ig': 'withdrawn', 'a-joao-in': 'unreachable' };
    window.fake.disconnect = async (id, whole) => {
      if (id === 'a-torra') throw new Error('{"code":"database_busy"}');
      window.fake.outcome = endings[id] ?? 'still_listed';
      const result = await own(id, whole);
      return { ...result, whole_login: id !== 'a-cafe' };
    };
  });
  await askAll(page);
  await sure(page);
  await page.getByText(/Pronto|Done|Listo/).waitFor();
};
const diagnosed = async (page) => {
  await page.locator('a[href="#diagnosis"]').click();
  await button(page, /^(Verificar tudo|Check everything)/).click();
};
const showNotices = (page) => button(page, /^(Ver os|Show the)/).click();
const openQueue = (page) => button(page, /^(Reconectar tudo|Reconnect all)/).click();
const inQueue = async (page) => {
  await openQueue(page);
  await button(page, /^(Começar|Start)/).click();
};
const skip = (page) => button(page, /^(Pular|Skip)/).click();
const queueResult = async (page) => {
  await inQueue(page);
  await openBrowser(page);
  await finish(page);
  await finishing(page);
  await button(page, /^(Ir ao próximo|Go to the next)/).click();
  await openBrowser(page);
  await update(page, { state: 'failed', problem: { code: 'consent_denied' } });
  await button(page, /^(Ir ao próximo|Go to the next)/).click();
  await skip(page);
  await skip(page);
};
const noticesPage = (page) => page.locator('a[href="#notices"]').click();
const closing = (page) => page.evaluate(() => window.fake.emitClosing());

export const scenes = {
  gallery: { query: 'scene=gallery', size: { width: 1100, height: 2300 } },
  'gallery-dark-en': { query: 'scene=gallery&theme=dark&lang=en', size: { width: 1100, height: 2300 } },
  agency: { query: 'scene=agency' },
  'agency-deep-dark': {
    query: 'scene=agency&theme=dark',
    act: async (page) => {
      await page.locator('main').evaluate((main) => main.scrollTo(0, 150_000));
      await page.waitForTimeout(300);
    },
  },
  states: { query: 'scene=states', size: { width: 1280, height: 1320 } },
  'states-dark-en': { query: 'scene=states&theme=dark&lang=en', size: { width: 1280, height: 1100 } },
  'states-es': { query: 'scene=states&lang=es', size: { width: 1280, height: 1100 } },
  'filter-attention': { act: filter(0, 'attention') },
  'filter-attention-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en', act: filter(0, 'attention') },
  'filter-everywhere': { act: async (page) => page.locator('search select').nth(2).selectOption({ index: 1 }) },
  'filter-end': { act: filter(3, 'end') },
  'filter-disconnected': { act: filter(0, 'disconnected') },
  'filter-nothing': { act: search('quiosque fechado') },
  'filter-elsewhere-dark-en': { query: 'theme=dark&lang=en', act: search('loja') },
  'filter-calm': {
    act: async (page) => {
      await filter(0, 'expiring')(page);
      await filter(1, 'linkedin')(page);
    },
  },
  'row-focus': {
    act: async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
    },
  },
  'row-menu-key': {
    act: async (page) => {
      await page.keyboard.press('Control+f');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Shift+F10');
    },
  },
  select: { act: (page) => tickAccounts(page, 'a-cafe', 'a-franquias', 'a-torra') },
  'select-small-dark-en': {
    size: SMALL,
    query: 'theme=dark&lang=en',
    act: (page) => tickAccounts(page, 'a-cafe', 'a-franquias', 'a-torra'),
  },
  'bulk-ask': { act: askAll },
  'bulk-ask-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en', act: askAll },
  'bulk-running': {
    act: async (page) => {
      await page.evaluate(() => {
        const own = window.fake.disconnect.bind(window.fake);
        let first = true;
        window.fake.disconnect = (id, whole) => {
          if (!first) return new Promise(() => {});
          first = false;
          return own(id, whole);
        };
      });
      await askAll(page);
      await sure(page);
    },
  },
  'bulk-over': { act: leaveAll },
  'bulk-over-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en', act: leaveAll },
  details: { act: details('a-cafe-ig') },
  'details-dark-en': { query: 'theme=dark&lang=en', act: details('a-torra-ig') },
  'details-small-es': { size: SMALL, query: 'lang=es', act: details('a-torra') },
  'details-end': {
    act: async (page) => {
      await details('a-cafe-ig')(page);
      for (const summary of await page.locator('dialog summary').all()) await summary.click();
      await page.locator('dialog .body').evaluate((body) => body.scrollTo(0, 9999));
    },
  },
  'details-hostile': {
    query: 'scene=hostile',
    act: async (page) => {
      await search('semespacos')(page);
      await (await reach(page, 'a-hostile-1')).locator('.name').click();
    },
  },
  'zoom-200': { size: { width: 640, height: 400 } },
  'zoom-200-end-dark-en': {
    size: { width: 640, height: 400 },
    query: 'theme=dark&lang=en',
    act: (page) => page.locator('main').evaluate((main) => main.scrollTo(0, 620)),
  },
  'zoom-200-details': { size: { width: 640, height: 400 }, act: details('a-cafe-ig') },
  integrations: {},
  'integrations-dark': { query: 'theme=dark' },
  'integrations-small': { size: SMALL },
  'integrations-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en' },
  'integrations-es': { query: 'lang=es' },
  'integrations-end': { act: (page) => page.locator('main').evaluate((main) => main.scrollTo(0, 9999)) },
  menu: { act: (page) => menuOf(page, '@cafedaesquina') },
  projects: { act: (page) => button(page, /^(Projeto|Project):/).click() },
  'projects-small': { size: SMALL, act: (page) => button(page, /^(Projeto|Project):/).click() },
  empty: { query: 'scene=empty' },
  fresh: { query: 'scene=fresh' },
  'demo-lost': {
    query: 'scene=lost',
    act: (page) =>
      page
        .getByText(/Reconectando ao|Reconnecting to/)
        .first()
        .waitFor(),
  },
  'lost-problem': { query: 'scene=lostproblem', act: (page) => page.getByText(/outra versão|another version/).waitFor() },
  restored: { query: 'scene=restored' },
  demo: { query: 'scene=demo' },
  keychain: { query: 'scene=keychain' },
  withdrawing: { query: 'scene=withdrawing', act: (page) => page.getByText(/vamos tentar|we will try/).scrollIntoViewIfNeeded() },
  prepare: { act: connectMeta },
  'prepare-dark': { query: 'theme=dark', act: connectMeta },
  'prepare-linkedin': {
    act: async (page) => {
      await connectLinkedIn(page);
      await button(page, /^(Escolher|Choose)/).click();
    },
  },
  'prepare-small': { size: SMALL, act: connectMeta },
  waiting: {
    query: 'person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
    },
  },
  'waiting-dark-paste': {
    query: 'theme=dark&person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
      await button(page, /^(Colar o endereço|Paste the address)/).click();
    },
  },
  'waiting-no-browser': {
    query: 'scene=nobrowser&person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
    },
  },
  leave: {
    query: 'person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
      await page.keyboard.press('Escape');
    },
  },
  choose: { act: choosing() },
  'choose-dark-en': { query: 'theme=dark&lang=en', act: choosing() },
  'choose-small': { size: SMALL, act: choosing() },
  'choose-nothing': { act: choosing({ candidates: [] }) },
  'choose-no-rights': {
    act: offering((all) => all.map((one) => ({ ...one, connected: false, usable: false, reason: 'no_content_task' }))),
  },
  'choose-no-instagram': { act: offering((all) => all.filter(({ kind, connected }) => kind === 'facebook_page' && !connected)) },
  'choose-personal': {
    act: offering((all) => all.filter(({ connected, remote_id }) => !connected && !remote_id.startsWith('r-padaria-ig'))),
  },
  'choose-incomplete': { act: offering((all) => all.slice(2, 5), { complete: false }) },
  'choose-all-connected': { act: offering((all) => all.filter(({ connected }) => connected)) },
  'choose-no-company': {
    act: async (page) => {
      await connectLinkedIn(page);
      await openBrowser(page);
      await offer(page, (all) => all.slice(-1));
    },
  },
  'choose-linkedin': {
    act: async (page) => {
      await connectLinkedIn(page);
      await openBrowser(page);
      await finish(page);
      await page.getByText(/Escolha o que|Choose what/).waitFor();
    },
  },
  done: {
    act: async (page) => {
      await choosing()(page);
      await button(page, /^(Marcar todas|Tick all)/).click();
      await finishing(page);
    },
  },
  failed: {
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
      await page.evaluate(() =>
        window.fake.update(window.fake.state.attempts.at(-1).id, { state: 'failed', problem: { code: 'consent_denied' } }),
      );
    },
  },
  'failed-person': {
    query: 'person=99999',
    act: async (page) => {
      await button(page, /^(Reconectar login|Reconnect login)/).click();
      await openBrowser(page);
      await page.evaluate(() =>
        window.fake.update(window.fake.state.attempts.at(-1).id, {
          state: 'failed',
          problem: { code: 'wrong_person', args: { expected: 'Maria Lima', received: 'João Prado' } },
        }),
      );
    },
  },
  renew: { act: (page) => button(page, /^(Reconectar login|Reconnect login)/).click() },
  'renew-choose': {
    act: async (page) => {
      await button(page, /^(Reconectar login|Reconnect login)/).click();
      await openBrowser(page);
      await finish(page);
    },
  },
  'disconnect-whole': {
    act: async (page) => {
      await menuOf(page, 'Café da Esquina', LEAVE);
      await page.getByRole('radio').nth(1).check();
    },
  },
  disconnect: { act: (page) => menuOf(page, 'Café da Esquina', LEAVE) },
  'disconnect-dark': { query: 'theme=dark', act: (page) => menuOf(page, 'Café da Esquina', LEAVE) },
  outcome: {
    act: async (page) => {
      await menuOf(page, 'Café da Esquina', LEAVE);
      await button(page, /^(Desconectar|Disconnect) Café/).click();
      await button(page, /^(Pronto|Done)/).waitFor();
    },
  },
  'outcome-unreachable': {
    query: 'scene=withdrawing&theme=dark',
    act: async (page) => {
      await menuOf(page, 'Café da Esquina', LEAVE);
      await page.getByRole('radio').nth(1).check();
      await sure(page);
      await button(page, 'Pronto').waitFor();
    },
  },
  'history-small-en': { size: SMALL, query: 'lang=en&theme=dark', act: go('History') },
  apps: { act: go('Aplicativos') },
  'apps-dark-open': {
    query: 'theme=dark',
    act: async (page) => {
      await go('Aplicativos')(page);
      await page.getByText('Portas e versão').first().click();
    },
  },
  'apps-permissions': {
    act: async (page) => {
      await appsPage(page);
      await page
        .getByText(/Permissões pedidas|Permissions asked for/)
        .first()
        .click();
      await page.getByText('instagram_manage_insights').first().scrollIntoViewIfNeeded();
    },
  },
  'apps-relay': { query: 'scene=relay', act: appsPage },
  'apps-relay-small-dark-en': { size: SMALL, query: 'scene=relay&theme=dark&lang=en', act: appsPage },
  'apps-paste': { query: 'scene=paste', act: appsPage },
  'apps-test-works': { act: testing() },
  'apps-test-secret': { act: testing('app_secret_wrong') },
  'apps-test-secret-dark-en': { query: 'theme=dark&lang=en', act: testing('app_secret_wrong') },
  'apps-test-version-small': { size: SMALL, act: testing('version_retired') },
  'apps-test-offline-dark': { query: 'theme=dark', act: testing('offline') },
  'apps-test-running': {
    act: async (page) => {
      await appsPage(page);
      await page.evaluate(() => {
        window.fake.patience = new Promise(() => {});
      });
      await button(page, /^Testar /).click();
    },
  },
  'apps-dirty': {
    act: async (page) => {
      await appsPage(page);
      await page.getByLabel('Chave secreta').fill('segredo');
    },
  },
  paste: { query: 'scene=paste', act: connectMeta },
  'paste-dark-en': { query: 'scene=paste&theme=dark&lang=en', act: connectMeta },
  'paste-small': { size: SMALL, query: 'scene=paste', act: connectMeta },
  'paste-renew': { query: 'scene=paste', act: (page) => button(page, /^(Reconectar login|Reconnect login)/).click() },
  'paste-choose': {
    query: 'scene=paste&person=99999',
    act: async (page) => {
      await pasted(page);
      await finish(page, { granted: PART, subject_name: 'Publicador do Café' });
    },
  },
  'paste-choose-small-dark-en': {
    size: SMALL,
    query: 'scene=paste&person=99999&theme=dark&lang=en',
    act: async (page) => {
      await pasted(page);
      await finish(page, { granted: PART, subject_name: 'Publicador do Café' });
    },
  },
  'paste-foreign': {
    query: 'scene=paste&person=99999',
    act: async (page) => {
      await pasted(page);
      await update(page, { state: 'failed', problem: { code: 'token_foreign' } });
    },
  },
  'reading-unknown': {
    query: 'scene=paste&person=99999',
    act: pasted,
  },
  reading: {
    query: 'person=99999',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
      await update(page, { state: 'reading', found: 128, expected: 500 });
    },
  },
  'reading-dark-en': {
    query: 'person=99999&theme=dark&lang=en',
    act: async (page) => {
      await connectMeta(page);
      await openBrowser(page);
      await update(page, { state: 'reading', found: 128, expected: 500 });
    },
  },
  'renew-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en', act: (page) => button(page, /^Reconnect login/).click() },
  'renew-accounts': {
    act: async (page) => {
      await button(page, /^(Reconectar login|Reconnect login)/).click();
      await page.getByText('Ver as 2 contas').click();
    },
  },
  'renew-waiting': { query: 'person=99999', act: renewing },
  'renew-left': { query: 'person=99999', act: leavingOut },
  'renew-left-done': {
    query: 'person=99999',
    act: async (page) => {
      await leavingOut(page);
      await finishing(page);
    },
  },
  'renew-left-done-small-dark-en': {
    size: SMALL,
    query: 'person=99999&theme=dark&lang=en',
    act: async (page) => {
      await leavingOut(page);
      await finishing(page);
    },
  },
  grant: { act: (page) => button(page, /^(Conceder|Grant)/).click() },
  'grant-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en', act: (page) => button(page, /^Grant/).click() },
  declined: { query: 'person=99999', act: declining(['pages_messaging', 'instagram_manage_insights']) },
  'declined-done': {
    query: 'person=99999',
    act: async (page) => {
      await declining(['pages_messaging', 'instagram_manage_insights', 'business_management'])(page);
      await button(page, /^(Marcar todas|Tick all)/).click();
      await finishing(page);
    },
  },
  'declined-done-small-dark-en': {
    size: SMALL,
    query: 'person=99999&theme=dark&lang=en',
    act: async (page) => {
      await declining(['pages_messaging', 'instagram_manage_insights'])(page);
      await button(page, 'Tick all').click();
      await finishing(page);
    },
  },
  checkpoint: { query: 'scene=checkpoint' },
  'checkpoint-small-dark': {
    size: SMALL,
    query: 'scene=checkpoint&theme=dark',
    act: async (page) => (await reach(page, 'a-cafe-in')).scrollIntoViewIfNeeded(),
  },
  'checkpoint-sent': { query: 'scene=checkpoint', act: (page) => button(page, /^Abrir o Facebook/).click() },
  'login-menu': {
    act: (page) => button(page, /(Mais ações do login de|More actions for) João/).click(),
  },
  'disconnect-login': {
    act: async (page) => {
      await button(page, /(Mais ações do login de|More actions for) João/).click();
      await page.getByRole('menuitem', { name: /^(Desconectar|Disconnect) login/ }).click();
    },
  },
  'disconnect-login-small-dark-en': {
    size: SMALL,
    query: 'theme=dark&lang=en',
    act: async (page) => {
      await button(page, 'More actions for João').click();
      await page.getByRole('menuitem', { name: 'Disconnect login' }).click();
    },
  },
  big: { query: 'scene=big' },
  'choose-big': { query: 'person=99999', act: withCandidates('manyCandidates') },
  hostile: {
    query: 'scene=hostile',
    act: async (page) => (await reach(page, 'a-hostile-0')).scrollIntoViewIfNeeded(),
  },
  'hostile-small-dark': {
    size: SMALL,
    query: 'scene=hostile&theme=dark',
    act: async (page) => (await reach(page, 'a-hostile-3')).scrollIntoViewIfNeeded(),
  },
  'choose-hostile': { query: 'person=99999', act: withCandidates('hostileCandidates') },
  'renew-hostile': { query: 'scene=hostile&person=99999', act: (page) => menuOf(page, '@cafedaesquina', 'Renovar') },
  'disconnect-hostile': { query: 'scene=hostile', act: (page) => menuOf(page, 'Loja Loja', 'Desconectar…') },
  appearance: { act: go('Aparência') },
  'attention-one': { query: 'scene=one' },
  'attention-soon': { query: 'scene=soon' },
  'attention-soon-small-dark-en': { size: SMALL, query: 'scene=soon&theme=dark&lang=en' },
  'attention-calm': { query: 'scene=calm' },
  'attention-many': { query: 'scene=many' },
  'attention-many-open': { query: 'scene=many', act: showNotices },
  'attention-many-open-small-dark-en': { size: SMALL, query: 'scene=many&theme=dark&lang=en', act: showNotices },
  'attention-snoozed': { act: (page) => button(page, /^(Adiar 1 dia|Snooze 1 day): João/).click() },
  'attention-unseen': { query: 'scene=noservice' },
  'attention-clock-dark': { query: 'scene=clock&theme=dark' },
  'attention-hostile-small': { size: SMALL, query: 'scene=hostile' },
  queue: { query: 'scene=many', act: openQueue },
  'queue-small-dark-en': { size: SMALL, query: 'scene=many&theme=dark&lang=en', act: openQueue },
  'queue-turn': { query: 'scene=many', act: inQueue },
  'queue-turn-small-dark-en': { size: SMALL, query: 'scene=many&theme=dark&lang=en', act: inQueue },
  'queue-done': {
    query: 'scene=many&person=99999',
    act: async (page) => {
      await inQueue(page);
      await openBrowser(page);
      await finish(page);
      await finishing(page);
    },
  },
  'queue-result': { query: 'scene=many&person=99999', act: queueResult },
  'queue-result-small-dark-en': { size: SMALL, query: 'scene=many&person=99999&theme=dark&lang=en', act: queueResult },
  expiries: { act: go('Vencimentos') },
  'expiries-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en', act: go('Expiry dates') },
  'expiries-calm': { query: 'scene=calm', act: go('Vencimentos') },
  'expiries-empty': { query: 'scene=empty', act: go('Vencimentos') },
  'expiries-logins': { query: 'scene=logins', act: go('Vencimentos') },
  'expiries-logins-small-dark-en': { size: SMALL, query: 'scene=logins&theme=dark&lang=en', act: go('Expiry dates') },
  'expiries-table': {
    query: 'scene=many',
    act: async (page) => {
      await go('Vencimentos')(page);
      await button(page, /^(Ver como tabela|Show as a table)/).click();
    },
  },
  'expiries-hostile-small': { size: SMALL, query: 'scene=hostile', act: go('Vencimentos') },
  'foot-checking': { query: 'scene=checking' },
  'foot-offline-dark': { query: 'scene=offline&theme=dark' },
  'foot-clock': { query: 'scene=clock' },
  'foot-paused': { query: 'scene=paused' },
  'foot-small-open': { size: SMALL, query: 'scene=paused', act: (page) => button(page, /^Vigilância/).click() },
  'foot-small-open-dark-en': { size: SMALL, query: 'scene=checking&theme=dark&lang=en', act: (page) => button(page, /^Watch:/).click() },
  notices: { act: noticesPage },
  'notices-dark-en': { query: 'theme=dark&lang=en', act: noticesPage },
  'notices-quiet': { query: 'scene=quiet', act: noticesPage },
  'notices-quiet-small-dark-en': { size: SMALL, query: 'scene=quiet&theme=dark&lang=en', act: noticesPage },
  'notices-small': { size: SMALL, act: noticesPage },
  'notices-noservice': {
    query: 'scene=noservice',
    act: async (page) => {
      await noticesPage(page);
      await button(page, /^(Enviar uma|Send a test)/).click();
    },
  },
  'notices-noservice-end-small': {
    size: SMALL,
    query: 'scene=noservice',
    act: async (page) => {
      await noticesPage(page);
      await page.locator('main').evaluate((main) => main.scrollTo(0, 9999));
    },
  },
  'notices-denied-dark': { query: 'scene=denied&theme=dark', act: noticesPage },
  'notices-sent': {
    query: 'scene=silenced',
    act: async (page) => {
      await noticesPage(page);
      await button(page, /^(Enviar uma|Send a test)/).click();
    },
  },
  history: { act: go('Histórico') },
  'history-small-dark-en': { size: SMALL, query: 'scene=long&theme=dark&lang=en', act: go('History') },
  'history-long-everywhere': {
    query: 'scene=long',
    act: async (page) => {
      await go('Histórico')(page);
      await page.getByLabel('Projeto', { exact: true }).selectOption({ index: 1 });
    },
  },
  'history-end': {
    query: 'scene=long',
    act: async (page) => {
      await go('Histórico')(page);
      await button(page, 'Mostrar mais antigos').click();
      await page.locator('main').evaluate((main) => main.scrollTo(0, 99999));
    },
  },
  'history-export-dark': {
    query: 'theme=dark',
    act: async (page) => {
      await go('Histórico')(page);
      await button(page, 'Exportar').click();
    },
  },
  'history-no-match': {
    act: async (page) => {
      await go('Histórico')(page);
      await page.getByLabel('Buscar por nome').fill('padaria');
    },
  },
  'history-hostile-small': { size: SMALL, query: 'scene=hostile', act: go('Histórico') },
  diagnosis: { act: diagnosed },
  'diagnosis-idle-dark-en': { query: 'theme=dark&lang=en', act: go('Diagnosis') },
  'diagnosis-troubled': { query: 'scene=troubled', act: diagnosed },
  'diagnosis-troubled-small-dark-en': { size: SMALL, query: 'scene=troubled&theme=dark&lang=en', act: diagnosed },
  'diagnosis-running': {
    act: async (page) => {
      await page.evaluate(() => {
        window.fake.patience = new Promise(() => {});
      });
      await diagnosed(page);
    },
  },
  about: { act: (page) => page.locator('a[href="#about"]').click() },
  update: { query: 'scene=update', act: (page) => page.locator('a[href="#about"]').click() },
  'about-small-dark-en': { size: SMALL, query: 'theme=dark&lang=en', act: go('About') },
  'about-demo': { query: 'scene=demo', act: go('Sobre') },
  welcome: { query: 'scene=fresh' },
  'welcome-dark-en': { query: 'scene=fresh&theme=dark&lang=en' },
  'welcome-small': { size: SMALL, query: 'scene=fresh' },
  'welcome-small-dark-en': { size: SMALL, query: 'scene=fresh&theme=dark&lang=en' },
  closing: { act: closing },
  'closing-off-dark-en': {
    query: 'theme=dark&lang=en',
    act: async (page) => {
      await closing(page);
      await page.getByRole('switch').click();
    },
  },
  'closing-no-tray-small': { size: SMALL, query: 'scene=noservice', act: closing },
  toast: { act: (page) => button(page, /^(Verificar agora|Check now)/).click() },
  'project-remove': {
    act: async (page) => {
      await button(page, /^(Projeto|Project):/).click();
      await page.getByRole('menuitem', { name: /^(Remover|Remove)/ }).click();
    },
  },
  rename: {
    act: async (page) => {
      await button(page, /^(Projeto|Project):/).click();
      await page.getByRole('menuitem', { name: /^(Renomear|Rename)/ }).click();
    },
  },
};
