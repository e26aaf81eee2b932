import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { CALENDAR, within } from '../domain/dates.js';

/** Definition of a scalar type, with texts for clients. */
interface NamedScalar {
  readonly name: string;
  readonly description: string;
  /** The message for an invalid value. */
  readonly expected: string;
}

/** The longest value that a message quotes, in characters. */
const LONGEST_QUOTED = 40;

/**
 * Returns a scalar type with the name in the schema. Messages of the base scalar would contain a name that clients do
 * not know.
 */
function namedScalar<Internal, External>(
  base: GraphQLScalarType<Internal, External>,
  { name, description, expected }: NamedScalar,
  check: (value: Internal) => boolean,
): GraphQLScalarType<Internal, External> {
  const config = base.toConfig();
  const checked = (parse: () => Internal, given: unknown): Internal => {
    const value = parsedOrNothing(parse);
    if (value !== undefined && check(value)) return value;
    const isShort = typeof given === 'string' && given.length <= LONGEST_QUOTED;
    throw new GraphQLError(isShort ? `«${given}» is no ${name}. ${expected}` : expected);
  };
  return new GraphQLScalarType<Internal, External>({
    ...config,
    name,
    description,
    parseValue: (value) => checked(() => config.parseValue(value), value),
    parseLiteral: (node, variables) =>
      checked(() => config.parseLiteral(node, variables), 'value' in node ? node.value : undefined),
  });
}

function parsedOrNothing<Internal>(parse: () => Internal): Internal | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

/** Every day of the calendar but 29 February. Such days are valid by their form, so no date is computed for them. */
const PLAIN_DAY =
  /^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)$/;

const LocalDateScalar = new GraphQLScalarType({
  ...GraphQLLocalDate.toConfig(),
  serialize: (value) =>
    typeof value === 'string' && PLAIN_DAY.test(value) ? value : GraphQLLocalDate.serialize(value),
});

/**
 * The scalar of a local calendar day. A day that is not in the calendar is refused, because computations would iterate
 * up to it.
 */
export const DateScalar = namedScalar(
  LocalDateScalar,
  {
    name: 'Date',
    description: `A local calendar day, YYYY-MM-DD, without a time zone; from ${CALENDAR.start} to ${CALENDAR.end}.`,
    expected: `A Date is a calendar day such as 2020-10-01, between ${CALENDAR.start} and ${CALENDAR.end}.`,
  },
  (day) => typeof day === 'string' && within(day, CALENDAR),
);

/** The scalar of an instant. */
export const DateTimeScalar = namedScalar(
  GraphQLDateTime,
  {
    name: 'DateTime',
    description: 'A moment by RFC 3339, such as 2020-10-01T09:00:00Z.',
    expected: 'A DateTime is a moment with its offset, such as 2020-10-01T09:00:00Z.',
  },
  () => true,
);

function tokenScalar(value: unknown): string {
  if (typeof value === 'string' && value.length <= 1_000) return value;
  throw new GraphQLError('A Position is a string that the API returned.');
}

/** The scalar of a position token. */
export const PositionScalar = new GraphQLScalarType({
  name: 'Position',
  description: 'A place in the chronicle, an opaque text: keep it as it is and give it back.',
  serialize: tokenScalar,
  parseValue: tokenScalar,
  parseLiteral: (node) => tokenScalar(node.kind === Kind.STRING ? node.value : undefined),
});
