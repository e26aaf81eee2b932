import { type Language, type Sentence, translation } from '../../domain/language.js';
import { type NamedPerson, type PrintedText, printOf } from '../../domain/personal.js';
import type { DraftChange } from '../../domain/plan/drafting/reviseDraft.js';
import type { ExistingPlan } from '../../domain/plan.js';
import type { AmendmentChange } from '../../domain/revision/amendment.js';
import { oneLine } from '../reading/wording.js';
import { dayIn } from './dates.js';

/** Returns what a corrected document changes in a plan, with one sentence for each change. */
export function revisionLines(
  plan: ExistingPlan,
  changes: readonly (DraftChange<NamedPerson> | AmendmentChange<NamedPerson>)[],
  print: (text: PrintedText) => string,
  language: Language = 'ru',
): string[] {
  const word = (...both: Sentence) => translation(both, language);
  const row = (id: string) => {
    const activity = plan.activities.get(id);
    return activity
      ? `${activity.number === null ? '' : `${activity.number}. `}«${activity.title}»`
      : word('новое мероприятие', 'a new activity');
  };
  const section = (id: string) => {
    const found = plan.sections.get(id);
    return found ? `«${`${found.numberText} ${found.title}`.trim()}»` : word('новый раздел', 'a new section');
  };
  const sentence = (change: (typeof changes)[number]): string => {
    switch (change.type) {
      case 'changePlanDetails':
        return `${word('заголовок', 'title')}: «${change.title ?? plan.details.title}»${change.period ? `, ${word('период', 'period')} ${dayIn(change.period.start, language)} … ${dayIn(change.period.end, language)}` : ''}`;
      case 'addSection':
        return `+ ${word('раздел', 'section')} «${`${change.numberText} ${change.title}`.trim()}»`;
      case 'changeSection':
        return `~ ${word('раздел', 'section')} ${section(change.sectionId)} → «${`${change.numberText ?? ''} ${change.title ?? ''}`.trim()}»`;
      case 'removeSection':
        return `- ${word('раздел', 'section')} ${section(change.sectionId)}`;
      case 'removeActivity':
        return `- ${row(change.activityId)}`;
      case 'excludeActivity':
        return `- ${row(change.activityId)}: ${word('исключить', 'exclude')}`;
      case 'addActivity': {
        const { number, title, timeframe, responsible } = change.activity;
        return `+ ${number ? `${number}. ` : ''}«${title}», ${word('срок', 'timeframe')} «${oneLine(timeframe.text)}», ${printOf(responsible.text)}`;
      }
      case 'rewordActivity': {
        const number = change.number === undefined ? '' : ` № ${change.number ?? '—'}`;
        return `~ ${row(change.activityId)}:${number}${change.title === undefined ? '' : ` «${change.title}»`}${(change.subItems ?? []).map((item) => `; - ${item}`).join('')}`;
      }
      case 'rescheduleActivity': {
        const before = plan.activities.get(change.activityId)?.timeframe.text ?? '';
        return `~ ${row(change.activityId)}: ${word('срок', 'timeframe')} «${oneLine(before)}» → «${oneLine(change.timeframe.text)}»`;
      }
      case 'reassignActivity': {
        const before = plan.activities.get(change.activityId)?.responsible.text ?? [];
        return `~ ${row(change.activityId)}: ${word('ответственные', 'responsible')} «${print(before)}» → «${printOf(change.responsible.text)}»`;
      }
      case 'moveActivity':
        return `~ ${row(change.activityId)}: ${word('другое место, раздел', 'another place, section')} ${section(change.sectionId)}`;
    }
  };
  return changes.map(sentence);
}
