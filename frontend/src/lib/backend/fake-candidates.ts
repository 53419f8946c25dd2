/** What the stand-in's sign-ins offer to connect. */
import type { Candidate } from './backend';
import { HOSTILE } from './fake-crowd';
import { ALL, COMPANY, PROFILE } from './fake-data';

function candidate(kind: Candidate['kind'], id: string, name: string, more: Partial<Candidate> = {}): Candidate {
  return { kind, remote_id: id, name, username: '', parent_id: '', detail: '', usable: true, capabilities: ALL, connected: false, ...more };
}

export function metaCandidates(): Candidate[] {
  return [
    candidate('facebook_page', 'r-a-cafe', 'Café da Esquina', { picture: '24', connected: true }),
    candidate('instagram_account', 'r-a-cafe-ig', 'Café da Esquina', { username: 'cafedaesquina', parent_id: 'r-a-cafe', connected: true }),
    candidate('facebook_page', 'r-padaria', 'Padaria São Bento', { detail: 'Portfólio Prado', picture: '40' }),
    candidate('instagram_account', 'r-padaria-ig', 'Padaria São Bento', {
      username: 'padariasaobento',
      parent_id: 'r-padaria',
      picture: '95',
    }),
    candidate('facebook_page', 'r-sorvetes', 'Sorvetes da Praça', { connected_in: 'Loja do Bairro' }),
    candidate('facebook_page', 'r-feira', 'Feira Livre de Orgânicos da Zona Oeste e Adjacências', { reason: 'instagram_unreadable' }),
    candidate('facebook_page', 'r-doceria', 'Doceria Aurora', { usable: false, reason: 'not_ticked' }),
    candidate('facebook_page', 'r-bistro', 'Bistrô da Ladeira', { usable: false, reason: 'no_content_task' }),
    candidate('instagram_account', 'r-bistro-ig', 'Bistrô', {
      username: 'bistrodaladeira',
      parent_id: 'r-bistro',
      usable: false,
      reason: 'instagram_personal',
    }),
  ];
}

export function linkedInCandidates(): Candidate[] {
  return [
    candidate('linkedin_organization', 'urn:li:organization:11', 'Padaria São Bento', {
      detail: 'Administrador de conteúdo',
      capabilities: COMPANY,
    }),
    candidate('linkedin_organization', 'urn:li:organization:12', 'Bistrô da Ladeira', {
      usable: false,
      reason: 'role_insufficient',
      detail: 'Analista',
      capabilities: COMPANY,
    }),
    candidate('linkedin_member', 'urn:li:person:9', 'Rita Campos', { picture: '300', reason: 'profile_limits', capabilities: PROFILE }),
  ];
}

export function manyCandidates(count: number): Candidate[] {
  return Array.from({ length: count }, (_, index) => {
    const number = Math.floor(index / 2) + 1;
    if (index % 2 === 0) return candidate('facebook_page', `r-new-${index}`, `Filial ${number}`, { detail: 'Portfólio Prado' });
    const reason = number % 9 === 0 ? ({ usable: false, reason: 'instagram_not_ticked' } as const) : {};
    return candidate('instagram_account', `r-new-${index}`, `Filial ${number}`, {
      username: `filial.${number}`,
      parent_id: `r-new-${index - 1}`,
      ...reason,
    });
  });
}

export function hostileCandidates(): Candidate[] {
  return HOSTILE.map((name, index) => candidate('facebook_page', `r-hostile-${index}`, name, { detail: name }));
}
