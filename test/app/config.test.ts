import { describe, expect, it } from '@jest/globals';
import { clockFrom } from '../../src/app/clock.js';
import { InvalidConfig, readConfig } from '../../src/app/config.js';

/** The message by which settings are refused. */
function refusal(environment: Readonly<Record<string, string>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof InvalidConfig) return error.message;
    throw error;
  }
  throw new Error('the settings were taken');
}

/** All settings if none is given. */
const DEFAULTS = {
  LETOPIS_HOST: '127.0.0.1',
  LETOPIS_PORT: 4000,
  LETOPIS_DATA: './data',
  LETOPIS_EVENT_STORE: 'sqlite:',
  LETOPIS_READ_STORE: 'sqlite:',
  LETOPIS_NAMESPACE: 'letopis',
  LETOPIS_ROLES: new Set(['api', 'projections', 'deadlines', 'webhooks']),
  LETOPIS_PARTS: 1,
  LETOPIS_TIMEZONE: 'Asia/Yekaterinburg',
  LETOPIS_SAMPLE: 'on',
  LETOPIS_LOG_LEVEL: 'warn',
  LETOPIS_MAX_UPLOAD: 10_000_000,
  LETOPIS_ACCESS_RECORD_DAYS: 1825,
  LETOPIS_RETENTION_YEARS: 5,
  LETOPIS_MAX_COST: 100_000,
  LETOPIS_QUERY_SECONDS: 20,
  LETOPIS_RATE: 3_000,
  LETOPIS_CONNECTIONS: 5_000,
  LETOPIS_ADDRESS_CONNECTIONS: 2_000,
  LETOPIS_UPLOADS_MB: 64,
  LETOPIS_BODY_SECONDS: 60,
  LETOPIS_ANSWER_CACHE_MB: 160,
  LETOPIS_TRUSTED_PROXIES: [],
  LETOPIS_WEBHOOK_INTERNAL: [],
  LETOPIS_WITNESSES: [],
  LETOPIS_WITNESS_QUORUM: 0,
  LETOPIS_INTROSPECTION: 'on',
  LETOPIS_CORS_ORIGINS: [],
  LETOPIS_OIDC_AUDIENCE: 'letopis',
  LETOPIS_PUBLIC: 'off',
};

