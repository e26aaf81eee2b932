import fc from 'fast-check';
import type { Given } from '../../src/domain/actor.js';
import { decide } from '../../src/domain/decide.js';
import { evolve } from '../../src/domain/evolve.js';
import type { Party } from '../../src/domain/parties.js';
import type { PlanCommand, PlanEvent } from '../../src/domain/plan/catalogue.js';
import type { ImportedActivity, ImportedPlan } from '../../src/domain/plan/importedPlan.js';
import { NO_PLAN, type Plan } from '../../src/domain/plan.js';
import type { EventStore, NewEvent } from '../../src/engine/eventstore/port.js';
import { moves } from '../domain/moves.js';
import { approvedOf, DIRECTOR, draftOf, METHODOLOGIST, ON_AN_ORDINARY_DAY, YEAR, ZONE } from './domain.js';
import { storedBy } from './stored.js';

/** The ids of the plans of a history: one in force, one draft, and one that is imported in parts. */
export const UNDER_WAY = 'p-under-way';
export const IN_DRAFT = 'p-in-draft';
export const IMPORTED = 'p-imported';
const PLANS = [UNDER_WAY, IN_DRAFT, IMPORTED] as const;
type PlanId = (typeof PLANS)[number];

export type Step =
  | { readonly kind: 'command'; readonly planId: PlanId; readonly command: PlanCommand; readonly given: Given }
  /** The next `size` events of the import. Another `reader` starts the import again. */
  | { readonly kind: 'import'; readonly size: number; readonly reader: string; readonly now: string }
  | { readonly kind: 'abandon'; readonly now: string };

/** Events of one append. */
export interface Append {
  readonly stream: string;
  readonly firstRevision: number;
  readonly events: readonly NewEvent[];
}

/** Decides a sequence of commands as the command handler would. Refused commands add nothing. */
export function played(steps: readonly Step[]): readonly Append[] {
  const streams = {
    [UNDER_WAY]: new Stream(`plan-${UNDER_WAY}`),
    [IN_DRAFT]: new Stream(`plan-${IN_DRAFT}`),
    [IMPORTED]: new Stream(`plan-${IMPORTED}`),
  };
  const appends = [
    streams[UNDER_WAY].append(approvedOf('сентябрь 2020 г.', '1 раз в квартал', 'ноябрь 2020 г., апрель 2021 г.')),
    streams[IN_DRAFT].append(draftOf('сентябрь 2020 г.', 'ежемесячно')),
  ];
  for (const step of steps) {
    const stream = streams[step.kind === 'command' ? step.planId : IMPORTED];
    const given = step.kind === 'command' ? step.given : { ...ON_AN_ORDINARY_DAY, now: step.now };
    const events = stream.decided(step, given);
    if (events.length > 0) appends.push(stream.append(events, given));
  }
  return appends;
}

/** Appends a history to a chronicle. */
export async function stored(appends: readonly Append[], chronicle: EventStore): Promise<void> {
  for (const { stream, firstRevision, events } of appends) {
    await chronicle.append(stream, firstRevision === 0 ? 'noStream' : firstRevision - 1, events);
  }
}

class Stream {
  #plan: Plan = NO_PLAN;
  #revision = 0;
  #recordedAt = '';

  constructor(private readonly name: string) {}

