import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/domain/actor.js';
import type { PlanCommand } from '../../src/domain/plan/catalogue.js';
import { DEFAULT_SETTINGS } from '../../src/domain/settings.js';
import {
  ADMINISTRATOR,
  agreed,
  approved,
  approvedOf,
  DEPARTMENT_HEAD,
  DIRECTOR,
  drafted,
  draftOf,
  given,
  importedSample,
  METHODOLOGIST,
  planAfter,
  planned,
  section,
  stamp,
  step,
  submitted,
} from '../support/domain.js';

const COUNCIL = step('Председатель педсовета', 'accept');
const DEPARTMENT = step('Начальник отдела образования', 'agree', 2);
const draft = draftOf('январь 2021 г.');
const onAgreement = [...draft, submitted(COUNCIL, DEPARTMENT)];
const chairman: Actor = { ...METHODOLOGIST, id: 'u-chairman', post: 'председатель ПЕДСОВЕТА' };

describe('submitPlan', () => {
  it('puts the plan on its route, whichever body stands above', () => {
    given(draft)
      .when({ type: 'submitPlan', route: [COUNCIL, DEPARTMENT] })
      .thenEvents(submitted(COUNCIL, DEPARTMENT));
  });

  it('needs a period, something planned, and every wording read', () => {
    const submit = { type: 'submitPlan', route: [] } as const;
    given(drafted({ period: null }), section(1), planned(1, 'ежемесячно'))
      .when(submit)
      .thenRefused('PERIOD_REQUIRED', 'period');
    given(drafted()).when(submit).thenRefused('NOTHING_PLANNED');
    given(draftOf('январь 2021 г.', 'как получится')).when(submit).thenRefused('UNREAD_WORDING', 'activities');
  });

  it('has a route of named posts, not too long', () => {
    given(draft)
      .when({ type: 'submitPlan', route: [COUNCIL, step(' ', 'agree', 2)] })
      .thenRefused('REQUIRED', 'route.1.post');
    const long = Array.from({ length: 21 }, (_, index) => ({ ...DEPARTMENT, stage: index + 1 }));
    given(draft).when({ type: 'submitPlan', route: long }).thenRefused('ROUTE_TOO_LONG', 'route');
    given(draft)
      .when({ type: 'submitPlan', route: long.slice(0, 20) })
      .thenAccepted();
  });
});

describe('agreePlan', () => {
  const agree = (post: string, over: Parameters<typeof stamp>[1] = {}) =>
    ({ type: 'agreePlan', stamp: stamp(post, over) }) as const;

  it('is the next step, stamped with the word of its kind', () => {
    given(onAgreement)
      .when(agree(COUNCIL.post, { date: '2020-08-28' }), { actor: chairman })
      .thenEvents({
        type: 'PlanAgreed',
        data: { step: 1, stamp: { kind: 'accept', marker: 'Принято', ...stamp(COUNCIL.post, { date: '2020-08-28' }) } },
      });
  });

  it('goes step by step; the plan is agreed with the last', () => {
    given(onAgreement)
      .when(agree(DEPARTMENT.post), { actor: DEPARTMENT_HEAD })
      .thenRefused('STEP_OF_ANOTHER_POST', 'stamp.post');
    expect(planAfter(onAgreement, agreed(1, COUNCIL.post))).toMatchObject({ status: 'ON_AGREEMENT', agreedSteps: [1] });
    given(onAgreement, agreed(1, COUNCIL.post))
      .when(agree(DEPARTMENT.post), { actor: DEPARTMENT_HEAD })
      .thenEvents(agreed(2, DEPARTMENT.post));
    expect(planAfter(onAgreement, agreed(1, COUNCIL.post), agreed(2, DEPARTMENT.post)).status).toBe('AGREED');
  });

  it('is given by whoever holds the post, or entered by an administrator on behalf of it', () => {
    given(onAgreement)
      .when(agree(COUNCIL.post), { actor: METHODOLOGIST })
      .thenRefused('STEP_OF_ANOTHER_POST', 'stamp.post');
    given(onAgreement)
      .when(agree(COUNCIL.post), { actor: { ...chairman, post: null } })
      .thenRefused('STEP_OF_ANOTHER_POST', 'stamp.post');
    given(onAgreement).when(agree(COUNCIL.post), { actor: ADMINISTRATOR }).thenAccepted();
  });

  it('refuses a stamp of tomorrow and one without a real date or post', () => {
    const by = { actor: chairman };
    given(onAgreement)
      .when(agree(COUNCIL.post, { date: '2020-10-16' }), by)
      .thenRefused('ACTUAL_DATE_IN_FUTURE', 'stamp.date');
    given(onAgreement)
      .when(agree(COUNCIL.post, { date: '2020-10-15' }), by)
      .thenAccepted();
    given(onAgreement)
      .when(agree(COUNCIL.post, { date: '2020-02-30' }), by)
      .thenRefused('INVALID_DATE', 'stamp.date');
    given(onAgreement).when(agree(''), by).thenRefused('REQUIRED', 'stamp.post');
    const document = { type: 'order', issuer: null, date: '143', number: null } as const;
    given(onAgreement).when(agree(COUNCIL.post, { document }), by).thenRefused('INVALID_DATE', 'stamp.document.date');
  });

  it('has nothing to agree where the route has no steps', () => {
    given(draft, submitted()).when(agree(COUNCIL.post), { actor: ADMINISTRATOR }).thenRefused('WRONG_STATUS');
  });
});

