import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Party } from '../../domain/parties.js';
import type { AccountableBody } from '../../projections/activities.js';
import type { PartyBody } from '../../projections/parties.js';
import type { Context } from '../context.js';
import { plansNaming } from '../parties.js';
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
    this.id = context.idOf('party', body.partyId);
  }

  @Field(() => String, { description: 'Name as printed; «…» in place of a person the caller may not see.' })
  get name(): string {
    return this.context.names.print(this.body.name);
  }
  @Field(() => PartyKindEnum, { description: 'What it is.' })
  get kind(): string {
    return this.body.kind;
  }
  // Counted over the plans that the caller sees: other organisations may use the same printed name.
  @Field(() => Int, { description: 'How many activities name it.' })
  activityCount(): Promise<number> {
    return this.context.loaders.activityCount.load(this.body.partyId);
  }
  @Field(() => [ID], { description: 'Ids of the plans that name it.' })
  async planIds(): Promise<string[]> {
    const planIds = await plansNaming(this.context, this.body.partyId);
    return planIds.map((planId) => this.context.idOf('plan', planId));
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
    readonly planId: string,
  ) {}

  @Field(() => String, { description: 'Name as printed.' })
  get name(): string {
    return this.context.names.print(this.party.name);
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
    return this.body.partyId && this.context.idOf('party', this.body.partyId);
  }
  @Field(() => String, { description: 'Name of the party.' })
  get name(): string {
    return this.context.names.print(this.body.name);
  }
  @Field(() => Boolean, { description: 'True as long as nobody has confirmed it.' })
  get assumed(): boolean {
    return this.body.assumed;
  }
}
