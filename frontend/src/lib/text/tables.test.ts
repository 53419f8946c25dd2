/** The tables of words against the codes in Go and the keys in use here. */
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_VERSIONS } from '../../views/apps/settings';
import { NEEDS, permissionsOf } from '../state/permissions';

const ROOT = resolve(import.meta.dirname, '../../../..');
const SOURCES = resolve(ROOT, 'frontend/src');
const LANGUAGES = ['pt-BR', 'en', 'es'] as const;

const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');
const table = (path: string): Record<string, string> => JSON.parse(read(path));
const domain = Object.fromEntries(LANGUAGES.map((language) => [language, table(`backend/text/${language}.json`)]));
const own = Object.fromEntries(LANGUAGES.map((language) => [language, table(`frontend/src/lib/text/${language}.json`)]));

const go = (folder: string) =>
  readdirSync(resolve(ROOT, folder))
    .filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'))
    .map((file) => read(`${folder}/${file}`))
    .join('\n');

/** The values of a Go enumeration: `Name Type = "value"`, in a block where the type may be given once a line. */
function valuesOf(source: string, type: string): string[] {
  return [...source.matchAll(new RegExp(`\\b\\w+\\s+${type}\\s*=\\s*"([^"]+)"`, 'g'))].map((match) => match[1] as string);
}

const social = go('backend/social');
/** Problems that the command line alone can have: the window does not carry their words. */
const ofCommands = table('backend/text/cli.en.json');
const codes = valuesOf(read('backend/problem/code.go'), 'Code').filter((code) => !ofCommands[`problem.${code}.message`]);

const wanted: [string, string[]][] = [
  ['a message for every problem', codes.map((code) => `problem.${code}.message`)],
  ['an action for every problem', codes.map((code) => `problem.${code}.action`)],
  ['every health', valuesOf(social, 'Health').map((value) => `health.${value}`)],
  ['every cause', valuesOf(social, 'Cause').map((value) => `cause.${value}`)],
  ['why, for every reason', valuesOf(social, 'Reason').map((value) => `reason.${value}.why`)],
  ['a cure for every reason', valuesOf(social, 'Reason').map((value) => `reason.${value}.cure`)],
  ['every event', valuesOf(social, 'EventKind').map((value) => `event.${value}`)],
  ['what every event says', valuesOf(social, 'EventKind').map((value) => `said.${value}`)],
  ['every capability', valuesOf(social, 'Capability').map((value) => `capability.${value}`)],
  ['every state of a capability', valuesOf(social, 'CapabilityState').map((value) => `capability_state.${value}`)],
  ['every kind', valuesOf(social, 'AccountKind').map((value) => `kind.${value}`)],
  ['every provider', valuesOf(social, 'Provider').map((value) => `provider.${value}`)],
  ['every withdrawal', valuesOf(social, 'Withdrawal').map((value) => `withdrawal.${value}`)],
];

describe.each(LANGUAGES)('the shared words in %s', (language) => {
  it.each(wanted)('have %s', (_, keys) => {
    expect(keys.length).toBeGreaterThan(1);
    expect(keys.filter((key) => !domain[language]?.[key])).toEqual([]);
  });

  it('have none for codes that are gone', () => {
    const known = new Set(wanted.flatMap(([, keys]) => keys));
    const groups = new Set([...known].map((key) => key.split('.')[0]));
    expect(Object.keys(domain[language] ?? {}).filter((key) => groups.has(key.split('.')[0]) && !known.has(key))).toEqual([]);
  });
});

const placesIn = (words = '') => [...words.matchAll(/\{\{\.(\w+)\}\}/g)].map((match) => match[1]).sort();

