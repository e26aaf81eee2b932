import type { Command } from 'commander';
import { type Config, InvalidConfig } from '../config.js';
import type { CheckState, DoctorCheck, DoctorFinding } from '../doctor/check.js';
import { examine } from '../doctor/examine.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface DoctorFlags extends Flags {
  readonly json?: boolean;
}

/** Exit codes of `letopis doctor`. */
const EXIT = { good: 0, warning: 1, broken: 2 } as const;
/** Exit code: the settings are wrong, so nothing could be looked at. */
const EXIT_UNUSABLE = 3;

const DOCTOR_MARKS: Readonly<Record<CheckState, string>> = { good: '✓', warning: '!', broken: '✗', skipped: '·' };

/** Adds `letopis doctor`, which looks at the settings, files and engines and says what to do. */
export function doctorCommand(program: Command, terminal: Terminal): void {
  program
    .command('doctor')
    .description('examine settings, files and engines, and say what to do; nothing is stored, a server may run')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action((flags: DoctorFlags) => runDoctor(terminal, flags));
}

async function runDoctor(terminal: Terminal, flags: DoctorFlags): Promise<void> {
  const config = await configOrExit(terminal, flags);
  const { state, checks } = await examine(config, (check) => {
    if (!flags.json) for (const line of checkLines(check)) terminal.say(line);
  });
  terminal.exitCode = EXIT[state];
  terminal.say(flags.json ? JSON.stringify({ state, checks }) : VERDICTS[state]);
}

async function configOrExit(terminal: Terminal, flags: DoctorFlags): Promise<Config> {
  try {
    return await terminal.chronicleConfig(flags);
  } catch (error) {
    if (error instanceof InvalidConfig) terminal.exitCode = EXIT_UNUSABLE;
    throw error;
  }
}

function checkLines({ state, found, advice }: DoctorCheck): string[] {
  const lines = [`${DOCTOR_MARKS[state]} ${inBoth(found)}`];
  return advice ? [...lines, `  → ${inBoth(advice)}`] : lines;
}

function inBoth({ ru, en }: DoctorFinding): string {
  return ru === en ? ru : `${ru} / ${en}`;
}

const VERDICTS = {
  good: 'Всё в порядке / everything is sound',
  warning: 'Работает, но требует внимания: см. «!» / it works, but needs attention: see «!»',
  broken: 'Есть неисправности: см. «✗» / something is broken: see «✗»',
} as const;
