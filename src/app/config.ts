import { isIP } from 'node:net';
import { z } from 'zod';
import { MIN_TOKEN } from '../access/tokens.js';
import { isTimeZone } from '../domain/dates.js';
import { weakeningIn } from '../engine/storage/mongoAddress.js';
import { DEFAULT_LIMITS, type Limits } from '../graphql/limits/limits.js';
import { clockFrom } from './clock.js';
import { witnessSetting } from './witness/outside.js';

/** All roles of a process, see LETOPIS_ROLES. */
const ROLES_ALL = ['api', 'projections', 'deadlines', 'webhooks'] as const;
/** One part of the work that a process can do. */
export type ProcessRole = (typeof ROLES_ALL)[number];

const secretBytes = z
  .string()
  .refine(is32Bytes, {
    error: '32 bytes in base64 (openssl rand -base64 32)',
  })
  .transform((text) => Buffer.from(text, 'base64'));

function integerSetting(unit: string, min: number, max: number, otherwise: number) {
  return wholeNumber(`${unit}, from ${min} to ${max}`, min, max).default(otherwise);
}

function wholeNumber(error: string, min: number, max: number) {
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** Returns a schema of comma-separated numbers of parts. */
function partNumbers() {
  return z
    .string()
    .regex(/^[1-9]\d?(,[1-9]\d?)*$/, { error: 'numbers of parts with commas between, from 1 to LETOPIS_PARTS' })
    .transform((text) => text.split(',').map(Number));
}

function textSetting() {
  return z.string().min(1, { error: 'not empty' });
}

/** Values of LETOPIS_LOG_LEVEL. */
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Returns a schema of comma-separated values, empty by default. */
function listSetting(fits: (text: string) => boolean, error: string) {
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').map((each) => each.trim()))
    .transform((all) => all.filter((each) => each !== ''))
    .refine((all) => all.every(fits), { error });
}

/** All settings, by environment variable. Some commands also take host, port, data and roles as flags. */
const settingsSchema = z.object({
  LETOPIS_HOST: textSetting().default('127.0.0.1'),
  LETOPIS_PORT: wholeNumber('a number from 0 to 65535', 0, 65_535).default(4000),
  LETOPIS_DATA: textSetting().default('./data'),
  LETOPIS_EVENT_STORE: z
    .string()
    .transform((text) => text.replace(/^kurrentdb(\+discover)?:/, 'esdb$1:'))
    .refine((text) => text === 'sqlite:' || /^esdb(\+discover)?:\/\/./.test(text), {
      error: '«sqlite:», or the connection string of KurrentDB or EventStoreDB (esdb://host:2113?tls=false)',
    })
    .default('sqlite:'),
  LETOPIS_READ_STORE: z
    .string()
    .refine((text) => text === 'sqlite:' || /^mongodb(\+srv)?:\/\/./.test(text), {
      error: '«sqlite:», or the connection string of MongoDB (mongodb://host:27017/letopis)',
    })
    .refine((text) => weakeningIn(text) === undefined, {
      error: ({ input }) =>
        `leave «${weakeningIn(String(input))}» out: Letopis reads from the primary, and its writes are acknowledged by a majority with journal`,
    })
    .default('sqlite:'),
  LETOPIS_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,99}$/, { error: 'letters, digits and «-», a letter first' })
    .default('letopis'),
  LETOPIS_ROLES: z.string().default(ROLES_ALL.join()).transform(processRoles),
  /** Into how many parts the work on read models is divided by plan. The same in all processes. */
  LETOPIS_PARTS: integerSetting('parts', 1, 64, 1),
  /** The parts that this process works on. Omitted: all. */
  LETOPIS_PART: partNumbers().optional(),
  LETOPIS_TIMEZONE: z
    .string()
    .refine(isTimeZone, { error: 'not an IANA time zone; for example Asia/Yekaterinburg' })
    .default('Asia/Yekaterinburg'),
  LETOPIS_MAX_UPLOAD: integerSetting('bytes', 1_000, 100_000_000, 10_000_000),
  /** LibreOffice's program, when it is not `soffice` on the PATH. */
  LETOPIS_SOFFICE: textSetting().optional(),
  LETOPIS_RETENTION_YEARS: integerSetting('years', 0, 100, 5),
  LETOPIS_ACCESS_RECORD_DAYS: integerSetting('days', 1, 36_500, 1_825),
  LETOPIS_MAX_COST: integerSetting('units', 100, 10_000_000, DEFAULT_LIMITS.maxCost),
  LETOPIS_QUERY_SECONDS: integerSetting('seconds', 1, 600, DEFAULT_LIMITS.queryMs / 1_000),
  LETOPIS_RATE: integerSetting('requests in a minute', 1, 10_000_000, DEFAULT_LIMITS.perMinute),
  LETOPIS_CONNECTIONS: integerSetting('connections', 10, 1_000_000, DEFAULT_LIMITS.connections),
  LETOPIS_ADDRESS_CONNECTIONS: integerSetting('connections', 1, 1_000_000, DEFAULT_LIMITS.addressConnections),
  LETOPIS_UPLOADS_MB: integerSetting('megabytes', 1, 100_000, DEFAULT_LIMITS.maxUploads / 1_000_000),
  LETOPIS_BODY_SECONDS: integerSetting('seconds', 1, 3_600, DEFAULT_LIMITS.bodyMs / 1_000),
  LETOPIS_ANSWER_CACHE_MB: integerSetting('megabytes', 0, 100_000, DEFAULT_LIMITS.cacheBytes / 1_000_000),
  /** Has no effect any more. Accepted so that installations that set it still start. */
  LETOPIS_FAST_LANE: z.enum(['on', 'off'], { error: 'on or off' }).optional(),
  LETOPIS_WEBHOOK_INTERNAL: listSetting(
    isRange,
    'addresses and ranges with commas between, such as 10.1.0.0/16,192.168.1.7',
  ),
  LETOPIS_DOCUMENTS: textSetting().optional(),
  LETOPIS_INTROSPECTION: z.enum(['on', 'off'], { error: 'on or off' }).default('on'),
  LETOPIS_TRUSTED_PROXIES: listSetting(
    isRange,
    'addresses and ranges with commas between, such as 10.1.0.0/16,192.168.1.7',
  ),
  LETOPIS_CORS_ORIGINS: listSetting(isOrigin, 'origins with commas between, such as https://portal.example'),
  LETOPIS_SAMPLE: z.enum(['on', 'off'], { error: 'on or off' }).default('on'),
  LETOPIS_BOOTSTRAP_KEY: z
    .string()
    .min(MIN_TOKEN, { error: `at least ${MIN_TOKEN} characters` })
    .optional(),
  LETOPIS_MASTER_KEY: z.string().refine(is32Bytes, { error: '32 bytes in base64' }).optional(),
  LETOPIS_PUBLIC: z.enum(['on', 'off'], { error: 'on or off' }).default('off'),
  LETOPIS_OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'the http(s) address of the issuer' }).optional(),
  LETOPIS_OIDC_AUDIENCE: textSetting().default('letopis'),
  LETOPIS_OIDC_CLIENT_ID: textSetting().optional(),
  LETOPIS_OIDC_CLIENT_SECRET: textSetting().optional(),
  LETOPIS_LOG_KEY: secretBytes.optional(),
  LETOPIS_LOG_KEY_BEFORE: secretBytes.optional(),
  LETOPIS_WITNESSES: listSetting(
    (text) => witnessSetting(text) !== undefined,
    'witnesses with commas between, each its public key, a space and its address: name+id+key https://witness.example',
  ),
  LETOPIS_WITNESS_QUORUM: integerSetting('witnesses', 0, 100, 0),
  LETOPIS_CLOCK: z
    .string()
    .refine(isClock, { error: 'a moment (2021-01-01T09:00:00Z) or a shift (-P5Y, PT2H)' })
    .optional(),
  LETOPIS_TRACES: z.url({ protocol: /^https?$/, error: 'the http(s) address of an OTLP endpoint' }).optional(),
  LETOPIS_LOG_LEVEL: z.enum(LOG_LEVELS, { error: `one of ${LOG_LEVELS.join(', ')}` }).default('warn'),
});