describe.each([
  ['shared', domain],
  ['own', own],
] as const)('the %s tables', (_, tables) => {
  const portuguese = tables['pt-BR'] ?? {};

  it.each(['en', 'es'])('have the same keys and places in %s as in pt-BR', (language) => {
    const other = tables[language] ?? {};
    expect(Object.keys(other).sort()).toEqual(Object.keys(portuguese).sort());
    for (const [key, words] of Object.entries(portuguese)) {
      // The singular may leave the number out.
      if (!key.endsWith('_one')) expect([key, placesIn(other[key])]).toEqual([key, placesIn(words)]);
    }
  });

  it.each(LANGUAGES)('hold no jargon, no empty words and no stray braces in %s', (language) => {
    for (const [key, words] of Object.entries(tables[language] ?? {})) {
      expect([key, words.trim()]).toEqual([key, words]);
      expect([key, words]).not.toEqual([key, '']);
      // Two quote what the provider's own page says.
      const quoted = (key.startsWith('apps.register_hint') && /OAuth/.test(words)) || key === 'paste.step.generate';
      expect([key, /token|oauth|scope|\bgrant_|endpoint/i.test(words)]).toEqual([key, quoted]);
      expect([key, words.replace(/\{\{\.\w+\}\}/g, '')]).toEqual([key, expect.not.stringMatching(/[{}]/)]);
    }
  });

  it.each(LANGUAGES)('have a plural for every singular in %s', (language) => {
    const keys = Object.keys(tables[language] ?? {});
    const stems = (suffix: string) => keys.filter((key) => key.endsWith(suffix)).map((key) => key.slice(0, -suffix.length));
    expect(stems('_one')).toEqual(stems('_other'));
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = resolve(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.(svelte|ts)$/.test(entry.name) && !/\.test\.ts$|fake/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('the words of the window', () => {
  const all = sources(SOURCES).join('\n');
  const patterns = [...all.matchAll(/`([a-z_]+(?:\.[\w.]+)*\.\$\{[^`]+)`/g)].map((match) => {
    const pattern = (match[1] as string)
      .replace(/\$\{[^}]*\}/g, '\0')
      .replace(/[.]/g, '\\.')
      .replaceAll('\0', '[\\w-]+');
    return new RegExp(`^${pattern}$`);
  });

  it('are all in use', () => {
    const stems = [...new Set(Object.keys(own['pt-BR'] ?? {}).map((key) => key.replace(/_(one|other)$/, '')))];
    const unused = stems.filter((key) => !all.includes(`'${key}'`) && !patterns.some((pattern) => pattern.test(key)));
    expect(unused).toEqual([]);
  });
});

describe('the words of the pages that are seldom opened', () => {
  const seldom = LANGUAGES.map((language) => table(`frontend/src/lib/text/seldom.${language}.json`));
  const all = sources(resolve(SOURCES, 'views')).join('\n');

  it('have the same keys and places in every language', () => {
    const [portuguese = {}, ...others] = seldom;
    for (const other of others) {
      expect(Object.keys(other).sort()).toEqual(Object.keys(portuguese).sort());
      for (const [key, words] of Object.entries(portuguese)) {
        expect([key, key.endsWith('_one') ? [] : placesIn(other[key])]).toEqual([key, key.endsWith('_one') ? [] : placesIn(words)]);
        // One names the command.
        expect([key, /token|oauth|scope/i.test(words + other[key])]).toEqual([key, key === 'about.scripts']);
      }
    }
  });

  it('are all in use', () => {
    const patterned = /^(about\.link|welcome\.need)\./;
    expect(Object.keys(seldom[0] ?? {}).filter((key) => !all.includes(`'${key}'`) && !patterned.test(key))).toEqual([]);
  });
});

describe.each([
  ['meta', 'backend/provider/meta'],
  ['linkedin', 'backend/provider/linkedin'],
] as const)('what is shown of %s', (provider, folder) => {
  const source = read(`${folder}/scopes.go`);
  const constants = new Map([...source.matchAll(/(\w+)\s+social\.Scope\s*=\s*"([^"]+)"/g)].map((match) => [match[1], match[2] as string]));

  it('are the permissions that it is asked for', () => {
    const known = [...constants.values()];
    const shown = permissionsOf(provider);
    expect(shown.filter((permission) => !known.includes(permission))).toEqual([]);
    // Three of LinkedIn's are understood when another app brings them, and never asked for.
    expect(known.filter((scope) => !shown.includes(scope) && !['openid', 'profile', 'r_organization_admin'].includes(scope))).toEqual([]);
  });

  it('is what each capability needs', () => {
    const tables = [...source.matchAll(/social\.(Publish|Messages|Comments|Analytics):\s*(?:return \[\]social\.Scope)?\{([^}]*)\}/g)].map(
      (match) => [(match[1] as string).toLowerCase(), (match[2] as string).split(',').map((name) => constants.get(name.trim()))],
    );
    const kinds =
      provider === 'meta' ? (['facebook_page', 'instagram_account'] as const) : (['linkedin_organization', 'linkedin_member'] as const);
    expect(kinds.flatMap((kind) => Object.entries(NEEDS[kind]))).toEqual(tables);
  });

  it('is the version that a blank field stands for', () => {
    expect(read(`${folder}/${provider}.go`)).toContain(`DefaultVersion = "${DEFAULT_VERSIONS[provider]}"`);
  });
});
