import { built } from '../dist.js';
import { responsibleOf } from './people.js';
import { phrases } from './phrases.js';

const { controlPoints } = await built('domain/controlPoints.js');

/**
 * Returns the next command of a person on a plan on a day: mostly the daily work of methodologists and directors
 * (complete, report, accept), sometimes a change of the plan. A command may be refused, as in practice; then the caller
 * tries another.
 *
 * @returns a command with its author and reason; undefined if there is nothing to do.
 */
export function nextDeed(random, plan, on, seal) {
  const activity = plan.activities.get(`a${1 + random.below(plan.lastActivity)}`);
  if (!activity || activity.excluded) return undefined;
  const submitted = activity.reports.find(({ status, interim }) => status === 'SUBMITTED' && !interim);
  if (submitted && random.percent(70)) return verdict(random, submitted);
  if (random.percent(12)) return amendment(random, plan, activity, seal);
  const begun = pointsBegun(plan, activity, on);
  const open = begun.filter(({ evidence }) => evidence === 'NONE' || evidence === 'RETURNED');
  if (open.length > 0) {
    const [point] = open;
    const report = point.evidence === 'RETURNED' || random.percent(40);
    return report ? reportOn(random, point, on, false) : completionOf(random, point, on);
  }
  const marked = begun.find(({ evidence }) => evidence === 'COMPLETION_MARKED');
  if (marked && random.percent(60)) return reportOn(random, marked, on, false);
  if (marked && random.percent(5)) {
    const command = { type: 'withdrawCompletion', activityId: activity.id, pointId: marked.id };
    return { command, by: 'methodologist', reason: random.pick(phrases.reasons) };
  }
  const [any] = begun;
  return any && reportOn(random, any, on, true);
}

const windows = new WeakMap();

/**
 * Returns the points that have begun. The points of a schedule are computed once and cached, because writing a district
 * must be fast.
 */
function pointsBegun({ details }, activity, on) {
  const { schedule } = activity.timeframe;
  if (!windows.has(schedule)) windows.set(schedule, controlPoints(schedule, details.period));
  return windows
    .get(schedule)
    .filter(({ window }) => window === null || window.start <= on)
    .map(({ ordinal, target }) => {
      const id = `${activity.id}.${ordinal}`;
      return { id, activityId: activity.id, target, evidence: evidenceAt(activity, id) };
    });
}

function evidenceAt({ reports, completions }, pointId) {
  const last = reports.findLast(({ interim, points }) => !interim && points.some((point) => point.pointId === pointId));
  if (last) return last.status;
  return completions[pointId] ? 'COMPLETION_MARKED' : 'NONE';
}

function completionOf(random, point, on) {
  const note = random.percent(15) ? random.pick(phrases.notes) : null;
  const { activityId, id: pointId, target: count } = point;
  return by('methodologist', { type: 'completeActivity', activityId, pointId, actualOn: on, count, note });
}

function reportOn(random, { activityId, id }, on, interim) {
  const text = random.pick(phrases.reports);
  const evidence = random.percent(30)
    ? [{ title: 'Страница на сайте', url: `https://school.example/news/${random.below(10_000)}`, sha256: null }]
    : [];
  return by('methodologist', {
    type: 'submitReport',
    activityId,
    pointIds: [id],
    text,
    evidence,
    actualOn: on,
    interim,
  });
}

function verdict(random, { id: reportId }) {
  return by('director', { type: random.percent(85) ? 'acceptReport' : 'returnReport', reportId });
}

/** Returns a change of an approved plan: given by the director, with a reason and an order as its basis. */
function amendment(random, plan, { id: activityId, sectionId, title }, seal) {
  const kind = random.weighted([
    { weight: 60, type: 'rescheduleActivity' },
    { weight: 20, type: 'reassignActivity' },
    { weight: 10, type: 'rewordActivity' },
    { weight: 8, type: 'moveActivity' },
    { weight: 2, type: 'excludeActivity' },
  ]);
  const more = {
    rescheduleActivity: () => ({ timeframe: { text: random.pick(phrases.deadlines), schedule: null } }),
    reassignActivity: () => ({ responsible: responsibleOf(random.pick(phrases.responsible), seal) }),
    rewordActivity: () => ({ title: `${title.slice(0, 300)} (с изменениями)` }),
    moveActivity: () => ({ sectionId: random.pick([...plan.sections.keys(), sectionId]), after: null }),
    excludeActivity: () => ({}),
  };
  const number = `${1 + random.below(400)}`;
  const order = { type: 'ORDER', issuer: 'Отдел образования', date: '2020-10-05', number };
  return {
    command: { type: kind.type, activityId, ...more[kind.type]() },
    by: 'director',
    reason: random.pick(phrases.reasons),
    basis: { kind: 'document', document: order },
  };
}

function by(who, command) {
  return { command, by: who, reason: null, basis: null };
}
