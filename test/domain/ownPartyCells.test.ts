import { describe, expect, it } from '@jest/globals';
import type { OrganisationContext } from '../../src/domain/actor.js';
import type { OrganisationEvent } from '../../src/domain/organisation/catalogue.js';
import { decideOrganisation } from '../../src/domain/organisation/decide.js';
import { evolveOrganisation } from '../../src/domain/organisation/evolve.js';
import { NO_ORGANISATION, type Organisation } from '../../src/domain/organisation/organisation.js';
import { cellWithoutPersons, type OwnPartyCell, withOwnParties } from '../../src/domain/organisation/ownPartyCells.js';
import type { Party, PartyKind, Responsible } from '../../src/domain/parties.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import { kindNotation, readResponsible } from '../../src/domain/wording/responsible.js';
import { statedParty, statedResponsible } from '../../src/domain/wording/statedParties.js';
import { ADMINISTRATOR, draftOf, entry, given, ON_AN_ORDINARY_DAY, ZONE } from '../support/domain.js';

const PERSON = { subject: 'person-1', sealed: 'sealed' };
const registered: OrganisationEvent = {
  type: 'OrganisationRegistered',
  data: { name: 'МБУДО «ЦВР»', parentId: null, timeZone: ZONE, settings: DEFAULT_SETTINGS },
};
const party = (name: string, kind: PartyKind): Party<never> => ({ name: [name], kind, agreement: false, joint: false });

const CELL = 'Кадры / архив';
const PARTIES = [party('Отдел кадров', 'unit'), party('Районный архив', 'org')];
const adopted: OrganisationEvent = { type: 'PartyCellAdopted', data: { text: CELL, parties: PARTIES } };
const withdrawn: OrganisationEvent = { type: 'PartyCellWithdrawn', data: { text: CELL } };

function became(...events: readonly OrganisationEvent[]): Organisation {
  return [registered, ...events].reduce<Organisation>(evolveOrganisation, NO_ORGANISATION);
}

function contextAfter(...events: readonly OrganisationEvent[]): OrganisationContext {
  const organisation = became(...events);
  if (organisation.status === 'ABSENT') throw new Error('it was registered');
  const { settings, wordings, partyCells } = organisation;
  return { id: 'org', timeZone: ZONE, settings, wordings, partyCells, isOwn: false };
}

/** The entry of a cell without persons. */
function read(text: string): Responsible {
  return { text: [text], parties: cellWithoutPersons(readResponsible(text))?.parties ?? [] };
}