  decided(step: Step, given: Given): readonly PlanEvent[] {
    const decision = decide(this.#plan, commandOf(step), given);
    if (decision.kind === 'refused') return [];
    return step.kind === 'import' ? decision.events.slice(0, step.size) : decision.events;
  }

  append(events: readonly PlanEvent[], given: Given = ON_AN_ORDINARY_DAY): Append {
    const firstRevision = this.#revision;
    if (given.now > this.#recordedAt) this.#recordedAt = given.now;
    return { stream: this.name, firstRevision, events: events.map((event) => this.#recorded(event, given)) };
  }

  #recorded(event: PlanEvent, given: Given): NewEvent {
    const [stream, revision] = [this.name, this.#revision];
    this.#plan = evolve(this.#plan, event);
    this.#revision += 1;
    const place = { stream, revision, recordedAt: this.#recordedAt, command: `${stream}/${revision}` };
    return storedBy(event, place, given);
  }
}

function commandOf(step: Step): PlanCommand {
  switch (step.kind) {
    case 'command':
      return step.command;
    case 'abandon':
      return { type: 'abandonImport', importCommandId: '' };
    case 'import': {
      const source = { fileName: 'plan.txt', sha256: '0'.repeat(64), reader: step.reader };
      return { type: 'importPlan', plan: DOCUMENT, source, organisationId: null, timeZone: ZONE };
    }
  }
}

function named(...names: readonly string[]): Party[] {
  return names.map((name, index) => ({ name: [name], kind: 'org', agreement: false, joint: index > 0 }));
}

function row(number: string, timeframeText: string, ...names: readonly string[]): ImportedActivity {
  return {
    number,
    title: `Мероприятие ${number}`,
    text: `Мероприятие ${number}`,
    subItems: [],
    timeframeText,
    responsible: { text: [names.join(', ')], parties: named(...names) },
    references: [],
    extras: {},
    irregularities: [],
    source: `line ${number}`,
  };
}

/** The import consists of one event for each row and section, and two more. */
const DOCUMENT: ImportedPlan = {
  title: 'План работы',
  documentKind: 'план работы',
  ownerUnit: 'Центр',
  institution: null,
  period: YEAR,
  periodKind: 'SCHOOL_YEAR',
  periodText: null,
  stamps: [
    {
      kind: 'approve',
      marker: 'Утверждаю',
      post: 'Директор',
      organisation: null,
      person: null,
      date: null,
      document: null,
    },
  ],
  columns: [],
  sections: [
    { numberText: 'I.', title: 'Первый', activities: [row('1', 'январь', 'Центр'), row('2', 'ежемесячно', 'Форум')] },
    { numberText: 'II.', title: 'Второй', activities: [row('3', 'в течение года', 'Семинар', 'Центр')] },
  ],
  irregularities: [],
};

const planId = fc.constantFrom(...PLANS);

const anyCommand: fc.Arbitrary<Step> = fc
  .tuple(planId, moves)
  // The id of an import is derived from its file, so no other command begins a plan with that id.
  .filter(([id, { command }]) => id !== IMPORTED || command.type !== 'draftPlan')
  .map(([id, { command, circumstances }]) => ({ kind: 'command', planId: id, command, given: circumstances }));

/** Parties that several plans name, with several spellings each. */
const party = fc.tuple(
  fc.constantFrom('Центр', '«центр»', 'ЦЕНТР', 'Форум', 'форум', 'Семинар'),
  fc.constantFrom('org', 'unit', 'group'),
);
const activityId = fc.constantFrom('a1', 'a2', 'a3');
const decided: Given = { ...ON_AN_ORDINARY_DAY, actor: DIRECTOR, reason: 'Приказ', basis: { kind: 'withoutDocument' } };
const reassigning: fc.Arbitrary<Step> = fc
  .tuple(planId, activityId, fc.array(party, { minLength: 1, maxLength: 2 }))
  .map(([id, activity, named]) => {
    const parties = named.map(
      ([print, kind]) => ({ name: [print], kind, agreement: false, joint: false }) satisfies Party,
    );
    const responsible = { text: named.map(([print]) => print), parties };
    const command = { type: 'reassignActivity', activityId: activity, responsible } as const;
    return { kind: 'command', planId: id, command, given: decided };
  });

const SYSTEM = { ...METHODOLOGIST, id: 'system', role: 'system' } as const;
const noticing: fc.Arbitrary<Step> = fc
  .tuple(planId, fc.constantFrom('2020-12-01T07:00:00Z', '2021-06-01T07:00:00Z'))
  .map(([id, now]) => {
    const given: Given = { ...ON_AN_ORDINARY_DAY, actor: SYSTEM, now };
    return { kind: 'command', planId: id, command: { type: 'noticeMissedDeadlines' }, given };
  });

const importedAt = fc.constantFrom('2020-10-15T07:00:00Z', '2020-10-16T07:00:00Z');
const importing: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('import' as const),
      size: fc.integer({ min: 1, max: 4 }),
      reader: fc.constantFrom('text-1', 'text-1', 'text-1', 'text-2'),
      now: importedAt,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('abandon' as const), now: importedAt }) },
);

/** Random commands on the three plans. Cases that are difficult for read models are more frequent than in reality. */
export const histories: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: anyCommand },
    { weight: 3, arbitrary: reassigning },
    { weight: 3, arbitrary: importing },
    { weight: 1, arbitrary: noticing },
  ),
  { minLength: 20, maxLength: 60, size: 'max' },
);
