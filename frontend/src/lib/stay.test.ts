import { beforeAll, describe, expect, it } from 'vitest';
import { stayHere } from './stay';

beforeAll(() => stayHere(document));

/** Whether the web view would do what it does with such an event. */
function followed(target: Element, event: Event): boolean {
  document.body.append(target);
  const free = target.dispatchEvent(event);
  target.remove();
  return free;
}

function link(href: string): Element {
  const a = document.createElement('a');
  a.setAttribute('href', href);
  return a;
}

function dragged(name: string, ...types: string[]): Event {
  return Object.assign(new Event(name, { bubbles: true, cancelable: true }), { dataTransfer: { types } });
}

const click = (name = 'click') => new MouseEvent(name, { bubbles: true, cancelable: true, button: name === 'click' ? 0 : 1 });

// Covers W3, UI04.
describe('the window stays on its page', () => {
  it.each(['https://example.com/', 'javascript:alert(1)', 'file:///etc/passwd', '/elsewhere', 'ms-msdt:x', ''])(
    'when a link to "%s" is clicked',
    (href) => {
      expect(followed(link(href), click())).toBe(false);
      expect(followed(link(href), click('auxclick'))).toBe(false);
    },
  );

  it('when something within a link is clicked', () => {
    const a = link('https://example.com/');
    const inner = a.appendChild(document.createElement('b'));
    document.body.append(a);
    expect(inner.dispatchEvent(click())).toBe(false);
    a.remove();
  });

  it('when a form is sent', () => {
    expect(followed(document.createElement('form'), new Event('submit', { bubbles: true, cancelable: true }))).toBe(false);
  });

  it.each(['dragover', 'drop'])('when a file or an address meets it in a "%s"', (name) => {
    expect(followed(document.createElement('p'), dragged(name, 'Files'))).toBe(false);
    expect(followed(document.createElement('p'), dragged(name, 'text/plain', 'text/uri-list'))).toBe(false);
  });

  it('and still follows its own links, buttons and dragged text', () => {
    expect(followed(link('#history'), click())).toBe(true);
    expect(followed(document.createElement('button'), click())).toBe(true);
    expect(followed(document.createElement('input'), dragged('drop', 'text/plain'))).toBe(true);
  });
});