describe('the own cells of parties of an organisation', () => {
  const decide = (history: readonly OrganisationEvent[], command: Parameters<typeof decideOrganisation>[1]) =>
    decideOrganisation(became(...history), command, { ...ON_AN_ORDINARY_DAY, actor: ADMINISTRATOR });
  const adopt = (cell: Partial<OwnPartyCell>, history: readonly OrganisationEvent[] = []) =>
    decide(history, { type: 'adoptPartyCell', text: CELL, parties: PARTIES, ...cell });

  it('are settled, settled anew, and withdrawn', () => {
    expect(adopt({ text: ` ${CELL}` })).toEqual({ kind: 'accepted', events: [adopted] });
    expect(adopt({}, [adopted])).toMatchObject({ refusal: { code: 'NOTHING_CHANGES' } });
    expect(adopt({ parties: PARTIES.toReversed() }, [adopted])).toMatchObject({ kind: 'accepted' });
    const withdraw = (text: string, ...history: readonly OrganisationEvent[]) =>
      decide(history, { type: 'withdrawPartyCell', text });
    expect(withdraw('архив', adopted)).toMatchObject({ refusal: { code: 'PARTY_CELL_NOT_OWN' } });
    expect(withdraw('КАДРЫ /  архив.', adopted)).toEqual({ kind: 'accepted', events: [withdrawn] });
    expect(withdraw(CELL, adopted, withdrawn)).toMatchObject({ refusal: { code: 'PARTY_CELL_NOT_OWN' } });
  });

  it('change nothing either when the stored event has its fields in another order', () => {
    const stored = PARTIES.map(({ name, kind, agreement, joint }) => ({ agreement, joint, kind, name }));
    const event: OrganisationEvent = { type: 'PartyCellAdopted', data: { text: CELL, parties: stored } };
    expect(adopt({}, [event])).toMatchObject({ refusal: { code: 'NOTHING_CHANGES' } });
  });

  it('name no persons, whose names would be open in them', () => {
    const refusal = { code: 'CELL_NAMES_PERSON' };
    expect(adopt({ text: 'Отдел кадров, Иванова А.П.' })).toMatchObject({ refusal });
    expect(adopt({ parties: [party('Иванова А.П.', 'role')] })).toMatchObject({ refusal });
    expect(adopt({ parties: [party('Кадровик', 'person')] })).toMatchObject({ refusal });
    expect(cellWithoutPersons({ text: ['Завуч ', PERSON], parties: PARTIES })).toBeUndefined();
    expect(cellWithoutPersons({ text: [CELL], parties: [{ ...party('', 'person'), name: [PERSON] }] })).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString'])('are no inherited property: «%s»', (text) => {
    const withdraw = (...history: readonly OrganisationEvent[]) => decide(history, { type: 'withdrawPartyCell', text });
    expect(withdraw(adopted)).toMatchObject({ refusal: { code: 'PARTY_CELL_NOT_OWN' } });
    expect(decide([], { type: 'withdrawWording', text })).toMatchObject({ refusal: { code: 'WORDING_NOT_OWN' } });
    const row = { responsible: read(text), irregularities: [] };
    expect(withOwnParties(contextAfter(adopted), row)).toBe(row);
    const kept: OrganisationEvent = { type: 'PartyCellAdopted', data: { text, parties: PARTIES } };
    expect(adopt({ text })).toEqual({ kind: 'accepted', events: [kept] });
    expect(withOwnParties(contextAfter(kept), row).responsible.parties).toEqual(PARTIES);
    expect(withdraw(kept)).toMatchObject({ kind: 'accepted' });
  });

  it('name somebody', () => {
    expect(adopt({ parties: [] })).toMatchObject({ refusal: { code: 'REQUIRED', field: 'parties' } });
    expect(adopt({ text: ' ' })).toMatchObject({ refusal: { code: 'REQUIRED', field: 'text' } });
  });

  it('are used when a row is added or its cell is changed, unless its author states the parties', () => {
    const responsible = read('кадры / архив ');
    const parties = (organisation: OrganisationContext | null, stated: Responsible = responsible) => {
      const activity = { ...entry('октябрь 2020 г.'), responsible: stated };
      const added = given(draftOf('октябрь 2020 г.'))
        .when({ type: 'addActivity', activity, sectionId: 's1', after: null }, { organisation })
        .plan();
      const changed = given(draftOf('октябрь 2020 г.'))
        .when({ type: 'reassignActivity', activityId: 'a1', responsible: stated }, { organisation })
        .plan();
      expect(changed.activities.get('a1')?.responsible).toEqual(added.activities.get('a2')?.responsible);
      return added.activities.get('a2')?.responsible.parties;
    };
    expect(parties(contextAfter(adopted))).toEqual(PARTIES);
    expect(parties(contextAfter(adopted, withdrawn))).toEqual(responsible.parties);
    expect(parties(null)).toEqual(responsible.parties);
    const stated = [party('Кадры / архив', 'group')];
    expect(parties(contextAfter(adopted), { text: [CELL], parties: stated, statedBy: 'author' })).toEqual(stated);
  });

  it('settle the questions about the cell of a document, and no others', () => {
    const question = (field: string) => ({ code: 'SIMILAR_PARTY', field, text: null, alternatives: [] }) as const;
    const row = { responsible: read(CELL), irregularities: [question('responsible'), question('title')] };
    expect(withOwnParties(contextAfter(adopted), row)).toEqual({
      responsible: { text: [CELL], parties: PARTIES, statedBy: 'organisation' },
      irregularities: [question('title')],
    });
    const another = { ...row, responsible: read('Архив') };
    expect(withOwnParties(contextAfter(adopted), another)).toBe(another);
  });
});

describe('parties that the author of a row states', () => {
  const state = (cell: string, ...names: readonly (string | [string, PartyKind])[]) =>
    statedResponsible(
      cell,
      names.map((each) => {
        const [name, kind] = typeof each === 'string' ? [each, null] : each;
        return statedParty({ name, kind, agreement: null, joint: null });
      }),
    );

  it('are of the kind that is stated, or that their names show', () => {
    const { parties } = state(CELL, 'Отдел кадров', ['Архив', 'group'], 'Иванова А.П.', 'Полиция (по согласованию)');
    expect(parties.map(kindNotation)).toEqual(['unit', 'group', 'person', 'org+agreement']);
    expect(parties.at(-1)?.name).toEqual(['Полиция']);
  });

  it('are persons in the cell too, so that a name which the rules miss is sealed there', () => {
    expect(state('Ромашка, Ромашкино; Ромашка', ['Ромашка', 'person'])).toEqual({
      text: [{ person: 'Ромашка' }, ', Ромашкино; ', { person: 'Ромашка' }],
      parties: [{ name: [{ person: 'Ромашка' }], kind: 'person', agreement: false, joint: false }],
      statedBy: 'author',
    });
  });

  it.each([
    ['Нгуен Тхи Мария Ивановна', ['Нгуен Тхи Мария Ивановна'], ['Нгуен Тхи Мария Ивановна']],
    ['Гур, Гур Бао', ['Гур', 'Гур Бао'], ['Гур', 'Гур Бао']],
    ['завуч Гур  Бао и ГУР\nБАО', ['Гур Бао'], ['Гур  Бао', 'ГУР\nБАО']],
  ])('are sealed whole in «%s»', (cell, names, sealed) => {
    const { text } = state(cell, ...names.map((name) => [name, 'person'] as [string, PartyKind]));
    expect(text.flatMap((part) => (typeof part === 'string' ? [] : [part.person]))).toEqual(sealed);
  });

  it('are read in time that grows with the cell', () => {
    const { text } = state('Ли '.repeat(3_000), ['Ли', 'person']);
    expect(text).toHaveLength(5_999);
  });
});
