import type { Command } from 'commander';
import type { Bilingual } from '../../domain/language.js';
import { prefixed } from '../bilingual.js';
import type { CheckState, DoctorCheck } from '../doctor/check.js';
import { examine } from '../doctor/examine.js';
import { DOCTOR_EXIT, UNUSABLE } from '../exitCodes.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface DoctorFlags extends Flags {
  readonly json?: boolean;
}

const DOCTOR_MARKS: Readonly<Record<CheckState, string>> = { good: '✓', warning: '!', broken: '✗', skipped: '·' };

/** Adds `letopis doctor`, which checks the settings, files and engines and prints what to do. */
export function doctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('examine settings, files and engines, and say what to do; nothing is stored, a server may run')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action((flags: DoctorFlags) => runDoctor(terminal, flags));
}

async function runDoctor(terminal: Terminal, flags: DoctorFlags): Promise<void> {
  // Every error that occurs before the verdict has this code, so that a script does not take a failure for a warning.
  terminal.exitCode = UNUSABLE;
  const config = await terminal.chronicleConfig(flags);
  const { state, checks } = await examine(config, (check) => {
    if (!flags.json) for (const line of checkLines(check)) terminal.say(line);
  });
  terminal.exitCode = DOCTOR_EXIT[state];
  terminal.say(flags.json ? JSON.stringify({ state, checks }) : VERDICTS[state]);
}

function checkLines({ state, found, advice }: DoctorCheck): Bilingual[] {
  const lines = [prefixed(`${DOCTOR_MARKS[state]} `, found)];
  return advice ? [...lines, prefixed('  → ', advice)] : lines;
}

const VERDICTS = {
  good: { ru: 'Всё в порядке', en: 'Everything is sound' },
  warning: { ru: 'Работает, но требует внимания: см. «!»', en: 'It works, but needs attention: see «!»' },
  broken: { ru: 'Есть неисправности: см. «✗»', en: 'Something is broken: see «✗»' },
} as const;