describe('the configuration', () => {
  it('needs no setting at all', () => {
    expect(readConfig({})).toEqual(DEFAULTS);
  });

  it('takes each setting that is valid, and leaves the rest of the environment alone', () => {
    const given = {
      LETOPIS_HOST: '0.0.0.0',
      LETOPIS_DATA: 'chronicles',
      LETOPIS_EVENT_STORE: 'esdb://host:2113?tls=false',
      LETOPIS_READ_STORE: 'mongodb://host:27017/letopis',
      LETOPIS_NAMESPACE: 'district-7',
      LETOPIS_TIMEZONE: 'Europe/Moscow',
      LETOPIS_SAMPLE: 'off',
      LETOPIS_BOOTSTRAP_KEY: 'a key of twenty-four characters',
      LETOPIS_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
      LETOPIS_CLOCK: '2021-01-01T09:00:00Z',
      LETOPIS_LOG_LEVEL: 'silent',
    };
    const environment = {
      ...given,
      LETOPIS_PORT: '0',
      LETOPIS_ROLES: 'api, deadlines',
      LETOPIS_PARTS: '4',
      LETOPIS_PART: '2,4',
      PATH: '/bin',
      letopis_port: 'x',
    };
    expect(readConfig(environment)).toEqual({
      ...DEFAULTS,
      ...given,
      LETOPIS_PORT: 0,
      LETOPIS_ROLES: new Set(['api', 'deadlines']),
      LETOPIS_PARTS: 4,
      LETOPIS_PART: [2, 4],
    });
  });

  it.each([
    ['LETOPIS_HOST', ''],
    ['LETOPIS_PORT', 'four'],
    ['LETOPIS_PORT', '65536'],
    ['LETOPIS_PORT', '-1'],
    ['LETOPIS_PORT', '80.5'],
    ['LETOPIS_DATA', ''],
    ['LETOPIS_EVENT_STORE', 'postgres://elsewhere'],
    ['LETOPIS_READ_STORE', 'mysql://elsewhere'],
    ['LETOPIS_NAMESPACE', '$all'],
    ['LETOPIS_ROLES', 'api,cook'],
    ['LETOPIS_ROLES', ''],
    ['LETOPIS_WEBHOOK_INTERNAL', '10.0.0.0/33'],
    ['LETOPIS_WEBHOOK_INTERNAL', 'intranet'],
    ['LETOPIS_CONNECTIONS', '9'],
    ['LETOPIS_ADDRESS_CONNECTIONS', '0'],
    ['LETOPIS_UPLOADS_MB', '0'],
    ['LETOPIS_BODY_SECONDS', '0'],
    ['LETOPIS_ANSWER_CACHE_MB', '-1'],
    ['LETOPIS_FAST_LANE', 'maybe'],
    ['LETOPIS_TRUSTED_PROXIES', 'the proxy'],
    ['LETOPIS_TIMEZONE', 'Mars/Olympus'],
    ['LETOPIS_SAMPLE', 'yes'],
    ['LETOPIS_RETENTION_YEARS', '-1'],
    ['LETOPIS_LOG_KEY', 'c2hvcnQ='],
    ['LETOPIS_LOG_KEY_BEFORE', 'c2hvcnQ='],
    ['LETOPIS_BOOTSTRAP_KEY', 'short'],
    ['LETOPIS_MASTER_KEY', 'c2hvcnQ='],
    ['LETOPIS_CLOCK', 'tomorrow'],
    ['LETOPIS_CLOCK', 'P5X'],
    ['LETOPIS_CLOCK', 'P'],
    ['LETOPIS_LOG_LEVEL', 'loud'],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(refusal({ [name]: value })).toMatch(new RegExp(`^${name}: .+$`));
  });

  it('knows KurrentDB by its new name too', () => {
    const url = 'kurrentdb+discover://user:word@host:2113';
    expect(readConfig({ LETOPIS_EVENT_STORE: url }).LETOPIS_EVENT_STORE).toBe('esdb+discover://user:word@host:2113');
  });

  it('refuses parts without a store that several processes share, and a part that there is none of', () => {
    for (const store of [{}, { LETOPIS_READ_STORE: 'sqlite:' }]) {
      expect(refusal({ ...store, LETOPIS_PARTS: '4' })).toBe(
        'LETOPIS_PARTS: read models in files have one process, so name a MongoDB by LETOPIS_READ_STORE',
      );
    }
    const shared = { LETOPIS_READ_STORE: 'mongodb://host:27017/letopis' };
    expect(refusal({ ...shared, LETOPIS_PART: '1' })).toBe('LETOPIS_PART: needs LETOPIS_PARTS too');
    expect(refusal({ ...shared, LETOPIS_PARTS: '4', LETOPIS_PART: '4,5' })).toBe(
      'LETOPIS_PART: there is no part 5, LETOPIS_PARTS is 4',
    );
  });

  it.each([
    ['LETOPIS_PARTS', '0'],
    ['LETOPIS_PARTS', '65'],
    ['LETOPIS_PART', ''],
    ['LETOPIS_PART', '1,'],
    ['LETOPIS_PART', '0'],
  ])('refuses %s=%s on a shared store and names it', (name, value) => {
    const shared = { LETOPIS_READ_STORE: 'mongodb://host:27017/letopis', LETOPIS_PARTS: '4' };
    expect(refusal({ ...shared, [name]: value })).toMatch(new RegExp(`^${name}: .+$`));
  });

  it('refuses a setting that there is none of, such as one misspelt', () => {
    expect(refusal({ LETOPIS_PROT: '4000' })).toBe('LETOPIS_PROT: there is no such setting');
  });

  it('names all faults at once, a line each', () => {
    const names = refusal({ LETOPIS_PORT: 'x', LETOPIS_SAMPLE: 'x', LETOPIS_COLOUR: 'red' })
      .split('\n')
      .map((line) => line.split(':')[0]);
    expect(names).toEqual(['LETOPIS_PORT', 'LETOPIS_SAMPLE', 'LETOPIS_COLOUR']);
  });

  it('never tells the value of a secret', () => {
    const secrets = { LETOPIS_BOOTSTRAP_KEY: 'too-short-secret', LETOPIS_MASTER_KEY: 'not-quite-a-key' };
    const message = refusal({ ...secrets, LETOPIS_SECRET_TOKEN: 'hidden-value' });
    for (const secret of [...Object.values(secrets), 'hidden-value']) expect(message).not.toMatch(secret);
  });
});

describe('the clock', () => {
  it('is the real one by default', () => {
    const before = new Date().toISOString();
    const told = clockFrom(undefined)();
    expect([before, told, new Date().toISOString()].toSorted()[1]).toBe(told);
  });

  it('stands still at a moment', () => {
    const clock = clockFrom('2020-10-01T14:00:00+05:00');
    expect([clock(), clock()]).toEqual(['2020-10-01T09:00:00.000Z', '2020-10-01T09:00:00.000Z']);
  });

  it.each([
    ['PT2H', 2 * 3_600_000],
    ['-P1D', -24 * 3_600_000],
  ])('is shifted by %s and goes on', (shift, milliseconds) => {
    const before = Date.now();
    const told = Date.parse(clockFrom(shift)());
    expect(told - milliseconds).toBeGreaterThanOrEqual(before);
    expect(told - milliseconds).toBeLessThanOrEqual(Date.now());
  });

  it('is shifted by years of the calendar', () => {
    const told = clockFrom('-P5Y')();
    expect(Number(told.slice(0, 4))).toBe(new Date(Date.now()).getUTCFullYear() - 5);
    expect(told).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });
});
