/** A diagnosis under way: every check is asked for on its own, so that each shows as soon as it is over. */
import type { Backend, Check, Finding } from '../backend/backend';
import { toProblem } from '../backend/problem';

/** In the order in which they are shown: what keeps accounts from working comes first. */
export const CHECKS: readonly Check[] = [
  'keychain',
  'reach_meta',
  'reach_linkedin',
  'app_meta',
  'app_linkedin',
  'ports',
  'opener',
  'notifications',
  'tray',
  'clock',
  'database',
  'folder',
  'versions',
];

export class Diagnosis {
  findings = $state.raw<ReadonlyMap<Check, Finding>>(new Map());
  running = $state(false);

  readonly #backend: Backend;

  readonly over = $derived.by(() => !this.running && this.findings.size === CHECKS.length);
  readonly wrong = $derived.by(() => [...this.findings.values()].filter(({ state }) => state === 'trouble').length);

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async run(): Promise<void> {
    if (this.running) return;
    this.findings = new Map();
    this.running = true;
    await Promise.all(CHECKS.map((check) => this.#look(check)));
    this.running = false;
  }

  /** What could not even be asked for says so in its own place. */
  async #look(check: Check): Promise<void> {
    const asked = await this.#backend.diagnose([check]).catch((error: unknown) => ({ findings: [failed(check, error)] }));
    const [found = failed(check, undefined)] = asked.findings;
    this.findings = new Map([...this.findings, [check, found]]);
  }
}

function failed(check: Check, error: unknown): Finding {
  return { check, state: 'unknown', code: toProblem(error).code, took_ms: 0 };
}
