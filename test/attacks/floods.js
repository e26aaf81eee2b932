import { setTimeout as wait } from 'node:timers/promises';
import { post, socketTo, unreadPost } from './clients.js';
import { LARGE_DOCUMENTS } from './documents.js';

const WIDE = '{ activities(first: 200) { nodes { id number title text due responsibleText plan { title } } } }';
const PREVIEW =
  'query($fileName: String!, $content: String!) { importPreview(fileName: $fileName, content: $content) { activityCount asHtml differences } }';
const aliases = (count, field) => Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(' ');
/** Ids of plans that do not exist, each another: equal subscriptions would be shared. */
const planIdOf = (index, number) => `plan_00000000-0000-4000-8000-${String(index * 1_000 + number).padStart(12, '0')}`;
/** As many callers as are needed to take all places of running requests. */
const CALLERS = 4;
const PLACES = 16;
const counted = (codes) =>
  Object.entries(codes)
    .map(([code, count]) => `${count} ${code}`)
    .join(', ') || 'nothing';

/** Sends requests over a number of connections until the time is over. Returns the count of each status and code. */
async function pressed(address, token, connections, milliseconds, queryOf) {
  const until = performance.now() + milliseconds;
  const codes = {};
  let number = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < until) {
        number += 1;
        const { code } = await post(address, token, queryOf(number), { number });
        codes[code] = (codes[code] ?? 0) + 1;
        if (code === 'RATE_LIMITED') await wait(20);
      }
    }),
  );
  return counted(codes);
}

/** Opens a number of sockets, uses each, waits, and closes them. Returns their results. */
async function flooded(address, token, count, milliseconds, use) {
  const opened = await Promise.all(Array.from({ length: count }, () => socketTo(address, token)));
  const sockets = opened.filter((socket) => socket !== undefined);
  for (const [index, socket] of sockets.entries()) use(socket, index);
  await wait(milliseconds);
  const codes = {};
  let messages = 0;
  for (const { tally } of sockets) {
    messages += tally.messages;
    for (const [code, times] of Object.entries(tally.codes)) codes[code] = (codes[code] ?? 0) + times;
    if (tally.closed) codes[tally.closed] = (codes[tally.closed] ?? 0) + 1;
  }
  for (const socket of sockets) socket.close();
  return `${sockets.length} sockets, ${messages} messages, ${counted(codes)}`;
}

/** Sends requests of several callers, each over as many connections as it has places. Returns the counts of all. */
async function crowded(address, keyFor, role, milliseconds, queryOf) {
  const keys = await Promise.all(Array.from({ length: CALLERS }, () => keyFor(role)));
  const outcomes = await Promise.all(keys.map((key) => pressed(address, key, PLACES, milliseconds, queryOf)));
  return outcomes.join('; ');
}

const AMEND = 'mutation($input: AmendPlanInput!) { amendPlan(input: $input) { userErrors { code } } }';
const IMPORT = 'mutation($input: ImportPlanInput!) { importPlan(input: $input) { userErrors { code } } }';

/** An amendment whose cells take as long to read as their length allows. */
function longCells(planId) {
  const activityId = `${planId.replace('plan', 'activity')}.a1`;
  const responsible = 'Ая '.repeat(3_300);
  const changes = Array.from({ length: 100 }, () => ({ reassign: { activityId, responsible } }));
  return { planId, reason: 'Приказ', basis: { withoutDocument: true }, changes };
}

/** A document whose timeframes take as long to read as their length allows, each another. */
function longWordings(number) {
  const rows = Array.from(
    { length: 500 },
    (_, row) => `${row + 1};Сбор;${'к май '.repeat(80)}${number} ${row};Методист`,
  );
  const text = ['План сборов на 2020-2021 учебный год', '№;Мероприятие;Срок;Ответственные', ...rows].join('\n');
  return { fileName: `план-${number}.csv`, content: Buffer.from(text).toString('base64'), allowSecond: true };
}

