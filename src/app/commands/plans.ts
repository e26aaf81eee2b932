import type { Command } from 'commander';
import { dayText } from '../../domain/dates.js';
import type { Bilingual } from '../../domain/language.js';
import type { PlanStatus } from '../../domain/plan.js';
import { listPlans, type NumberedPlan } from '../operations/plans.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface PlansFlags extends Flags {
  readonly json?: boolean;
}

/** Adds `letopis plans`, which lists plans and finds them by text. */
export function plansCommand(program: Command, terminal: Terminal): void {
  program
    .command('plans')
    .description('list the plans with their numbers and ids, or find them by text')
    .argument('[text...]', 'words of the title, the unit or the institution, or words that begin so')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action((text: readonly string[], flags: PlansFlags) => runPlans(terminal, text, flags));
}

async function runPlans(terminal: Terminal, text: readonly string[], { json, ...flags }: PlansFlags): Promise<void> {
  const found = await terminal.perform(flags, listPlans, { text: text.length === 0 ? null : text.join(' ') });
  if (json) {
    terminal.say(JSON.stringify(found));
    return;
  }
  for (const plan of found) terminal.say(planLine(plan));
  if (found.length === 0) terminal.say({ ru: 'Таких планов нет', en: 'There are no such plans' });
}

const PLAN_STATUS_WORDS: Readonly<Record<PlanStatus, Bilingual>> = {
  DRAFT: { ru: 'проект', en: 'draft' },
  ON_AGREEMENT: { ru: 'на согласовании', en: 'on agreement' },
  AGREED: { ru: 'согласован', en: 'agreed' },
  APPROVED: { ru: 'утверждён', en: 'approved' },
  CLOSED: { ru: 'закрыт', en: 'closed' },
  WITHDRAWN: { ru: 'отозван', en: 'withdrawn' },
  CANCELLED: { ru: 'отменён', en: 'cancelled' },
};

function planLine({ number, id, title, status, period }: NumberedPlan): Bilingual {
  const line = (word: string, days: string) => `${number}\t${word}\t${days}\t${title.replace(/\s+/g, ' ')}\t${id}`;
  const { ru, en } = PLAN_STATUS_WORDS[status];
  return {
    ru: line(ru, period ? `${dayText(period.start)}–${dayText(period.end)}` : '—'),
    en: line(en, period ? `${period.start}–${period.end}` : '—'),
  };
}
