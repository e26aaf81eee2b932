import { built } from '../dist.js';

const { activities } = await built('projections/activities.js');
const { plans } = await built('projections/plans.js');
const { tableOf } = await built('engine/readstore/layout.js');
const { openSqliteReadStore } = await built('engine/readstore/sqlite/store.js');
const { openSqlite } = await built('engine/storage/sqlite.js');

/** The part of the Letopis schema that the two queries need, with the same types. */
export const TYPE_DEFINITIONS = `
  scalar Date
  enum PlanStatus { DRAFT ON_AGREEMENT AGREED APPROVED CLOSED WITHDRAWN CANCELLED }
  enum PartyKind { ORG UNIT ROLE GROUP PERSON }
  type DateWindow { start: Date! end: Date! }
  type Timeframe { text: String! }
  type ResponsibleParty { name: String! kind: PartyKind! lead: Boolean! }
  type Activity {
    id: ID! number: String title: String! timeframe: Timeframe! due: Date responsible: [ResponsibleParty!]!
  }
  type ActivityConnection { nodes: [Activity!]! }
  type Section { id: ID! title: String! activities(first: Int, after: String): ActivityConnection! }
  type Plan { id: ID! title: String! status: PlanStatus! period: DateWindow revision: Int! sections: [Section!]! }
  type PlanConnection { nodes: [Plan!]! }
  type Query { plan(id: ID!): Plan plans(first: Int, after: String): PlanConnection! }
`;

/** The day in the column of an activity that is never due. */
const NEVER_DUE = '9999-12-31';

/** Default page size, as in Letopis. */
const PAGE = 50;

/**
 * Opens the read models of a data directory with prepared statements, as a hand-written server would: only the needed
 * columns, no access checks, no filters, and no promises, because the driver is synchronous.
 */
export async function openReadings(file) {
  const [planTable, activityTable] = await tablesOf(file);
  const database = await openSqlite(file, 'reader');
  const one = database.prepare(`SELECT body FROM ${planTable} WHERE id = ? AND deleted = 0`);
  const page = database.prepare(
    `SELECT body FROM ${planTable} WHERE deleted = 0 AND (f_title, id) > (?, ?) ORDER BY f_title, id LIMIT ?`,
  );
  const ofSection = database.prepare(
    `SELECT id AS row, f_due AS dueOn, body FROM ${activityTable} WHERE deleted = 0
      AND f_sectionKey = (SELECT term FROM ${activityTable}_sectionKey_terms WHERE text = ?) ORDER BY f_planOrder, id LIMIT ?`,
  );
  const bodies = (rows) => rows.map(({ body }) => JSON.parse(body));
  return {
    plan(id) {
      const row = one.get(id.slice('plan_'.length));
      return row ? planOf(JSON.parse(row.body)) : null;
    },
    plans({ first = PAGE, after }) {
      const [, [title], id] = after ? placeIn(after) : ['', [''], ''];
      return { nodes: bodies(page.all(title, id, first)).map(planOf) };
    },
    activities: (key, { first = PAGE }) => ({ nodes: ofSection.all(key, first).map(activityOf) }),
    close: () => database.close(),
  };
}

/**
 * Returns resolvers for the fields that query the store. All other fields are plain properties, which is fastest for
 * every server.
 */
export function resolversOf(readings) {
  return {
    Query: {
      plan: (_, { id }) => readings.plan(id),
      plans: (_, page) => readings.plans(page),
    },
    Section: { activities: ({ key }, page) => readings.activities(key, page) },
  };
}

async function tablesOf(file) {
  const store = await openSqliteReadStore(file);
  try {
    return await Promise.all(
      [plans, activities].map(async ({ spec }) => tableOf({ ...spec, build: await store.liveBuild(spec) })),
    );
  } finally {
    await store.close();
  }
}

/** Returns the place of a cursor, which Letopis begins with a mark of its list and filter. */
function placeIn(cursor) {
  const [, place] = cursor.split('.');
  return JSON.parse(Buffer.from(place, 'base64url').toString());
}

function planOf({ planId, title, status, period, revision, sections }) {
  return {
    id: `plan_${planId}`,
    ...{ title, status, period, revision },
    sections: sections.map((section) => ({
      id: `section_${planId}.${section.id}`,
      title: section.title,
      key: `${planId}.${section.id}`,
    })),
  };
}

/** Values in the columns of a row are not in its body, and neither is a title that is the whole text. */
function activityOf({ row, dueOn, body }) {
  const { number, text, title = text, timeframe, responsible } = JSON.parse(body);
  return {
    id: `activity_${row}`,
    ...{ number, title, timeframe, due: dueOn === NEVER_DUE ? null : dueOn },
    responsible: responsible.parties.map(({ name, kind }, index) => ({
      name: printed(name),
      kind: kind.toUpperCase(),
      lead: index === 0,
    })),
  };
}

/** Returns a printed text without the sealed names of persons, which integrators cannot read. */
function printed(text) {
  return text.map((part) => (typeof part === 'string' ? part : '…')).join('');
}
