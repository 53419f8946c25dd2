import { describe, expect, it } from 'vitest';
import type { Attempt, Candidate } from '../backend/backend';
import { bareAttempt } from '../backend/fake';
import { linkedInCandidates, metaCandidates } from '../backend/fake-candidates';
import { ALL } from '../backend/fake-data';
import { choicesOf, findingsOf, firstTicks } from './candidates';

function candidate(more: Partial<Candidate> = {}): Candidate {
  return {
    kind: 'facebook_page',
    remote_id: 'r',
    name: 'Página',
    username: '',
    parent_id: '',
    detail: '',
    usable: true,
    capabilities: ALL,
    connected: false,
    ...more,
  };
}

function found(candidates: Candidate[], more: Partial<Attempt> = {}): Attempt {
  return {
    ...bareAttempt('t', 'meta'),
    state: 'choosing',
    complete: true,
    candidates,
    ...more,
  };
}

const instagram = (more: Partial<Candidate> = {}) => candidate({ kind: 'instagram_account', remote_id: 'ig', parent_id: 'r', ...more });

describe('the seven findings', () => {
  const cases: [string, Attempt, string[]][] = [
    ['nothing was granted', found([]), ['nothing_granted']],
    ['nothing was ticked', found([candidate({ usable: false, reason: 'not_ticked' })]), ['nothing_granted']],
    ['no right to create content', found([candidate({ usable: false, reason: 'no_content_task' })]), ['no_rights']],
    ['Pages without Instagram', found([candidate()]), ['no_instagram']],
    [
      'a personal Instagram account',
      found([candidate(), instagram({ usable: false, reason: 'instagram_personal' })]),
      ['instagram_personal'],
    ],
    ['no Company Page', found([candidate({ kind: 'linkedin_member' })], { provider: 'linkedin' }), ['no_organization']],
    [
      'a profile that was all that was asked for',
      found([candidate({ kind: 'linkedin_member' })], { provider: 'linkedin', granted: ['r_basicprofile', 'w_member_social'] }),
      [],
    ],
    ['a list that could not be read to its end', found([candidate()], { complete: false }), ['incomplete']],
    ['an empty list that could not be read to its end', found([], { complete: false }), ['incomplete']],
    ['everything connected already', found([candidate({ connected: true }), instagram({ connected: true })]), ['all_connected']],
    [
      'a renewal that leaves its only Page out',
      found([candidate({ connected: true, usable: false, reason: 'not_ticked' })], { grant_id: 'g' }),
      ['nothing_granted'],
    ],
    ['nothing to say', found([candidate(), instagram()]), []],
    ['nothing to say at LinkedIn', found(linkedInCandidates(), { provider: 'linkedin' }), []],
  ];
  it.each(cases)('%s', (_, attempt, expected) => {
    expect(findingsOf(attempt)).toEqual(expected);
  });
});

describe('choices', () => {
  it('leave nothing out, connected ones first and unusable ones last', () => {
    const choices = choicesOf(metaCandidates());
    expect(choices).toHaveLength(metaCandidates().length);
    expect(choices[0]?.candidate.connected).toBe(true);
    expect(choices.at(-1)?.candidate.usable).toBe(false);
  });

  it('keep an Instagram account below its Page', () => {
    const choices = choicesOf([instagram(), candidate({ remote_id: 'z', name: 'Antes' }), candidate()]);
    expect(choices.map(({ candidate: one, child }) => [one.remote_id, child])).toEqual([
      ['z', false],
      ['r', false],
      ['ig', true],
    ]);
  });

  it('are ticked at first only when there is a single one', () => {
    expect(firstTicks(found([candidate()]))).toEqual(['r']);
    expect(firstTicks(found([candidate(), instagram()]))).toEqual([]);
    expect(firstTicks(found([candidate({ connected: true }), instagram()]))).toEqual([]);
    expect(firstTicks(found([candidate()], { grant_id: 'g' }))).toEqual([]);
  });
});
