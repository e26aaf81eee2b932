import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../src/domain/actor.js';
import type { RouteStep } from '../../src/domain/approval.js';
import type { DocumentReference } from '../../src/domain/documents.js';
import {
  ADMINISTRATOR,
  agreed,
  DEPARTMENT_HEAD,
  DIRECTOR,
  draftOf,
  given,
  planAfter,
  stamp,
  step,
  submitted,
} from '../support/domain.js';

const COUNCIL: RouteStep = { ...step('Педагогический совет', 'consider'), isCouncil: true };
const UNION = step('Председатель профкома');
const DEPARTMENT = step('Начальник отдела образования', 'agree', 2);
const unionHead: Actor = { ...DEPARTMENT_HEAD, id: 'u-union', post: 'Председатель профкома' };
const draft = draftOf('январь 2021 г.');
const onAgreement = [...draft, submitted(COUNCIL, UNION, DEPARTMENT)];
const PROTOCOL: DocumentReference = { type: 'protocol', issuer: null, number: '1', date: '2020-08-28' };
const agree = (post: string, document: DocumentReference | null = null) =>
  ({ type: 'agreePlan', stamp: stamp(post, { document }) }) as const;

describe('a stage of several bodies', () => {
  it('is agreed in any order, and before the next one', () => {
    given(onAgreement)
      .when(agree(DEPARTMENT.post), { actor: DEPARTMENT_HEAD })
      .thenRefused('STEP_OF_ANOTHER_POST', 'stamp.post');
    const first = given(onAgreement).when(agree(UNION.post), { actor: unionHead });
    expect(first.plan()).toMatchObject({ status: 'ON_AGREEMENT', agreedSteps: [2] });
    given(onAgreement, first.events())
      .when(agree(DEPARTMENT.post), { actor: DEPARTMENT_HEAD })
      .thenRefused('STEP_OF_ANOTHER_POST', 'stamp.post');
    const both = [...first.events(), agreed(1, COUNCIL.post)];
    const last = given(onAgreement, both).when(agree(DEPARTMENT.post), { actor: DEPARTMENT_HEAD });
    expect(last.plan()).toMatchObject({ status: 'AGREED', agreedSteps: [2, 1, 3] });
  });

  it('is agreed once by each', () => {
    given(onAgreement, agreed(2, UNION.post))
      .when(agree(UNION.post), { actor: unionHead })
      .thenRefused('STEP_OF_ANOTHER_POST', 'stamp.post');
  });

  it('agrees by no document of a day that has not come', () => {
    given(onAgreement)
      .when(agree(COUNCIL.post, { ...PROTOCOL, date: '2030-01-01' }), { actor: DIRECTOR })
      .thenRefused('ACTUAL_DATE_IN_FUTURE', 'stamp.document.date');
  });

  it('is counted from 1 without gaps', () => {
    const submit = (...route: readonly RouteStep[]) => given(draft).when({ type: 'submitPlan', route });
    submit(UNION, COUNCIL, DEPARTMENT).thenAccepted();
    submit({ ...UNION, stage: 2 }).thenRefused('STAGES_OUT_OF_ORDER', 'route.0.stage');
    submit(UNION, { ...DEPARTMENT, stage: 3 }).thenRefused('STAGES_OUT_OF_ORDER', 'route.1.stage');
    submit(UNION, DEPARTMENT, COUNCIL).thenRefused('STAGES_OUT_OF_ORDER', 'route.2.stage');
  });
});

describe('a council', () => {
  it('decides by a protocol with number and date, which whoever may agree enters', () => {
    given(onAgreement)
      .when(agree(COUNCIL.post), { actor: DIRECTOR })
      .thenRefused('PROTOCOL_REQUIRED', 'stamp.document');
    for (const document of [
      { ...PROTOCOL, number: null },
      { ...PROTOCOL, date: null },
      { ...PROTOCOL, type: 'order' as const },
    ]) {
      given(onAgreement)
        .when(agree(COUNCIL.post, document), { actor: DIRECTOR })
        .thenRefused('PROTOCOL_REQUIRED', 'stamp.document');
    }
    given(onAgreement)
      .when(agree(COUNCIL.post, PROTOCOL), { actor: DIRECTOR })
      .thenEvents({
        type: 'PlanAgreed',
        data: {
          step: 1,
          stamp: { kind: 'consider', marker: 'Рассмотрено', ...stamp(COUNCIL.post, { document: PROTOCOL }) },
        },
      });
  });

  it('no more than a post is stood for by others than an administrator', () => {
    given(onAgreement).when(agree(UNION.post), { actor: DIRECTOR }).thenRefused('STEP_OF_ANOTHER_POST', 'stamp.post');
    given(onAgreement).when(agree(UNION.post), { actor: ADMINISTRATOR }).thenAccepted();
  });

  it('has its stamp among the others in the plan', () => {
    const plan = given(onAgreement).when(agree(COUNCIL.post, PROTOCOL), { actor: DIRECTOR }).plan();
    expect(plan.stamps).toMatchObject([{ state: 'GIVEN', kind: 'consider', document: { number: '1' } }]);
    expect(planAfter(onAgreement).stamps).toEqual([]);
  });
});
