import { describe, expect, it } from '@jest/globals';
import { checkReadable, fromStore, UPCASTERS } from '../../src/domain/recorded.js';
import { canonicalJson } from '../../src/engine/eventstore/canonicalJson.js';
import { UnreadableEvent } from '../../src/engine/eventstore/envelope.js';
import type { Upcaster } from '../../src/engine/eventstore/eventTypes.js';
import { eventTypes, upcast } from '../../src/engine/eventstore/eventTypes.js';
import type { StoredEvent } from '../../src/engine/eventstore/port.js';

/** The steps of a made-up type that has come to version 3. */
const GROWN: readonly Upcaster[] = [
  (data) => ({ ...data, second: 2 }),
  ({ first, ...rest }) => ({ ...rest, renamed: first }),
];
const { presentVersion, isReadable } = eventTypes<{ type: 'Grown'; data: object }>({ Grown: GROWN }, 'Letopis');

const RECORDED_AT = '2020-12-31T20:00:00.000Z';

describe('upcasters', () => {
  it('lead a stored version step by step to the present one', () => {
    const data = (schemaVersion: number, stored: Record<string, unknown>) =>
      upcast(GROWN, { schemaVersion }, stored, '2020-10-01T00:00:00.000Z');
    expect(presentVersion('Grown')).toBe(3);
    expect(data(1, { first: 1 })).toEqual({ renamed: 1, second: 2 });
    expect(data(2, { first: 1, second: 5 })).toEqual({ renamed: 1, second: 5 });
    expect(data(3, { renamed: 7 })).toEqual({ renamed: 7 });
  });

  it('leave what is stored as it was', () => {
    const stored = Object.freeze({ first: 1 });
    upcast(GROWN, { schemaVersion: 1 }, stored, '');
    expect(stored).toEqual({ first: 1 });
  });

  it('know no way for a version of the future, for none, and for an unknown type', () => {
    expect(isReadable({ type: 'Grown', schemaVersion: 4 })).toBe(false);
    expect(isReadable({ type: 'Grown', schemaVersion: 0 })).toBe(false);
    expect(isReadable({ type: 'Grown', schemaVersion: 1.5 })).toBe(false);
    expect(isReadable({ type: 'Shrunk', schemaVersion: 1 })).toBe(false);
    expect(isReadable({ type: 'toString', schemaVersion: 1 })).toBe(false);
    expect(isReadable({ type: 'Grown', schemaVersion: 3 })).toBe(true);
  });

  it.each(['PlanApproved', 'PrintedApprovalConfirmed'] as const)(
    '%s of version 1 gives notices from the day after it was recorded, which had passed nowhere',
    (type) => {
      const [step] = UPCASTERS[type];
      expect(step?.({ underControlFrom: '2020-09-01' }, RECORDED_AT)).toEqual({
        underControlFrom: '2020-09-01',
        noticesFrom: '2021-01-01',
      });
    },
  );

  it('ActivityRescheduled of version 1 granted no request', () => {
    const [step] = UPCASTERS.ActivityRescheduled;
    expect(step?.({ activityId: 'a1' }, RECORDED_AT)).toEqual({ activityId: 'a1', requestId: null });
  });

  it('PlanDrafted of version 1 began no import in pieces', () => {
    const [step] = UPCASTERS.PlanDrafted;
    expect(step?.({ title: 'План' }, RECORDED_AT)).toEqual({ title: 'План', importing: null });
  });
});

describe('a chronicle with events of a newer Letopis', () => {
  it('is refused with what to install', () => {
    const kinds = [
      { type: 'PlanDrafted', schemaVersion: 1, writtenBy: '0.1.0' },
      { type: 'PlanDrafted', schemaVersion: 9, writtenBy: '0.9.0' },
      { type: 'PlanReopened', schemaVersion: 1, writtenBy: '0.10.0' },
    ];
    expect(() => checkReadable(kinds)).toThrow(
      new UnreadableEvent(
        'the chronicle holds events that this Letopis cannot read (PlanDrafted of version 9, PlanReopened of version 1): install Letopis 0.10.0 or a later one; nothing was changed',
      ),
    );
  });

  it('is taken when every kind in it is known', () => {
    expect(() => checkReadable([{ type: 'PlanDrafted', schemaVersion: 1, writtenBy: '' }])).not.toThrow();
  });
});

describe('an event that is not what its row says', () => {
  const envelope = {
    schemaVersion: 1,
    recordedAt: '2020-10-01T00:00:00.000Z',
    actor: {},
    event: { type: 'SectionRemoved', data: { sectionId: 's1' } },
  };
  const row = (over: Partial<StoredEvent> = {}): StoredEvent => ({
    id: 'e1',
    type: 'SectionRemoved',
    schemaVersion: 1,
    body: canonicalJson(envelope),
    stream: 'plan-1',
    revision: 4,
    position: '1',
    ...over,
  });

  it.each([
    ['not JSON', { body: '{"' }, /not JSON/],
    ['no envelope', { body: '{}' }, /no event/],
    ['of another type', { type: 'SectionAdded' }, /stored as SectionAdded of version 1, which it is not/],
    ['of another version', { schemaVersion: 2 }, /stored as SectionRemoved of version 2, which it is not/],
    ['of an unknown version', { schemaVersion: 7, body: canonicalJson({ ...envelope, schemaVersion: 7 }) }, /install/],
  ])('%s is told by its place', (_, over, message) => {
    expect(() => fromStore(row(over))).toThrow(UnreadableEvent);
    expect(() => fromStore(row(over))).toThrow(message);
    expect(() => fromStore(row(over))).toThrow(/plan-1@4/);
  });

  it('and one that is, is read', () => {
    expect(fromStore(row())).toMatchObject({ revision: 4, event: envelope.event });
  });
});
