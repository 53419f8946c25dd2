// A person who has nothing but a keyboard: goes from stop to stop, and notes what such a person would stumble over.

/** Runs in the page: what has the focus, and what could have it. */
function install() {
  const numbers = new WeakMap();
  let next = 1;
  const numberOf = (element) => {
    if (!numbers.has(element)) numbers.set(element, next++);
    return numbers.get(element);
  };
  const nameOf = (element) => {
    const by = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const said = element.getAttribute('aria-label') ?? by.map((id) => document.getElementById(id)?.textContent).join(' ');
    const words = said || element.labels?.[0]?.textContent || element.textContent || element.title || element.tagName;
    return words.trim().replace(/\s+/g, ' ').slice(0, 80);
  };
  const hasRing = (element) => {
    // The browser's own part of a field, such as the clock of a time, has a ring of its own.
    if (!element.matches(':focus')) return true;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
  };
  const isSeen = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + height / 2);
    return there !== null && (element.contains(there) || there.contains(element) || there.closest('label')?.contains(element) === true);
  };
  // Headings take the focus so that a reader begins there; nobody acts on them.
  const acts = (element) => !/^(H\d|BODY|DIALOG)$/.test(element.tagName);

  window.focusNow = () => {
    const element = document.activeElement;
    return {
      number: numberOf(element),
      name: element === document.body ? '' : nameOf(element),
      dialog: element.closest('dialog') !== null,
      ring: !acts(element) || hasRing(element),
      seen: element === document.body || isSeen(element),
      place: element === document.body ? -1 : [...document.querySelectorAll('*')].indexOf(element),
      dialogs: document.querySelectorAll('dialog[open]').length,
    };
  };

  /** All that Tab should come to: of several radio buttons the chosen one, or any where none is. */
  window.stops = () => {
    const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
    const all = [...root.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
    const open = all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true }));
    const left = open.filter(
      (one) => one.type !== 'radio' || one.checked || !all.some(({ name, checked }) => name === one.name && checked),
    );
    return left.map((one) => ({ number: numberOf(one), name: nameOf(one), jumps: one.tabIndex > 0 }));
  };
}

export class Keyboard {
  /** Sentences, each once. */
  found = new Set();

  static async on(page) {
    await page.addInitScript(install);
    return new Keyboard(page);
  }

  constructor(page) {
    this.page = page;
  }

  async press(key, times = 1) {
    for (let turn = 0; turn < times; turn += 1) await this.page.keyboard.press(key);
    return this.here();
  }

  type(words) {
    return this.page.keyboard.type(words);
  }

  /** What has the focus, once the page has drawn. */
  async here() {
    return this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(window.focusNow()), 0))));
  }

  /** One more stop, looked at. */
  async step(key = 'Tab') {
    const stop = await this.press(key);
    if (!stop.name) return stop;
    if (!stop.ring) this.found.add(`nothing shows that “${stop.name}” has the focus`);
    if (!stop.seen) this.found.add(`“${stop.name}” gets the focus where nobody sees it`);
    return stop;
  }

  /** Goes on until a stop's name fits; key may be another one, such as an arrow in a menu. */
  async to(name, key = 'Tab') {
    const first = await this.here();
    if (name.test(first.name)) return first;
    const passed = new Set([first.number]);
    let last = first;
    for (;;) {
      const stop = await this.step(key);
      if (name.test(stop.name)) return stop;
      // The way round leads over the browser's own bar, which is nothing here; a field of time is several stops.
      if (stop.name && stop.number !== last.number && passed.has(stop.number))
        throw new Error(`${name} cannot be reached with ${key} from “${first.name}”`);
      passed.add(stop.number);
      last = stop;
    }
  }

  /** Goes to it and presses Enter. */
  async use(name, key = 'Tab') {
    await this.to(name, key);
    return this.press('Enter');
  }

  /** Fails unless the focus is there. */
  async expect(name, when) {
    const { name: there } = await this.here();
    if (!name.test(there)) throw new Error(`${when}, the focus is on ${there ? `“${there}”` : 'nothing'} and not on ${name}`);
  }

  /** Fails when the focus fell off the page, so that the next Tab would begin at its top. */
  async expectSomewhere(when) {
    const { name } = await this.here();
    if (!name) throw new Error(`${when}, nothing has the focus`);
  }

  /** Waits for words on the page, as a person does. */
  async sees(words) {
    await this.page.getByText(words).first().waitFor();
    return this.here();
  }

  /** All the way round: everything that can be used is come to, in the order in which it is read, and nothing holds on. */
  async tour(what) {
    const wanted = await this.page.evaluate(() => window.stops());
    const passed = new Map();
    let turns = 0;
    let last = await this.here();
    for (let stop = await this.step(); !passed.has(stop.number) || stop.number === last.number; stop = await this.step()) {
      if (stop.place < last.place) turns += 1;
      if (passed.size > 400 || turns > 3) break;
      passed.set(stop.number, stop.name);
      last = stop;
    }
    if (turns > 2) this.found.add(`${what}: Tab goes back and forth`);
    for (const { name } of wanted.filter(({ jumps }) => jumps)) this.found.add(`${what}: “${name}” comes out of its turn`);
    const still = new Set((await this.page.evaluate(() => window.stops())).map(({ number }) => number));
    for (const { number, name } of wanted) {
      if (!passed.has(number) && still.has(number)) this.found.add(`${what}: “${name}” cannot be reached with Tab`);
    }
  }
}
