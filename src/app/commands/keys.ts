import { type Command, InvalidArgumentError, Option } from 'commander';
import type { AccessKeys } from '../../access/keys/keys.js';
import { KEY_ROLES } from '../config.js';
import { dataDirectory } from '../dataDirectory.js';
import { withOpened } from '../opened.js';
import { openKeys } from '../stores.js';
import { configOf, DATA, type Flags, say } from './shared.js';

interface NewKey extends Flags {
  readonly name: string;
  readonly role: string;
  readonly post?: string;
  readonly organisation?: string;
}

/** `letopis keys`: on the keys themselves, which several processes may use at once. */
export function keysCommand(program: Command): void {
  const keys = program.command('keys').description('API keys');
  keys
    .command('add')
    .description('make an API key; its token is printed once')
    .requiredOption('--name <name>', 'whose key it is')
    .addOption(new Option('--role <role>', 'what it may do').choices(KEY_ROLES).makeOptionMandatory())
    .option('--post <post>', 'post, as on a stamp')
    .option('--organisation <organisation>', 'organisation')
    .option(...DATA)
    .action(add);
  keys
    .command('rename')
    .description('give a key another name; what was done by it before keeps the former one')
    .argument('<id>', 'its id, as `keys list` prints it')
    .argument('<name>', 'whose key it is')
    .option(...DATA)
    .action(rename);
  keys
    .command('list')
    .description('list the keys; their tokens cannot be had again')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action(list);
}

async function add(flags: NewKey): Promise<void> {
  const role = KEY_ROLES.find((known) => known === flags.role);
  if (!role) throw new InvalidArgumentError(`no role ${flags.role}`);
  const { name, post = null, organisation = null } = flags;
  say(await withKeys(flags, (keys) => keys.add({ name, role, post, organisation })));
}

async function rename(id: string, name: string, flags: Flags): Promise<void> {
  if (name.trim() === '') throw new InvalidArgumentError('a key has a name');
  const found = await withKeys(flags, (keys) => keys.rename(id, name.trim()));
  if (!found) throw new InvalidArgumentError(`there is no key ${id}: \`letopis keys list\` prints their ids`);
}

async function list(flags: Flags & { readonly json?: boolean }): Promise<void> {
  const all = await withKeys(flags, (keys) => keys.list());
  if (flags.json) say(JSON.stringify(all));
  else for (const { id, role, name, post, createdAt } of all) say([id, role, createdAt, name, post ?? ''].join('\t'));
}

async function withKeys<T>(flags: Flags, work: (keys: AccessKeys) => Promise<T>): Promise<T> {
  const config = configOf(flags);
  return withOpened(async (onClose) => work(await openKeys(config, await dataDirectory(config.LETOPIS_DATA), onClose)));
}
