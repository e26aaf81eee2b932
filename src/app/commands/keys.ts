import { type Command, InvalidArgumentError, Option } from 'commander';
import { ROLE_TEXTS } from '../../documents/printing/roles.js';
import { type AccessStatus, HOLDER_ROLES, type HolderRole } from '../../domain/access/holder.js';
import { asInstant } from '../../domain/dates.js';
import { type Language, type Sentence, translation } from '../../domain/language.js';
import { momentText } from '../bilingual.js';
import { bootstrapKey, giveAccess, listAccess } from '../operations/access.js';
import { OperationRefused } from '../operations/operation.js';
import { DATA, type Flags, type Terminal } from './terminal.js';

interface NewKey extends Flags {
  readonly name: string;
  readonly role: HolderRole;
  readonly post?: string;
  readonly organisation?: string;
  readonly scope?: string[];
  readonly expires?: string;
  readonly issuer?: string;
  readonly subject?: string;
}

interface Reasoned extends Flags {
  readonly reason?: string;
}

interface LinkFlags extends Flags {
  readonly issuer?: string;
  readonly subject?: string;
  readonly former?: string;
  readonly reason?: string;
}

interface UnlinkFlags extends Flags {
  readonly issuer: string;
  readonly subject: string;
  readonly reason?: string;
}

interface RotateFlags extends Flags {
  readonly overlap: number;
  readonly expires?: string;
}

interface ListFlags extends Flags {
  readonly json?: boolean;
}

const KEY_ID_ARGUMENT = ['<id>', 'its id, as `keys list` prints it'] as const;
const REASON = ['--reason <reason>', 'why'] as const;
const EXPIRES = [
  '--expires <moment>',
  'when it expires: a day (2027-09-01, from its beginning in UTC) or a moment',
] as const;

/** Adds `letopis keys`, which manages access by API keys and by an identity provider. */
export function keysCommand(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('API keys, and people whom an identity provider knows');
  keys
    .command('add')
    .description('create an API key; its token is printed only once')
    .requiredOption('--name <name>', 'whose key it is')
    .addOption(new Option('--role <role>', 'what it may do').choices(HOLDER_ROLES).makeOptionMandatory())
    .option('--post <post>', 'post, as on a stamp')
    .option('--organisation <organisation>', 'organisation')
    .option(
      '--scope <organisation...>',
      'ids of the organisations whose plans it can access, with their descendants; all by default',
    )
    .option(...EXPIRES)
    .option('--issuer <url>', 'give access to a login instead of a key: the OpenID Connect provider …')
    .option('--subject <sub>', '… and its name for the person (sub)')
    .option(...DATA)
    .action((flags: NewKey) => addKey(terminal, flags));
  keys
    .command('rotate')
    .description('create a new token for a key; the previous one stays valid for the hours of --overlap')
    .argument(...KEY_ID_ARGUMENT)
    .option('--overlap <hours>', 'a number of hours from 0 to 720', overlapHours, 24)
    .option('--expires <moment>', 'when it expires: a day, a moment, or «never»; by default as the previous token')
    .option(...DATA)
    .action((id: string, flags: RotateFlags) => rotateKey(terminal, id, flags));
  keys
    .command('rename')
    .description('rename a key; earlier events keep the former name')
    .argument(...KEY_ID_ARGUMENT)
    .argument('<name>', 'whose key it is')
    .option(...DATA)
    .action((id: string, name: string, flags: Flags) => give(terminal, flags, { do: 'rename', id, name }));
  for (const way of ['grant', 'withdraw'] as const) {
    keys
      .command(way)
      .description(
        way === 'grant' ? 'add organisations to the scope of a key' : 'remove organisations from the scope of a key',
      )
      .argument(...KEY_ID_ARGUMENT)
      .argument('<organisation...>', 'ids of organisations')
      .option(...REASON)
      .option(...DATA)
      .action((id: string, organisationIds: string[], { reason, ...flags }: Reasoned) =>
        give(terminal, flags, { do: way, id, organisationIds, reason: reason ?? null }),
      );
  }
  keys
    .command('link')
    .description('link a login, or revoked access of the same person, to access: both count as one person')
    .argument(...KEY_ID_ARGUMENT)
    .option('--issuer <url>', 'the OpenID Connect provider …')
    .option('--subject <sub>', '… and its name for the person')
    .option('--former <id>', 'revoked access under which the same person acted before')
    .option(...REASON)
    .option(...DATA)
    .action((id: string, { former, reason, issuer, subject, ...flags }: LinkFlags) =>
      give(terminal, flags, {
        do: 'link',
        id,
        identity: loginOf({ issuer, subject }),
        formerAccessId: former ?? null,
        reason: reason ?? null,
      }),
    );
  keys
    .command('unlink')
    .description('unlink a login from access; earlier events stay attributed to the same person')
    .argument(...KEY_ID_ARGUMENT)
    .requiredOption('--issuer <url>', 'the OpenID Connect provider …')
    .requiredOption('--subject <sub>', '… and its name for the person')
    .option(...REASON)
    .option(...DATA)
    .action((id: string, { reason, issuer, subject, ...flags }: UnlinkFlags) =>
      give(terminal, flags, { do: 'unlink', id, identity: { issuer, subject }, reason: reason ?? null }),
    );
  keys
    .command('revoke')
    .description('revoke a key at once, and close its open subscriptions')
    .argument(...KEY_ID_ARGUMENT)
    .option(...REASON)
    .option(...DATA)
    .action((id: string, { reason, ...flags }: Reasoned) =>
      give(terminal, flags, { do: 'revoke', id, reason: reason ?? null }),
    );
  keys
    .command('bootstrap')
    .description('print the key of the local administrator, from the configuration or from the first start')
    .option(...DATA)
    .action(async (flags: Flags) => terminal.say((await terminal.perform(flags, bootstrapKey, {})).token));
  keys
    .command('list')
    .description('list the keys; tokens cannot be shown again')
    .option('--json', 'print as JSON')
    .option(...DATA)
    .action((flags: ListFlags) => listKeys(terminal, flags));
}

