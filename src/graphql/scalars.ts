import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate } from 'graphql-scalars';
import { CALENDAR, within } from '../domain/dates.js';

/** Throws for a day outside the calendar: computations would step day by day up to it. */
function near(day: unknown): unknown {
  if (typeof day === 'string' && within(day, CALENDAR)) return day;
  throw new GraphQLError(`A Date lies between ${CALENDAR.start} and ${CALENDAR.end}.`);
}

const LOCAL_DATE = GraphQLLocalDate.toConfig();

/** The scalar of a local calendar day. */
export const DateScalar = new GraphQLScalarType({
  ...LOCAL_DATE,
  name: 'Date',
  description: `A local calendar day, YYYY-MM-DD, without a time zone; from ${CALENDAR.start} to ${CALENDAR.end}.`,
  parseValue: (value) => near(LOCAL_DATE.parseValue(value)),
  parseLiteral: (node, variables) => near(LOCAL_DATE.parseLiteral(node, variables)),
});

/** The scalar of a moment. */
export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTime.toConfig(),
  name: 'DateTime',
  description: 'A moment by RFC 3339, such as 2020-10-01T09:00:00Z.',
});

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
