/** The keyboard of the list: from the search to a row, from row to row, to what a row offers, and back. */
import type { Attachment } from 'svelte/attachments';
import type { AccountList } from '../../lib/state/account-list.svelte';

const PAGE = 8;
const STEPS: Partial<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** go brings the row of an account onto the page and gives it the focus. */
export function listKeys(list: AccountList, go: (id: string) => unknown): Attachment<HTMLElement> {
  return (root) => {
    const search = () => root.querySelector<HTMLElement>('input[type=search]')?.focus();
    const rowAt = (event: Event) => (event.target instanceof Element ? event.target.closest<HTMLElement>('[data-account]') : null);

    function inRow(event: KeyboardEvent, row: HTMLElement) {
      const step = STEPS[event.key];
      if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(event, row);
      else if (event.key === 'Escape') back(event);
      else if (step !== undefined && onName(event)) {
        event.preventDefault();
        const to = list.beside(row.dataset.account, step);
        if (to) void go(to);
        else search();
      }
    }

    function back(event: KeyboardEvent) {
      event.preventDefault();
      if (list.chosen.length > 0) list.untick();
      else search();
    }

    function inSearch(event: KeyboardEvent) {
      const [first] = list.rows;
      if (event.key === 'ArrowDown' && first) {
        event.preventDefault();
        void go(first.account.id);
      } else if (event.key === 'Escape' && list.query) {
        event.preventDefault();
        list.query = '';
      }
    }

    function pressed(event: KeyboardEvent) {
      const row = rowAt(event);
      if (event.defaultPrevented) return;
      if (row) inRow(event, row);
      else if (event.target instanceof HTMLInputElement && event.target.type === 'search') inSearch(event);
    }

    /** From anywhere on the page, unless somebody is writing or answering a dialog. */
    function anywhere(event: KeyboardEvent) {
      const find = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      const slash = event.key === '/' && !writing(event.target);
      if ((!find && !slash) || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      search();
    }

    const pointed = (event: MouseEvent) => {
      const row = rowAt(event);
      if (row) openMenu(event, row);
    };
    const focused = (event: FocusEvent) => {
      const id = rowAt(event)?.dataset.account;
      if (id) list.pinned = id;
    };

    root.addEventListener('keydown', pressed);
    root.addEventListener('contextmenu', pointed);
    root.addEventListener('focusin', focused);
    window.addEventListener('keydown', anywhere);
    return () => window.removeEventListener('keydown', anywhere);
  };
}

/** Arrows belong to the row's name and its box; buttons with a menu have their own. */
function onName(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('[aria-haspopup=menu], [role=menu]') === null;
}

function writing(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select') !== null;
}

function openMenu(event: Event, row: HTMLElement): void {
  const button = row.querySelector<HTMLElement>('[aria-haspopup=menu]');
  if (!button || (event.target instanceof Element && event.target.closest('[role=menu]'))) return;
  event.preventDefault();
  if (button.getAttribute('aria-expanded') !== 'true') button.click();
}
