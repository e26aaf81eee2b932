import { Arg, Args, Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { ownValue } from '../../domain/objects.js';
import { likenessOf } from '../../domain/organisation/likeness.js';
import { normalName } from '../../domain/parties.js';
import type { Filter } from '../../engine/readstore/port.js';
import { partyIdOfKey } from '../../projections/model.js';
import type { OrganisationBody } from '../../projections/organisations.js';
import type { PartyBody } from '../../projections/parties.js';
import type { Context } from '../context.js';
import { apiError } from '../errors.js';
import { globalId } from '../ids.js';
import { type OrderBy, orderedList, ordersOf } from '../orders.js';
import { copiedConnectionOf, itself, pageOfList } from '../paging.js';
import { countsByParty, distinctParties, PARTIES_BY_NAME } from '../parties.js';
import { SEARCH, Texts } from '../texts/rules.js';
import { PartyKindEnum } from '../types/enums.js';
import { OrganisationType } from '../types/organisation.js';
import { PageArguments } from './args.js';

@ObjectType({ description: 'One printed wording of a party.' })
export class PartyWording {
  @Field(() => ID, { description: 'Id of the party as printed.' })
  partyId!: string;
  @Field(() => String, { description: 'The wording.' })
  name!: string;
  @Field(() => Int, { description: 'How many activities of the organisation’s plans have it.' })
  activityCount!: number;
}

@ObjectType({ description: 'A responsible party in the registry of an organisation, with all its wordings.' })
export class RegisteredParty {
  @Field(() => ID, { description: 'Id of the wording that stands for it.' })
  partyId!: string;
  @Field(() => String, { description: 'Its name: that wording.' })
  name!: string;
  @Field(() => PartyKindEnum, { description: 'What it is.' })
  kind!: string;
  @Field(() => Int, { description: 'How many activities name it, by any wording.' })
  activityCount!: number;
  @Field(() => [PartyWording], { description: 'Its wordings, the one that stands for it first.' })
  wordings!: readonly PartyWording[];
  @Field(() => [PartyWording], {
    description:
      'Wordings of other parties that look like the same body (quotation marks, case, legal form, abbreviations): merge them, or keep them apart by `separateParty`.',
  })
  suggested!: readonly PartyWording[];
}

const RegistryConnection = copiedConnectionOf(() => RegisteredParty, 'RegisteredParty');
const REGISTRY_ORDERS = ordersOf('RegisteredPartyOrder', {
  NAME: { description: 'By name.', fields: [] },
  ACTIVITY_COUNT: { description: 'By the number of activities.', fields: [] },
});
/** Maximum number of wordings of one organisation that are read. */
const MAX_WORDINGS = 20_000;

@Resolver(() => OrganisationType)
export class RegistryFields {
  @Texts({ text: SEARCH })
  @FieldResolver(() => RegistryConnection, { description: 'Its registry of responsible parties, by name.' })
  async parties(
    @Ctx() context: Context,
    @Root() { uuid }: OrganisationType,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('text', () => String, { nullable: true, description: 'A part of the name or of a wording.' })
    text?: string | null,
    @Arg('onlySuggested', () => Boolean, { nullable: true, description: 'Only those with a suggestion.' })
    onlySuggested?: boolean | null,
    @Arg('orderBy', () => REGISTRY_ORDERS.type, REGISTRY_ORDERS.options) orderBy?: OrderBy | null,
  ) {
    const organisation = await context.loaders.organisation.load(uuid);
    const filter: Filter = [{ field: 'organisationId', op: 'eq', value: uuid }];
    const counts = await countsByParty(context, filter);
    const all = { order: PARTIES_BY_NAME, limit: MAX_WORDINGS, backwards: false, after: undefined, before: undefined };
    const { found: rows, more } = await distinctParties(context, filter, all);
    if (more) throw apiError('BAD_USER_INPUT', `The registry has more than ${MAX_WORDINGS} wordings.`);
    const registry = organisation
      ? registryOf(
          context,
          organisation,
          rows.map(({ body }) => body),
          counts,
        )
      : [];
    const sought = normalName(text ?? '');
    const found = registry.filter(
      ({ wordings, suggested }) =>
        wordings.some(({ name }) => normalName(name).includes(sought)) && (!onlySuggested || suggested.length > 0),
    );
    const ordered = orderedList(found, orderBy, { ACTIVITY_COUNT: (a, b) => a.activityCount - b.activityCount });
    return pageOfList(context, ordered, REGISTRY_ORDERS.orderOf(orderBy), page, itself);
  }
}

/** Returns the registry of an organisation: the wordings of its plans, grouped by the merges of the organisation. */
function registryOf(
  context: Context,
  { merged, apart }: OrganisationBody,
  bodies: readonly PartyBody[],
  counts: ReadonlyMap<string, number>,
): RegisteredParty[] {
  const groups = new Map<string, PartyBody[]>();
  for (const body of bodies) {
    const key = ownValue(merged, body.key) ?? body.key;
    groups.set(key, [...(groups.get(key) ?? []), body]);
  }
  const alike = new Map<string, Set<string>>();
  for (const key of groups.keys()) {
    if (key.startsWith('person ') || apart.includes(key)) continue;
    const likeness = likenessOf(key);
    alike.set(likeness, (alike.get(likeness) ?? new Set()).add(key));
  }
  const wordingOf = (body: PartyBody): PartyWording => ({
    partyId: globalId('party', body.partyId),
    name: context.names.print(body.name),
    activityCount: counts.get(body.partyId) ?? 0,
  });
  const registered = [...groups].map(([key, members]): RegisteredParty => {
    const sorted = members.toSorted(
      (a, b) => Number(b.key === key) - Number(a.key === key) || (a.key < b.key ? -1 : 1),
    );
    const wordings = sorted.map(wordingOf);
    const others = apart.includes(key) ? [] : [...(alike.get(likenessOf(key)) ?? [])].filter((each) => each !== key);
    return {
      partyId: globalId('party', partyIdOfKey(key)),
      // The key may be a wording that no plan has any more.
      name: sorted[0]?.key === key ? (wordings[0]?.name ?? key) : key,
      kind: sorted[0]?.kind ?? 'org',
      activityCount: wordings.reduce((sum, { activityCount }) => sum + activityCount, 0),
      wordings,
      suggested: others.flatMap((each) => (groups.get(each) ?? []).map(wordingOf)),
    };
  });
  return registered.sort((a, b) => (a.name < b.name ? -1 : 1));
}
