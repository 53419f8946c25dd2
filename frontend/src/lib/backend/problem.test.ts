import { describe, expect, it } from 'vitest';
import { toProblem } from './problem';

describe('a rejected promise', () => {
  const cases: [string, unknown, unknown][] = [
    [
      'carries its problem in the message of an Error',
      new Error('{"code":"ports_busy","args":{"ports":"17653"}}'),
      { code: 'ports_busy', args: { ports: '17653' } },
    ],
    ['carries its problem as bare text', '{"code":"offline"}', { code: 'offline' }],
    ['may be the problem itself', { code: 'offline' }, { code: 'offline' }],
    ['with null arguments has none', '{"code":"offline","args":null}', { code: 'offline' }],
    ['loses arguments that are no text', '{"code":"offline","args":{"a":1,"b":"x"}}', { code: 'offline', args: { b: 'x' } }],
    ['with anything else in it is internal', new Error('dial unix /run/kontent.sock: refused'), { code: 'internal' }],
    ['with an object that lost its code is internal', new Error('[object Object]'), { code: 'internal' }],
    ['with a number for a code is internal', '{"code":7}', { code: 'internal' }],
    ['with nothing in it is internal', undefined, { code: 'internal' }],
    ['with null in it is internal', 'null', { code: 'internal' }],
  ];
  it.each(cases)('%s', (_, error, expected) => {
    expect(toProblem(error)).toEqual(expected);
  });
});
