import { Field, Int, ObjectType } from 'type-graphql';
import type { TimingKey } from '../../domain/timing.js';
import { type ControlPointBody, controlPointModel } from '../../projections/controlPoints.js';
import type { Context } from '../context.js';
import { DateScalar, DateTimeScalar } from '../scalars.js';
import { DateWindow, Node, STALE } from './common.js';
import { EvidenceEnum } from './enums.js';
import { AccountableType } from './party.js';

@ObjectType('ControlPoint', {
  implements: Node,
  description: 'One thing that can be done in time or late (контрольная точка).',
})
export class ControlPointType extends Node {
  constructor(
    readonly context: Context,
    private readonly body: ControlPointBody,
  ) {
    super();
    this.id = context.idOf('point', body.planId, body.id);
  }

  @Field(() => Int, { description: 'Its place in the schedule, from 1.' })
  get ordinal(): number {
    return this.body.ordinal;
  }
  @Field(() => DateWindow, { nullable: true, description: 'When it is to be done; null when undated.' })
  get window(): DateWindow | null {
    return this.body.window;
  }
  @Field(() => DateScalar, { nullable: true, description: 'Last day in time.' })
  get dueOn(): string | null {
    return this.body.dueOn;
  }
  @Field(() => DateScalar, { nullable: true, description: 'Due day of the schedule that was approved first.' })
  get firstApprovedDueOn(): string | null {
    return this.body.firstApprovedDueOn;
  }
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The last day in time: `dueOn`, or `paperDueOn` where the settings count by it.',
  })
  get countedDueOn(): string | null {
    return this.body.countedDueOn;
  }
  @Field(() => DateScalar, {
    nullable: true,
    description: 'Due day moved to a working day by the settings, before it as a rule.',
  })
  get paperDueOn(): string | null {
    return this.body.paperDueOn;
  }
  @Field(() => Boolean, { description: 'A soft point is counted and never overdue.' })
  get firm(): boolean {
    return this.body.firm;
  }
  @Field(() => Int, { description: 'How many things must be done.' })
  get target(): number {
    return this.body.target;
  }
  @Field(() => Int, { description: 'How many of them were recorded as done on the way; it never closes the point.' })
  get progress(): number {
    return this.body.progress;
  }
  @Field(() => EvidenceEnum, { description: 'What is known of the work.' })
  get evidence(): string {
    return this.body.evidence;
  }
  @Field(() => DateScalar, { nullable: true, description: 'The day on which the work was done.' })
  get actualOn(): string | null {
    return this.body.actualOn;
  }
  @Field(() => AccountableType, { description: 'Who reports for it.' })
  get accountable(): AccountableType {
    return new AccountableType(this.context, this.body.accountable);
  }
  @Field(() => [DateScalar], { description: 'Due days for which a notice was given that they were missed.' })
  get missedOn(): readonly string[] {
    return this.body.missedOn;
  }
  @Field(() => DateTimeScalar, STALE)
  get staleSince(): string | null {
    return this.context.health.staleSince(controlPointModel, this.body.planId, `${this.body.planId}.${this.body.id}`);
  }

  get activityKey(): string {
    return `${this.body.planId}.${this.body.activityId}`;
  }

  get timeZone(): string {
    return this.body.timeZone;
  }

  get timingKey(): TimingKey {
    return this.body.timing;
  }
}
