/** The list of accounts as the person has set it up: filter, order, ticks, and the row that matters now. */
import type { Account, Provider } from '../backend/backend';
import type { Connections } from './connections.svelte';
import { countsOf, finder, type HealthFilter, isNarrow, narrowed } from './filter';
import { groupsOf, type Row } from './groups';
import type { Sort } from './order';

type Ids = ReadonlySet<string>;

export class AccountList {
  query = $state('');
  #health = $state<HealthFilter>('all');
  provider = $state<Provider | ''>('');
  /** All projects, instead of the one on show. */
  everywhere = $state(false);
  sort = $state<Sort>('name');

  /** The row to keep on the page wherever it is scrolled to: it has the focus, or will have it. */
  pinned = $state<string | undefined>();
  /** The account whose details are on show. */
  opened = $state<string | undefined>();
  /** The row whose menu is open, and the button it opened from. */
  menu = $state.raw<{ id: string; button: HTMLElement; last: boolean } | undefined>();
  /** The accounts that are asked about together, or were just disconnected. */
  leaving = $state.raw<readonly Account[] | undefined>();
  /** Accounts whose person was sent to the network's own site; what is left is to look again. */
  sent = $state.raw<Ids>(new Set());
  ticked = $state.raw<Ids>(new Set());
  #anchor: string | undefined;

  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  get health(): HealthFilter {
    return this.#health;
  }

  set health(health: HealthFilter) {
    this.#health = health;
    if (health === 'disconnected') void this.#connections.loadFormer();
  }

  readonly #project = $derived.by(() => (this.everywhere ? undefined : this.#connections.project?.id));

  readonly #gone = $derived.by(() => this.health === 'disconnected');

  readonly all = $derived.by(() => {
    const { snapshot, project } = this.#connections;
    if (!snapshot || !project) return [];
    const { former, known } = this.#connections;
    const shown = this.#gone && former ? { ...snapshot, accounts: known, grants: [...snapshot.grants, ...former.grants] } : snapshot;
    return groupsOf(shown, { project: this.#project, sort: this.sort, gone: this.#gone });
  });

  readonly groups = $derived.by(() => narrowed(this.all, this));

  readonly rows: Row[] = $derived.by(() => this.groups.flatMap(({ logins }) => logins.flatMap((login) => login.rows)));

  /** How many rows there are. */
  readonly count = $derived.by(() => this.groups.reduce((sum, { logins }) => logins.reduce((all, { count }) => all + count, sum), 0));

  readonly counts = $derived.by(() => countsOf(this.#connections.snapshot, this.#project));

  /** How many there are when nothing is looked for. */
  readonly total = $derived.by(() => this.counts[this.#gone ? 'disconnected' : 'all']);

  readonly narrow = $derived.by(() => isNarrow(this));

  /** How many accounts of other projects would be found too. */
  readonly elsewhere = $derived.by(() => {
    const { snapshot, project } = this.#connections;
    if (this.everywhere || !this.narrow || !snapshot) return 0;
    const found = finder(this);
    const accounts = this.#gone ? this.#connections.known : snapshot.accounts;
    return accounts.filter((one) => one.project_id !== project?.id && (one.state === 'active') !== this.#gone && found(one)).length;
  });

  /** The ticked accounts among those on show: an act never reaches what cannot be seen. */
  readonly chosen: Account[] = $derived.by(() => {
    if (this.ticked.size === 0) return [];
    return this.rows.map(({ account }) => account).filter(({ id, state }) => state === 'active' && this.ticked.has(id));
  });

  clear(): void {
    this.query = '';
    this.health = 'all';
    this.provider = '';
  }

  /** Ticks or unticks one row, or with range all from the last one touched to it. */
  tick(id: string, on: boolean, range = false): void {
    const ids = this.rows.map(({ account }) => account.id);
    const [from, to] = [ids.indexOf(range ? (this.#anchor ?? id) : id), ids.indexOf(id)];
    const touched = from < 0 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.tickAll(touched, on);
    this.#anchor = id;
  }

  tickAll(ids: readonly string[], on: boolean): void {
    const ticked = new Set(this.ticked);
    for (const id of ids) {
      if (on) ticked.add(id);
      else ticked.delete(id);
    }
    this.ticked = ticked;
  }

  untick(): void {
    this.ticked = new Set();
  }

  /** The row so many places below another one, kept to the list; undefined one step above its start. */
  beside(id: string | undefined, by: number): string | undefined {
    const at = this.rows.findIndex(({ account }) => account.id === id);
    if (at + by < 0 && by === -1) return undefined;
    return this.rows[Math.max(Math.min(at + by, this.rows.length - 1), 0)]?.account.id;
  }

  /** Makes sure that an account can be seen: what hides it is taken back. */
  reveal(id: string): void {
    if (this.rows.some(({ account }) => account.id === id)) return;
    this.clear();
  }
}