describe('returnPlan', () => {
  it('makes a draft with remarks, and voids the stamps given so far', () => {
    const returned = given(onAgreement, agreed(1, COUNCIL.post)).when({
      type: 'returnPlan',
      remarks: ' Уточнить срок ',
    });
    returned.thenEvents({ type: 'PlanReturned', data: { remarks: 'Уточнить срок' } });
    expect(returned.plan()).toMatchObject({ status: 'DRAFT', agreedSteps: [], remarks: 'Уточнить срок', stamps: [] });
  });

  it('keeps the stamps that are printed on the document', () => {
    const imported = [...importedSample(), submitted(COUNCIL, DEPARTMENT), agreed(1, COUNCIL.post)];
    const { stamps } = given(imported).when({ type: 'returnPlan', remarks: 'Уточнить' }).plan();
    expect(stamps.map(({ state }) => state)).toEqual(['PRINTED', 'PRINTED']);
  });

  it('says why', () => {
    given(onAgreement).when({ type: 'returnPlan', remarks: ' ' }).thenRefused('REQUIRED', 'remarks');
  });

  it('lets the plan be submitted anew, without the old remarks', () => {
    const again = planAfter(onAgreement, { type: 'PlanReturned', data: { remarks: 'Уточнить' } }, submitted(COUNCIL));
    expect(again).toMatchObject({ status: 'ON_AGREEMENT', agreedSteps: [], remarks: null, route: [COUNCIL] });
  });
});

describe('approvePlan', () => {
  const approve = { type: 'approvePlan', stamp: stamp('Директор'), underControlFrom: '2020-09-01' } as const;

  it('gives edition 1 with the settings stamped in', () => {
    const done = given(draft, submitted()).when(approve, { actor: DIRECTOR });
    done.thenEvents(approved('2020-09-01', {}, '2020-10-15'));
    expect(done.plan()).toMatchObject({ status: 'APPROVED', edition: 1, settings: DEFAULT_SETTINGS });
  });

  it('puts the plan under control from the local day of the approval when none is said', () => {
    given(draft, submitted())
      .when({ ...approve, underControlFrom: null }, { now: '2020-10-15T19:30:00Z' })
      .thenEvents(approved('2020-10-16'));
  });

  it('waits for every step of the route', () => {
    given(onAgreement).when(approve).thenRefused('WRONG_STATUS');
    given(onAgreement, agreed(1, COUNCIL.post)).when(approve).thenRefused('WRONG_STATUS');
    given(onAgreement, agreed(1, COUNCIL.post), agreed(2, DEPARTMENT.post))
      .when(approve)
      .thenEvents(approved('2020-09-01', {}, '2020-10-15'));
  });

  it('takes no date that is not in the calendar or has not come', () => {
    given(draft, submitted())
      .when({ ...approve, underControlFrom: '2020-09-31' })
      .thenRefused('INVALID_DATE', 'underControlFrom');
    given(draft, submitted())
      .when({ ...approve, stamp: stamp('Директор', { date: '2021-01-01' }) })
      .thenRefused('ACTUAL_DATE_IN_FUTURE', 'stamp.date');
  });
});

describe('confirmPrintedApproval', () => {
  const confirm: PlanCommand = { type: 'confirmPrintedApproval', date: null, underControlFrom: '2020-09-01' };

  it('approves an imported plan as it stands; a date not stated stays so', () => {
    const done = given(importedSample()).when(confirm, { actor: DIRECTOR });
    const data = { date: null, settings: DEFAULT_SETTINGS, underControlFrom: '2020-09-01', noticesFrom: '2020-10-15' };
    done.thenEvents({ type: 'PrintedApprovalConfirmed', data });
    expect(done.plan().stamps.map(({ kind, date, state }) => [kind, date, state])).toEqual([
      ['approve', null, 'CONFIRMED'],
      ['agree', null, 'CONFIRMED'],
    ]);
  });

  it('dates the approving stamp alone', () => {
    const { stamps } = given(importedSample())
      .when({ ...confirm, date: '2020-08-31' })
      .plan();
    expect(stamps.map(({ date }) => date)).toEqual(['2020-08-31', null]);
  });

  it('leaves a date that is printed', () => {
    const printed = { kind: 'approve', marker: 'Утверждаю', ...stamp('Директор', { date: '2020-08-25' }) } as const;
    const dated = [drafted({ stamps: [printed] }), ...importedSample().slice(1)];
    expect(
      given(dated)
        .when({ ...confirm, date: '2020-08-31' })
        .plan().stamps,
    ).toMatchObject([{ date: '2020-08-25' }]);
  });

  it('takes no date that has not come', () => {
    given(importedSample())
      .when({ ...confirm, date: '2020-10-16' })
      .thenRefused('ACTUAL_DATE_IN_FUTURE', 'date');
  });

  it('needs an imported plan with an approving stamp, a period and activities', () => {
    given(draft).when(confirm).thenRefused('NOT_IMPORTED');
    const imported = {
      type: 'PlanImported',
      data: { fileName: 'a.txt', sha256: '', reader: 'text-1', irregularities: [], sections: 1, activities: 1 },
    } as const;
    given(draft, imported).when(confirm).thenRefused('NO_PRINTED_APPROVAL');
    const stamps = [{ kind: 'approve', marker: 'Утверждаю', ...stamp('Директор') }] as const;
    given(drafted({ stamps }), imported).when(confirm).thenRefused('NOTHING_PLANNED');
    given(drafted({ stamps, period: null }), imported)
      .when(confirm)
      .thenRefused('PERIOD_REQUIRED', 'period');
  });

  it('is of no use on an approved plan', () => {
    given(approvedOf('январь')).when(confirm).thenRefused('WRONG_STATUS');
  });
});
