import { describe, expect, it } from '@jest/globals';
import { orderText } from '../../src/documents/printing/order.js';
import type { Basis, Given } from '../../src/domain/actor.js';
import { editionItems } from '../../src/domain/editions.js';
import type { ContentChange, PlanCommand } from '../../src/domain/plan/catalogue.js';
import { approvedOf, DIRECTOR, entry, given, party, planAfter, reported } from '../support/domain.js';

const plan = approvedOf('январь 2021 г.', 'март 2021 г.', 'октябрь 2020 г.');
const ORDER: Basis = {
  kind: 'document',
  document: { type: 'order', issuer: 'МБУДО «ЦВР»', date: '2020-10-14', number: '15' },
};
const BY_ORDER: Partial<Given> = { actor: DIRECTOR, reason: 'Форум перенесён', basis: ORDER };
const CHANGES: readonly ContentChange[] = [
  { type: 'rewordActivity', activityId: 'a1', title: 'Форум классных руководителей' },
  { type: 'rescheduleActivity', activityId: 'a2', timeframe: { text: 'апрель 2021 г.', schedule: null } },
  { type: 'reassignActivity', activityId: 'a2', responsible: party('Методист') },
  { type: 'addActivity', sectionId: 's1', after: null, activity: entry('май 2021 г.', { title: 'Слёт' }) },
  { type: 'excludeActivity', activityId: 'a3' },
];
const amend: PlanCommand = { type: 'amendPlan', changes: CHANGES };
const print = (text: readonly unknown[]) => text.join('');

describe('an edition', () => {
  const amended = given(plan).when(amend, BY_ORDER).plan();

  it('has its reason, its order, its day and its changes', () => {
    expect(amended.amendments).toMatchObject([
      { edition: 2, amendedOn: '2020-10-15', reason: 'Форум перенесён', basis: ORDER },
    ]);
    expect(amended.amendments[0]?.rows.map(({ kind, after }) => [kind, after.id])).toEqual([
      ['RESTATE', 'a1'],
      ['RESCHEDULE', 'a2'],
      ['REASSIGN', 'a2'],
      ['ADD', 'a4'],
      ['EXCLUDE', 'a3'],
    ]);
  });

  it('prints its changes as the items of an order', () => {
    const items = editionItems(amended, { edition: 2, rows: amended.amendments[0]?.rows ?? [] });
    expect(items.map(({ kind }) => kind)).toEqual(['RESTATE', 'RESCHEDULE', 'REASSIGN', 'ADD', 'EXCLUDE']);
    expect(orderText(items, print).split('\n')).toEqual([
      '1) пункт 1 изложить в следующей редакции: «1. Форум классных руководителей»;',
      '2) в графе «Срок исполнения» пункта 2 слова «март 2021 г.» заменить словами «апрель 2021 г.»;',
      '3) в графе «Ответственные» пункта 2 слова «Центр» заменить словами «Методист»;',
      '4) дополнить раздел «1. Раздел 1» в начале пунктом 4 следующего содержания: «Слёт», срок исполнения – «май 2021 г.», ответственные – «Центр»;',
      '5) пункт 3 исключить.',
    ]);
  });

  it('says where a row is put, whatever is put there later', () => {
    const add = (after: string | null, title: string): ContentChange => ({
      type: 'addActivity',
      sectionId: 's1',
      after,
      activity: entry('май 2021 г.', { title }),
    });
    const move: ContentChange = { type: 'moveActivity', activityId: 'a2', sectionId: 's1', after: 'a3' };
    const first = given(plan)
      .when({ type: 'amendPlan', changes: [add('a1', 'Слёт'), move] }, BY_ORDER)
      .events();
    const later = given(plan, first)
      .when({ type: 'amendPlan', changes: [add('a1', 'Съезд')] }, BY_ORDER)
      .plan();
    const [edition] = later.amendments;
    const items = editionItems(later, edition ?? { edition: 2, rows: [] });
    expect(orderText(items, print).split('\n')).toEqual([
      expect.stringContaining('дополнить раздел «1. Раздел 1» после пункта 1 пунктом 4 '),
      '2) пункт 2 переместить в раздел «1. Раздел 1» после пункта 3.',
    ]);
  });

  it('holds the row as it was when it was changed, whatever comes later', () => {
    const again = given(plan, given(plan).when(amend, BY_ORDER).events())
      .when({ type: 'rewordActivity', activityId: 'a1', title: 'Съезд' }, BY_ORDER)
      .plan();
    expect(again.amendments.map(({ edition, rows }) => [edition, rows.length])).toEqual([
      [2, 5],
      [3, 1],
    ]);
    expect(again.amendments[0]?.rows[0]).toMatchObject({
      before: { text: 'Мероприятие 1' },
      after: { text: 'Форум классных руководителей' },
    });
    expect(again.amendments[1]?.rows[0]).toMatchObject({ before: { text: 'Форум классных руководителей' } });
  });

  it('is known to a report that was made under it', () => {
    const report = reported('a1.r1', [{ pointId: 'a1.1', dueOn: '2021-01-31' }]);
    expect(planAfter(plan, report).activities.get('a1')?.reports).toMatchObject([{ edition: 1 }]);
    const events = given(plan).when(amend, BY_ORDER).events();
    expect(planAfter(plan, events, report).activities.get('a1')?.reports).toMatchObject([{ edition: 2 }]);
  });
});
