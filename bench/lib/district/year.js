import { planDocument } from './document.js';
import { nextDeed } from './life.js';

/** Number of plans that are decided event by event; the others are copies of these. */
const MODELS = 40;
const WEEKS = 40;
const FIRST_DAY = Date.UTC(2020, 8, 1, 4);
const DAY = 86_400_000;
const MINUTE = 60_000;
const ZONE = 'Asia/Yekaterinburg';
/**
 * In practice notices are recorded every night. Fewer are sufficient here, and reduce the number of decisions on the
 * whole plan.
 */
const WEEKS_BETWEEN_NOTICES = 8;
/** Number of consecutive refusals after which a plan gets no more commands in this week. */
const PATIENCE = 30;
const NOTICES = { command: { type: 'noticeMissedDeadlines' }, by: 'methodologist' };

/**
 * Writes a school year of a district: every plan is imported and confirmed in the first days, then each plan gets
 * several commands once a week. So events of different plans are interleaved in the store, as in practice.
 *
 * @param tell called with the number of events written so far.
 * @returns the last moment of the year.
 */
export async function liveYear(chronicler, random, { events, plans: count, activities }, tell) {
  const department = await chronicler.organisation('Отдел образования', null, ZONE, isoOf(FIRST_DAY));
  const models = [];
  for (let number = 1; number <= Math.min(count, MODELS); number += 1) {
    const numbers = Array.from(
      { length: Math.ceil((count - number + 1) / MODELS) },
      (_, index) => number + index * MODELS,
    );
    const school = await chronicler.organisation(`Школа № ${number}`, department, ZONE, isoOf(FIRST_DAY));
    models.push(await begun(chronicler, random, numbers, activities, school));
  }
  await chronicler.flush();
  for (let week = 1; week <= WEEKS; week += 1) {
    const share = (events - chronicler.written) / (count * (WEEKS - week + 1));
    const isNoticed = week % WEEKS_BETWEEN_NOTICES === 0;
    let owed = 0;
    for (const plan of models) {
      owed += share;
      const wanted = Math.max(0, Math.floor(owed));
      owed -= wanted;
      sitting(chronicler, random, plan, { at: momentOf(week, random.below(5)), wanted, isNoticed });
      await chronicler.submit(plan);
      tell(chronicler.written);
    }
    // A plan has one append per transaction: its revision is known only after the transaction.
    await chronicler.flush();
  }
  const end = momentOf(WEEKS + 1, 0);
  for (const plan of models) {
    chronicler.do(plan, NOTICES, isoOf(end));
    await chronicler.submit(plan);
  }
  await chronicler.flush();
  return isoOf(end + MINUTE);
}

function momentOf(week, day) {
  return FIRST_DAY + (week * 7 + day) * DAY;
}

function isoOf(moment) {
  return new Date(moment).toISOString();
}

async function begun(chronicler, random, numbers, activities, school) {
  const [number] = numbers;
  const document = planDocument(random, number, activities, chronicler.seal);
  const plan = chronicler.plan(numbers, document.institution, school);
  const source = { fileName: 'plan.txt', sha256: plan.sha256, reader: 'bench-1' };
  const imported = { type: 'importPlan', plan: document, source, organisationId: school.id, timeZone: ZONE };
  const confirm = { type: 'confirmPrintedApproval', date: null, underControlFrom: '2020-09-01' };
  const done =
    chronicler.do(plan, { command: imported, by: 'methodologist' }, isoOf(FIRST_DAY)) &&
    chronicler.do(plan, { command: confirm, by: 'director', reason: 'Бумажный оригинал' }, isoOf(FIRST_DAY + MINUTE));
  if (!done) throw new Error(`plan ${number} of the district was refused`);
  await chronicler.submit(plan);
  return plan;
}

/** Executes commands on a plan every few minutes, until it has the wanted number of pending events. */
function sitting(chronicler, random, plan, { at, wanted, isNoticed }) {
  const on = isoOf(at).slice(0, 10);
  if (isNoticed) chronicler.do(plan, NOTICES, isoOf(at));
  let moment = at;
  for (let refusals = 0; plan.pending.length < wanted && refusals < PATIENCE; ) {
    moment += 2 * MINUTE;
    const deed = nextDeed(random, plan.fold, on, chronicler.seal);
    if (deed && chronicler.do(plan, deed, isoOf(moment))) refusals = 0;
    else refusals += 1;
  }
}
