/**
 * Errors as they cross from Go: a rejected promise whose message is JSON with a
 * code and arguments. Anything else is "internal"; its text is never shown.
 */
import type { Problem } from './backend';

export function toProblem(error: unknown): Problem {
  const text = typeof error === 'string' ? error : error instanceof Error ? error.message : undefined;
  return (text === undefined ? fromValue(error) : fromText(text)) ?? { code: 'internal' };
}

function fromText(text: string): Problem | undefined {
  try {
    return fromValue(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fromValue(value: unknown): Problem | undefined {
  if (typeof value !== 'object' || value === null || !('code' in value)) return undefined;
  if (typeof value.code !== 'string' || value.code === '') return undefined;
  const args = 'args' in value ? textsOf(value.args) : {};
  return Object.keys(args).length > 0 ? { code: value.code, args } : { code: value.code };
}

function textsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
