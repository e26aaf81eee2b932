import { Field, ID, Int, ObjectType } from 'type-graphql';
import { isWithin } from '../../access/principal.js';
import type { Party } from '../../domain/parties.js';
import type { AccountableBody } from '../../projections/activities.js';
import type { PartyBody } from '../../projections/parties.js';
import type { Context } from '../context.js';
import { globalId } from '../ids.js';
import { Node } from './common.js';
import { PartyKindEnum } from './enums.js';

// Getters print names on demand, because each reading of a name is recorded.

@ObjectType('Party', { implements: Node, description: 'A responsible party as printed, over all plans.' })
export class PartyType extends Node {
  constructor(
    private readonly context: Context,
    private readonly body: PartyBody,
  ) {
    super();
    this.id = globalId('party', body.partyId);
  }

  @Field(() => String, { description: 'Name as printed; «…» in place of a person the caller may not see.' })
  get name(): string {
    return this.context.print(this.body.name);
  }
  @Field(() => PartyKindEnum, { description: 'What it is.' })
  get kind(): string {
    return this.body.kind;
  }
  @Field(() => Int, { description: 'How many activities name it.' })
  get activityCount(): number {
    return this.plans.reduce((sum, [, { count }]) => sum + count, 0);
  }
  @Field(() => [ID], { description: 'Ids of the plans that name it.' })
  get planIds(): readonly string[] {
    return this.plans.map(([planId]) => globalId('plan', planId));
  }

  /** Plans that name the party and that the caller sees. Other organisations may use the same printed name. */
  private get plans() {
    return Object.entries(this.body.plans).filter(([, plan]) => isWithin(this.context.scope, plan.organisationId));
  }
}

@ObjectType('ResponsibleParty', {
  description: 'A party responsible for an activity. The first named leads by custom.',
})
export class ResponsiblePartyType {
  constructor(
    readonly context: Context,
    private readonly party: Party,
    /** Index among the parties of the row, from 0. */
    private readonly index: number,
    readonly partyId: string,
  ) {}

  @Field(() => String, { description: 'Name as printed.' })
  get name(): string {
    return this.context.print(this.party.name);
  }
  @Field(() => PartyKindEnum, { description: 'What it is.' })
  get kind(): string {
    return this.party.kind;
  }
  @Field(() => Boolean, { description: 'First named: leads by custom.' })
  get lead(): boolean {
    return this.index === 0;
  }
  @Field(() => Boolean, { description: '«по согласованию»: takes part by consent.' })
  get agreement(): boolean {
    return this.party.agreement;
  }
  @Field(() => Boolean, { description: '«совместно с».' })
  get joint(): boolean {
    return this.party.joint;
  }
}

@ObjectType('Accountable', { description: 'The party that reports for an activity; derived, so assumed.' })
export class AccountableType {
  constructor(
    private readonly context: Context,
    private readonly body: AccountableBody,
  ) {}

  @Field(() => ID, { nullable: true, description: 'Id of the party.' })
  get partyId(): string | null {
    return this.body.partyId && globalId('party', this.body.partyId);
  }
  @Field(() => String, { description: 'Name of the party.' })
  get name(): string {
    return this.context.print(this.body.name);
  }
  @Field(() => Boolean, { description: 'True as long as nobody has confirmed it.' })
  get assumed(): boolean {
    return this.body.assumed;
  }
}
