import type { Command } from 'commander';
import { type OnClose, withOpened } from '../../engine/closing.js';
import { copyChronicle } from '../operations/copy.js';
import { OperationRefused } from '../operations/operation.js';
import { type ChroniclePlace, parsePlace } from '../operations/place.js';
import type { Terminal } from './terminal.js';

interface CopyFlags {
  readonly from: string;
  readonly to: string;
  readonly keysFrom?: string;
  readonly keysTo?: string;
  readonly keys: boolean;
}

const PHASES = {
  found: { ru: 'уже есть', en: 'found' },
  copied: { ru: 'скопировано', en: 'copied' },
  compared: { ru: 'сверено', en: 'compared' },
} as const;

/** Adds `letopis copy`, which copies a chronicle from one engine to another. */
export function copyCommand(program: Command, terminal: Terminal): void {
  program
    .command('copy')
    .description('copy a chronicle from one engine to another; run it again to continue an interrupted copy')
    .requiredOption('--from <place>', 'sqlite:DIRECTORY, or the connection string of KurrentDB')
    .requiredOption('--to <place>', 'the same; empty, or with an unfinished copy of the same chronicle')
    .option('--keys-from <place>', 'where the keys are: sqlite:DIRECTORY (that of --from), or mongodb://…')
    .option('--keys-to <place>', 'where the keys go: sqlite:DIRECTORY (that of --to), or mongodb://…')
    .option('--no-keys', 'leave out the keys of persons and the API keys')
    .action((flags: CopyFlags) => runCopy(terminal, flags));
}

async function runCopy(terminal: Terminal, flags: CopyFlags): Promise<void> {
  const line = terminal.progressLine();
  try {
    await withOpened((onClose) => copied(terminal, flags, onClose, line));
  } finally {
    line.end();
  }
}

async function copied(
  terminal: Terminal,
  flags: CopyFlags,
  onClose: OnClose,
  line: ReturnType<Terminal['progressLine']>,
): Promise<void> {
  const { LETOPIS_NAMESPACE: namespace } = terminal.config();
  const [from, to] = [chroniclePlace(flags.from), chroniclePlace(flags.to)];
  const keys = flags.keys
    ? { from: keysPlace('from', flags.keysFrom, from), to: keysPlace('to', flags.keysTo, to) }
    : undefined;
  // Imported here because it loads the clients of both engines, which no other command needs.
  const { fittingKeys, masterKeyOf, openSource, openTarget, putKeysTo } = await import('../operations/copyEnds.js');
  const source = await openSource(from, namespace, onClose);
  const fitting = keys && (await fittingKeys(keys.from, source, onClose));
  const target = await openTarget(to, namespace, source.chronicleId, onClose);
  // The keys are copied before the events: a complete copy must not have unreadable names.
  if (keys && fitting) await putKeysTo(keys.to, fitting, onClose);
  const copying = copyChronicle(source, target);
  let step = await copying.next();
  for (; !step.done; step = await copying.next()) {
    const { phase, events } = step.value;
    line.show({ ru: `${PHASES[phase].ru}: ${events}`, en: `${PHASES[phase].en}: ${events}` });
  }
  line.end();
  const { chronicleId, events, found, digest } = step.value;
  terminal.say({
    ru: `Летопись ${chronicleId}: событий ${events}, из них уже было ${found}; всё сверено, SHA-256 ${digest}`,
    en: `Chronicle ${chronicleId}: ${events} events, ${found} of them found; all compared, SHA-256 ${digest}`,
  });
  if (!keys || !fitting) {
    terminal.say({
      ru: 'Ключи не перенесены: имён в копии не прочесть',
      en: 'Keys were left out: no name can be read in the copy',
    });
    return;
  }
  const [carried, masterKey] = [fitting.subjects.length, masterKeyOf(keys.from)];
  terminal.say({
    ru: `Ключи перенесены: ${carried}. Главный ключ остаётся прежним: ${masterKey}`,
    en: `Keys carried over: ${carried}. The master key stays the same: ${masterKey}`,
  });
  if (fitting.missing > 0) {
    terminal.say({
      ru: `✗ Нет ключей лиц, которых никто не забывал: ${fitting.missing}; npx letopis verify`,
      en: `✗ Keys are missing of persons whom nobody has forgotten: ${fitting.missing}; npx letopis verify`,
    });
  }
}

function chroniclePlace(text: string): ChroniclePlace {
  return parsePlace(text, /^(esdb|kurrentdb)(\+discover)?:\/\/./, 'esdb://host:2113?tls=false');
}

function keysPlace(which: 'from' | 'to', text: string | undefined, chronicle: ChroniclePlace): ChroniclePlace {
  if (text !== undefined) return parsePlace(text, /^mongodb(\+srv)?:\/\/./, 'mongodb://host:27017/letopis');
  if (chronicle.kind === 'directory') return chronicle;
  throw new OperationRefused({
    ru: `ключи лиц и ключи API хранятся отдельно от летописи: укажите их место через --keys-${which} mongodb://… или не переносите их: --no-keys`,
    en: `the keys of persons and the API keys are stored apart from the chronicle: name their place with --keys-${which} mongodb://…, or leave them out with --no-keys`,
  });
}