async function addKey(terminal: Terminal, flags: NewKey): Promise<void> {
  const { name, role, post = null, organisation = null, scope = null, issuer, subject } = flags;
  const identity = loginOf({ issuer, subject });
  const { id, token } = await terminal.perform(flags, giveAccess, {
    do: 'issue',
    name,
    role,
    post,
    organisation,
    organisationIds: scope,
    identity,
    expiresAt: instantFrom(flags.expires),
  });
  terminal.say(token ?? id);
}

/** Returns the login named by the flags; null when there is none. */
function loginOf({ issuer, subject }: { readonly issuer: string | undefined; readonly subject: string | undefined }) {
  if ((issuer === undefined) !== (subject === undefined)) {
    throw new OperationRefused({
      ru: 'для входа через провайдера нужны и --issuer, и --subject',
      en: 'a login of an identity provider needs both --issuer and --subject',
    });
  }
  return issuer !== undefined && subject !== undefined ? { issuer, subject } : null;
}

async function rotateKey(terminal: Terminal, id: string, flags: RotateFlags): Promise<void> {
  const asked = { do: 'rotate', id, overlapHours: flags.overlap, expiresAt: expiryOf(flags.expires) } as const;
  const { token } = await terminal.perform(flags, giveAccess, asked);
  terminal.say(token ?? '');
}

async function give(terminal: Terminal, flags: Flags, asked: Parameters<typeof giveAccess.run>[1]): Promise<void> {
  await terminal.perform(flags, giveAccess, asked);
}

async function listKeys(terminal: Terminal, flags: ListFlags): Promise<void> {
  const all = await terminal.perform(flags, listAccess, {});
  if (flags.json) {
    terminal.say(JSON.stringify(all));
    return;
  }
  for (const { id, role, status, name, post, key, organisationIds, expiresAt, lastUsedAt } of all) {
    const scope = organisationIds?.join(',');
    const [until, used] = [expiresAt, lastUsedAt].map((moment) => (moment === null ? null : momentText(moment)));
    const row = (language: Language, otherwise: Readonly<Record<'scope' | 'until' | 'used', string>>, usedAt: string) =>
      [
        ...[id, translation(STATUS_TEXTS[status], language), translation(ROLE_TEXTS[role], language)],
        ...[name, post ?? '', key, scope ?? otherwise.scope, until?.[language] ?? otherwise.until],
        used ? `${usedAt} ${used[language]}` : otherwise.used,
      ].join('\t');
    terminal.say({
      ru: row('ru', { scope: 'все', until: 'бессрочно', used: 'не использовался' }, 'использован'),
      en: row('en', { scope: 'all', until: 'does not expire', used: 'never used' }, 'used'),
    });
  }
}

const STATUS_TEXTS: Readonly<Record<AccessStatus, Sentence>> = {
  ACTIVE: ['действует', 'active'],
  EXPIRED: ['истёк', 'expired'],
  REVOKED: ['отозван', 'revoked'],
};

function overlapHours(text: string): number {
  const hours = Number(text);
  if (text.trim() !== '' && hours >= 0 && hours <= 720) return hours;
  throw new InvalidArgumentError('a number of hours from 0 to 720');
}

/** Returns the expiry of `--expires`; null: never; undefined: the flag was not given. */
function expiryOf(text: string | undefined): string | null | undefined {
  if (text === undefined) return undefined;
  return text === 'never' ? null : instantFrom(text);
}

function instantFrom(text: string | undefined): string | null {
  if (text === undefined) return null;
  const moment = asInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (moment === undefined)
    throw new OperationRefused({
      ru: `«${text}» — не день и не момент: напишите его как 2027-09-01 или 2027-09-01T09:00:00Z`,
      en: `«${text}» is neither a day nor a moment: write it as 2027-09-01 or 2027-09-01T09:00:00Z`,
    });
  return moment;
}