/** Settings that have no effect without another setting, with the name of that setting. */
const NEEDS: Readonly<Record<string, string>> = {
  LETOPIS_PART: 'LETOPIS_PARTS',
  LETOPIS_OIDC_CLIENT_ID: 'LETOPIS_OIDC_ISSUER',
  LETOPIS_OIDC_CLIENT_SECRET: 'LETOPIS_OIDC_CLIENT_ID',
};

/** The validated configuration. */
export type Config = z.infer<typeof settingsSchema>;

/** Thrown for wrong settings. The message names each one and what is wrong with it, never the value of a secret. */
export class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}

/**
 * Returns the configuration in the environment variables.
 *
 * @throws InvalidConfig when a value is wrong, or a variable LETOPIS_… is not a setting.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const unknown = Object.keys(environment).filter(
    (key) => key.startsWith('LETOPIS_') && !(key in settingsSchema.shape),
  );
  const parsed = settingsSchema.safeParse(environment);
  const faults = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  const lacking = Object.entries(NEEDS).flatMap(([key, needed]) =>
    environment[key] !== undefined && environment[needed] === undefined ? [`${key}: needs ${needed} too`] : [],
  );
  const parts = parsed.success ? partFaults(parsed.data) : [];
  const all = [...faults, ...parts, ...lacking, ...unknown.map((key) => `${key}: there is no such setting`)];
  if (!parsed.success || all.length > 0) throw new InvalidConfig(all.join('\n'));
  return parsed.data;
}

function processRoles(text: string, context: z.RefinementCtx): ReadonlySet<ProcessRole> {
  const names = text.split(',').map((name) => name.trim());
  const roles = names.flatMap((name) => ROLES_ALL.filter((role) => role === name));
  if (roles.length === names.length) return new Set(roles);
  context.addIssue({ code: 'custom', message: `some of ${ROLES_ALL.join(', ')}, with commas between` });
  return z.NEVER;
}

function partFaults(config: Config): readonly string[] {
  const { LETOPIS_PART: numbers = [], LETOPIS_PARTS: parts } = config;
  const beyond = numbers.find((number) => number > parts);
  const isAlone = parts > 1 && config.LETOPIS_READ_STORE === 'sqlite:';
  return [
    ...(beyond === undefined ? [] : [`LETOPIS_PART: there is no part ${beyond}, LETOPIS_PARTS is ${parts}`]),
    ...(isAlone
      ? ['LETOPIS_PARTS: read models in files have one process, so name a MongoDB by LETOPIS_READ_STORE']
      : []),
  ];
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^/\s]+$/.test(text);
}

/** Returns true for an IP address or a CIDR range. */
function isRange(text: string): boolean {
  const [address = '', bits, ...others] = text.split('/');
  const version = isIP(address);
  const most = version === 4 ? 32 : 128;
  return (
    version !== 0 && others.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
  );
}

function isClock(text: string): boolean {
  try {
    return clockFrom(text)() !== '';
  } catch {
    return false;
  }
}

/** Returns the limits of the API: the defaults, with those that the configuration sets. */
export function limitsOf(config: Config): Limits {
  return {
    ...DEFAULT_LIMITS,
    maxCost: config.LETOPIS_MAX_COST,
    queryMs: config.LETOPIS_QUERY_SECONDS * 1_000,
    perMinute: config.LETOPIS_RATE,
    connections: config.LETOPIS_CONNECTIONS,
    addressConnections: config.LETOPIS_ADDRESS_CONNECTIONS,
    maxUploads: config.LETOPIS_UPLOADS_MB * 1_000_000,
    bodyMs: config.LETOPIS_BODY_SECONDS * 1_000,
    cacheBytes: config.LETOPIS_ANSWER_CACHE_MB * 1_000_000,
    introspection: config.LETOPIS_INTROSPECTION === 'on',
    proxies: config.LETOPIS_TRUSTED_PROXIES,
    origins: config.LETOPIS_CORS_ORIGINS,
  };
}

function is32Bytes(text: string): boolean {
  return Buffer.from(text, 'base64').length === 32;
}
