import { Arg, Args, Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { listedReadings } from '../../domain/organisation/ownReadings.js';
import type { Party, PartyKind } from '../../domain/parties.js';
import type { Context } from '../context.js';
import { type OrderBy, orderedList, ordersOf } from '../orders.js';
import { copiedConnectionOf, itself, pageOfList } from '../paging.js';
import { SEARCH, Texts } from '../texts/rules.js';
import { PartyKindEnum } from '../types/enums.js';
import { OrganisationType } from '../types/organisation.js';
import { PageArguments } from './args.js';

@ObjectType({ description: 'A responsible party that an organisation means by a printed cell.' })
export class OwnParty {
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => PartyKindEnum, { description: 'What it is.' })
  kind!: PartyKind;
  @Field(() => Boolean, { description: '«по согласованию»: takes part by consent.' })
  agreement!: boolean;
  @Field(() => Boolean, { description: '«совместно с».' })
  joint!: boolean;
}

@ObjectType('OwnPartyCell', {
  description: 'Whom an organisation means by a printed cell of responsible parties, as a person settled it.',
})
export class OwnPartyCellType {
  @Field(() => String, { description: 'The cell as printed.' })
  text!: string;
  @Field(() => [OwnParty], { description: 'The parties, the leading one first.' })
  parties!: OwnParty[];
}

const OwnPartyCellConnection = copiedConnectionOf(() => OwnPartyCellType, 'OwnPartyCell');
const CELL_ORDERS = ordersOf('OwnPartyCellOrder', { TEXT: { description: 'By text.', fields: [] } });

@Resolver(() => OrganisationType)
export class OwnPartyCellFields {
  @Texts({ text: SEARCH })
  @FieldResolver(() => OwnPartyCellConnection, {
    description: 'Cells of responsible parties that were settled for all its documents, by their text.',
  })
  async partyCells(
    @Ctx() context: Context,
    @Root() { uuid }: OrganisationType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('text', () => String, { nullable: true, description: 'A part of the cell.' }) text?: string | null,
    @Arg('orderBy', () => CELL_ORDERS.type, CELL_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const organisation = await context.loaders.organisation.load(uuid);
    const found = listedReadings(organisation?.partyCells ?? {}, text ?? '').map(
      (cell): OwnPartyCellType => ({ text: cell.text, parties: cell.parties.map(ownParty) }),
    );
    return pageOfList(context, orderedList(found, orderBy), CELL_ORDERS.orderOf(orderBy), page, itself);
  }
}

function ownParty({ name, ...party }: Party<never>): OwnParty {
  return { ...party, name: name.join('') };
}