/** The fourteen floods. */
export const FLOODS = [
  {
    name: 'flood 1: wide pages over 200 connections',
    run: ({ address, attacker, milliseconds }) => pressed(address, attacker, 200, milliseconds, () => WIDE),
  },
  {
    name: 'flood 2: sockets with paused readers',
    run: ({ address, attacker, milliseconds }) =>
      flooded(address, attacker, 20, milliseconds, (socket) => {
        socket.pause();
        for (let number = 0; number < 50; number += 1) socket.send(`q${number}`, WIDE, { number });
      }),
  },
  {
    name: 'flood 3: 100 sockets × 50 equal figures',
    run: ({ address, attacker, milliseconds }) =>
      flooded(address, attacker, 100, milliseconds, (socket) => {
        for (let number = 0; number < 50; number += 1)
          socket.send(`m${number}`, 'subscription { monitoringChanged { plans groups { key total } } }');
      }),
  },
  {
    name: 'flood 4: 100 sockets × 50 different figures',
    run: ({ address, attacker, milliseconds }) =>
      flooded(address, attacker, 100, milliseconds, (socket, index) => {
        for (let number = 0; number < 50; number += 1) {
          const on = `20${String(20 + (index % 50)).padStart(2, '0')}-01-${String((number % 28) + 1).padStart(2, '0')}`;
          socket.send(`m${number}`, `subscription { monitoringChanged(on: "${on}") { plans groups { key total } } }`);
        }
      }),
  },
  {
    name: 'flood 5: the schema by aliases',
    run: ({ address, attacker, milliseconds }) =>
      pressed(
        address,
        attacker,
        30,
        milliseconds,
        (number) =>
          `{ ${aliases(1 + (number % 29), '__schema { types { name fields { name args { name type { name } } } } }')} }`,
      ),
  },
  {
    name: 'flood 6: 60 × 29 monitoring',
    run: ({ address, attacker, milliseconds }) =>
      pressed(
        address,
        attacker,
        60,
        milliseconds,
        () => `{ ${aliases(29, 'monitoring { total { total } groups { key } }')} }`,
      ),
  },
  {
    name: 'flood 7: answers over HTTP that nobody reads',
    async run({ address, attacker, milliseconds }) {
      const readers = Array.from({ length: 200 }, () =>
        unreadPost(address, attacker, `{ ${aliases(8, WIDE.slice(2, -2))} }`),
      );
      await wait(milliseconds);
      for (const reader of readers) reader.close();
      return `${readers.length} readers`;
    },
  },
  {
    name: 'flood 8: queries over sockets',
    run: ({ address, attacker, milliseconds }) =>
      flooded(address, attacker, 50, milliseconds, (socket) => {
        for (let number = 0; number < 50; number += 1) socket.send(`q${number}`, WIDE, { number });
      }),
  },
  {
    name: 'flood 9: nobody, over 200 connections',
    run: ({ address, milliseconds }) => pressed(address, undefined, 200, milliseconds, () => WIDE),
  },
  {
    name: 'flood 10: 100 sockets × 50 changes',
    run: ({ address, attacker, milliseconds }) =>
      flooded(address, attacker, 100, milliseconds, (socket, index) => {
        for (let number = 0; number < 50; number += 1)
          socket.send(
            `c${number}`,
            `subscription { changes(filter: { planId: "${planIdOf(index, number)}" }) { position } }`,
          );
      }),
  },
  {
    name: 'flood 11: four callers, each with all its places',
    run: ({ address, keyFor, milliseconds }) =>
      crowded(address, keyFor, 'INTEGRATOR', milliseconds, (number) =>
        number % 2 === 0
          ? `{ ${aliases(12, '__schema { types { name fields { name args { name type { name } } type { name } } } }')} }`
          : `{ ${aliases(12, 'monitoring(groupBy: SECTION) { groups { key label total firm pastDue } }')} }`,
      ),
  },
  {
    name: 'flood 12: four auditors read ten pasts at once',
    run: ({ address, keyFor, plans, milliseconds }) =>
      crowded(address, keyFor, 'AUDITOR', milliseconds, (number) => {
        const ids = Array.from({ length: 10 }, (_, each) => plans[(number * 10 + each) % plans.length].id);
        const past = `asOf: { revision: ${20 + (number % 8)} }`;
        const pasts = ids.map((id, each) => `a${each}: plan(id: "${id}", ${past}) { sections { title } }`);
        return `{ ${pasts.join(' ')} }`;
      }),
  },
  {
    name: 'flood 13: two callers preview large documents',
    async run({ address, keyFor, milliseconds }) {
      const until = performance.now() + milliseconds;
      const codes = {};
      const documents = LARGE_DOCUMENTS();
      const keys = [await keyFor('METHODOLOGIST'), await keyFor('METHODOLOGIST')];
      await Promise.all(
        keys.map(async (key, caller) => {
          // Each document is sent at least once, however long that takes.
          for (let number = 0; number < documents.length || performance.now() < until; number += 1) {
            const { code } = await post(address, key, PREVIEW, documents[(number + caller) % documents.length]);
            codes[code] = (codes[code] ?? 0) + 1;
          }
        }),
      );
      return counted(codes);
    },
  },
  {
    name: 'flood 14: commands with many long wordings',
    async run({ address, keyFor, plans, milliseconds }) {
      const [director, methodologist] = [await keyFor('DIRECTOR'), await keyFor('METHODOLOGIST')];
      const until = performance.now() + milliseconds;
      const codes = {};
      const repeated = async (send) => {
        let number = 0;
        do {
          const { code } = await send(number);
          codes[code] = (codes[code] ?? 0) + 1;
          number += 1;
        } while (performance.now() < until);
      };
      await Promise.all([
        repeated((number) => post(address, director, AMEND, { input: longCells(plans[number % plans.length].id) })),
        repeated((number) => post(address, methodologist, IMPORT, { input: longWordings(number) })),
      ]);
      return counted(codes);
    },
  },
];
