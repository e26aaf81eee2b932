import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { pino } from 'pino';
import { openAccessKeys } from '../access/keys.js';
import { importedPlanId } from '../application/handler.js';
import { importRequest } from '../application/importing.js';
import { refusalSentence } from '../application/wordings.js';
import { previewOf } from '../documents/preview.js';
import { globalId } from '../graphql/ids.js';
import { openLetopis, SYSTEM } from './compose.js';
import { type Config, KEY_ROLES, readConfig } from './config.js';
import { dataDirectory } from './dataDirectory.js';
import { previewText, startText } from './print.js';
import { serve } from './serve.js';
import { version } from './version.js';

type Flags = { readonly host?: string; readonly port?: string; readonly data?: string };

/** Runs the command line. Its output is for people (and `--json` for programs); the log goes to standard error. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('letopis').description('Chronicle of yearly work plans').version(version);
  program
    .command('serve')
    .description('serve GraphQL, subscriptions and GraphiQL')
    .option('--host <host>', 'address to listen on (LETOPIS_HOST)')
    .option('--port <port>', 'port to listen on (LETOPIS_PORT)')
    .option('--data <directory>', 'where the files are (LETOPIS_DATA)')
    .action((flags: Flags) => runServer(config(flags)));
  program
    .command('import')
    .description('import a plan document as a draft')
    .argument('<file>', 'a plan as plain text')
    .option('--dry-run', 'print what would be created, and create nothing')
    .option('--json', 'print as JSON')
    .option('--data <directory>', 'where the files are (LETOPIS_DATA)')
    .action((file: string, flags: Flags & { dryRun?: boolean; json?: boolean }) => runImport(file, flags));
  const keys = program.command('keys').description('API keys');
  keys
    .command('add')
    .description('make an API key; its token is printed once')
    .requiredOption('--name <name>', 'whose key it is')
    .addOption(new Option('--role <role>', 'what it may do').choices(KEY_ROLES).makeOptionMandatory())
    .option('--post <post>', 'post, as on a stamp')
    .option('--organisation <organisation>', 'organisation')
    .option('--data <directory>', 'where the files are (LETOPIS_DATA)')
    .action((flags: Flags & { name: string; role: string; post?: string; organisation?: string }) => addKey(flags));
  await program.parseAsync([...argv]);
}

function config({ host, port, data }: Flags): Config {
  return readConfig({
    ...process.env,
    ...(host === undefined ? {} : { LETOPIS_HOST: host }),
    ...(port === undefined ? {} : { LETOPIS_PORT: port }),
    ...(data === undefined ? {} : { LETOPIS_DATA: data }),
  });
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function logger(settings: Config) {
  return pino({ level: settings.LETOPIS_LOG_LEVEL, redact: ['req.headers.authorization'] }, pino.destination(2));
}

async function runServer(settings: Config): Promise<void> {
  const served = await serve(settings, logger(settings));
  const stop = new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  say(startText(served.address, served.administratorKey, settings));
  await stop;
  say('Останавливаюсь: начатые команды завершаются… / Stopping: commands in flight finish…');
  await served.close();
}

async function runImport(file: string, flags: Flags & { dryRun?: boolean; json?: boolean }): Promise<void> {
  const settings = config(flags);
  const request = importRequest(await contentOf(file), basename(file), settings.LETOPIS_TIMEZONE);
  if ('problem' in request) throw new Error(`${file}: ${request.problem}. Nothing was imported.`);
  const preview = previewOf(request.plan);
  if (flags.dryRun) {
    say(flags.json ? JSON.stringify(preview, null, 1) : previewText(preview));
    return;
  }
  const letopis = await openLetopis(settings, logger(settings));
  try {
    const planId = importedPlanId(request.sha256);
    const given = { commandId: null, expectedRevision: null, reason: null, basis: null, effectiveOn: null };
    const payload = { sha256: request.sha256 };
    const result = await letopis.services.handler.handle({
      ...given,
      planId,
      payload,
      principal: SYSTEM,
      command: request.command,
    });
    if (result.kind === 'refused') {
      const refusal = { ...result.refusal, params: { ...result.refusal.params, plan: globalId('plan', planId) } };
      throw new Error(`${file}: ${refusalSentence(refusal, 'ru')} / ${refusalSentence(refusal, 'en')}`);
    }
    const { plan } = result;
    const outcome = {
      planId: globalId('plan', planId),
      events: result.events.length,
      activities: plan.activities.size,
    };
    say(
      flags.json
        ? JSON.stringify(outcome)
        : `${previewText(preview)}\nПлан ${outcome.planId}: ${outcome.events} событий / events`,
    );
  } finally {
    await letopis.close();
  }
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new Error(`${file} cannot be read: give the path of a plan kept as plain text`, { cause: error });
  }
}

async function addKey(
  flags: Flags & { name: string; role: string; post?: string; organisation?: string },
): Promise<void> {
  const role = KEY_ROLES.find((known) => known === flags.role);
  if (!role) throw new InvalidArgumentError(`no role ${flags.role}`);
  const keys = await openAccessKeys((await dataDirectory(config(flags).LETOPIS_DATA)).access);
  const { name, post = null, organisation = null } = flags;
  say(keys.add({ name, role, post, organisation }));
  keys.close();
}
