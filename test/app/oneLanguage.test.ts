import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { LOG_LEVELS } from '../../src/app/config.js';
import { messageInBoth } from '../../src/app/russian/messages.js';
import { openSqlite } from '../../src/engine/storage/sqlite.js';
import { commandsOf, commandTreeHere } from '../support/commandTree.js';
import { emptyData } from '../support/keptData.js';
import { letopis } from '../support/process.js';

const CYRILLIC = /[а-яё]/i;
const SOURCES = new URL('../../src/', import.meta.url);

/** Texts that are the same in every language: settings, options, commands to type, addresses, files and ids. */
const SAME = [
  /LETOPIS_\w+/,
  /npx letopis(?: [a-z-]+)*/,
  /(?<!\w)--?[a-z][\w-]*/,
  /\w+:\/\/\S*/,
  /utf-\w+/,
  /\S*\/\S*/,
  /[\w*-]+\.[a-z][\w.]*/,
  /"[^"]*"/,
  /`[^`]*`/,
].map(({ source }) => source);
const same = new RegExp(SAME.join('|'), 'g');

/** Names that Russian texts write in Latin letters. */
const NAMES = new Set(
  [
    ['Letopis', 'LANG', 'API', 'JSON', 'Lines', 'HTML', 'UTC', 'UTF', 'TLS', 'IANA', 'OTLP', 'XML'],
    ['GraphQL', 'GraphiQL', 'OpenID', 'Connect', 'C2SP', 'SQLite', 'KurrentDB', 'EventStoreDB', 'MongoDB', 'Node'],
    ['Asia', 'Yekaterinburg', 'name', 'base64', 'openssl', 'rand', 'sqlite', 'esdb', 'letopis'],
    [
      'id',
      'sub',
      'eval',
      'activity',
      'time',
      'responsible',
      'number',
      'text',
      'list',
      'never',
      'gz',
      'plan-',
      'r12',
      'r40',
    ],
    ['org', 'unit', 'role', 'group', 'person', 'agreement', 'joint', 'docx', 'xlsx', 'odt', 'ods', 'rtf', 'doc', 'xls'],
    [
      'csv',
      'html',
      'readTimeframesAgain',
      'on',
      'off',
      'T09',
      'P5Y',
      'UTF-8',
      'name+id+key',
      'key',
      'month',
      'quarter',
      'half-year',
      'year',
      'PT2H',
      'api',
      'projections',
      'deadlines',
      'webhooks',
      ...LOG_LEVELS,
      'http',
      'https',
      'drop',
    ],
  ].flat(),
);

/** Returns the Latin words of a Russian text, except names and texts that are the same in every language. */
function latinWords(text: string, known: ReadonlySet<string> = new Set()): string[] {
  const words = text.replace(same, ' ').match(/[A-Za-z][\w-]+/g) ?? [];
  return words.filter((word) => !NAMES.has(word) && !known.has(word));
}

describe('the help of each command', () => {
  it('has no English words in Russian but for names, and no Russian ones in English', async () => {
    const commands = commandsOf(await commandTreeHere());
    const values = commands.flatMap(([words, { options, registeredArguments }]) => [
      ...words,
      ...[...options, ...registeredArguments].flatMap(({ argChoices = [] }) => argChoices),
      ...options.map(({ defaultValue }) => String(defaultValue)).flatMap((value) => value.split(',')),
    ]);
    // A value such as `sign-in` or `tlog-witness` occurs in texts too.
    const known = new Set([...values, 'help', 'tlog-witness', 'witness']);
    for (const [words] of commands) {
      const { stdout: russian } = await letopis([...words, '--help', '--lang', 'ru']);
      expect([words, latinWords(russian, known)]).toEqual([words, []]);
      const { stdout: english } = await letopis([...words, '--help', '--lang', 'en']);
      expect([words, english.replace('«Отметка о выполнении»', '').match(CYRILLIC)]).toEqual([words, null]);
    }
  });
});

describe('a refusal', () => {
  const place = emptyData({});

  /** Expects a refusal with words of only one language, except for texts that are the same in both. */
  async function expectOneLanguage(args: readonly string[], settings: Readonly<Record<string, string>>) {
    const russian = await letopis([...args, '--lang', 'ru'], settings);
    const english = await letopis([...args, '--lang', 'en'], settings);
    const about = [args, Object.keys(settings)];
    expect([...about, russian.code === 0, russian.stdout + russian.stderr]).toEqual([
      ...about,
      false,
      expect.stringMatching(CYRILLIC),
    ]);
    expect([...about, latinWords(russian.stdout + russian.stderr)]).toEqual([...about, []]);
    expect([...about, (english.stdout + english.stderr).replaceAll(/«[^»]*»/g, '')]).toEqual([
      ...about,
      expect.not.stringMatching(CYRILLIC),
    ]);
  }

  it('of every setting with a wrong value is in one language', async () => {
    const source = readFileSync(new URL('app/config.ts', SOURCES), 'utf8');
    const settings = [...new Set([...source.matchAll(/^ {2}(LETOPIS_\w+):/gm)].map(([, name = '']) => name))];
    expect(settings.length).toBeGreaterThan(35);
    // Settings that accept any text, so that they are refused for another reason or not at all.
    const free = ['LETOPIS_HOST', 'LETOPIS_DATA', 'LETOPIS_SOFFICE', 'LETOPIS_OIDC_AUDIENCE'];
    for (const name of settings) {
      await expectOneLanguage(['status'], { [name]: free.includes(name) ? '' : '!' });
      if (!free.includes(name)) await expectOneLanguage(['status'], { [name]: '99999999999' });
    }
    await expectOneLanguage(['status'], { LETOPIS_NONE: '1' });
    await expectOneLanguage(['status'], { LETOPIS_READ_STORE: 'mongodb://localhost/x?w=1' });
    await expectOneLanguage(['serve'], { ...place.settings, LETOPIS_DOCUMENTS: '/none.json' });
  });

  it('of wrong arguments of each command is in one language', async () => {
    for (const [words, command] of commandsOf(await commandTreeHere())) {
      if (words.length === 0) continue;
      await expectOneLanguage([...words, '--none'], place.settings);
      if (command.registeredArguments.some(({ required }) => required)) await expectOneLanguage(words, place.settings);
      for (const { long, required } of command.options) {
        if (long && required && long !== '--lang') await expectOneLanguage([...words, long], place.settings);
      }
    }
    await expectOneLanguage(['export', 'x'.repeat(5_000)], place.settings);
    await expectOneLanguage(['export', 'a\u0001b'], place.settings);
  });

  it('of a chronicle that is missing, foreign, damaged or served by nobody is in one language', async () => {
    const data = place.settings.LETOPIS_DATA ?? '';
    for (const args of [['status'], ['events'], ['verify'], ['backup', join(place.home, 'copy')]]) {
      await expectOneLanguage(args, place.settings);
    }
    await mkdir(data, { recursive: true });
    await writeFile(join(data, 'chronicle.db'), 'not a database');
    for (const args of [['status'], ['plans'], ['events'], ['verify']]) await expectOneLanguage(args, place.settings);
    const away = { ...place.settings, LETOPIS_READ_STORE: 'mongodb://127.0.0.1:1/letopis' };
    await expectOneLanguage(['plans'], away);
    const file = join(place.home, 'file');
    await writeFile(file, '');
    await expectOneLanguage(['plans'], { LETOPIS_DATA: join(file, 'below') });
  }, 60_000);

  it('of a file that another program holds, or of another one, is in one language', async () => {
    await (await place.serve()).stop('SIGTERM');
    const data = place.settings.LETOPIS_DATA ?? '';
    const lock = await openSqlite(join(data, 'lock.db'), 'lock').catch(() => undefined);
    lock?.close();
    const taken = await place.serve();
    const other = { ...place.settings, LETOPIS_PORT: new URL(taken.address).port };
    await expectOneLanguage(['serve'], other);
    await taken.stop('SIGTERM');
    await writeFile(join(data, 'master.key'), Buffer.alloc(32, 7).toString('base64'));
    await expectOneLanguage(['plans'], place.settings);
    await writeFile(join(data, 'keys.db'), 'nothing');
    await expectOneLanguage(['plans'], place.settings);
  });

  it('of a document names its place in the same language', async () => {
    const write = async (name: string, content: string | Buffer) => {
      await writeFile(join(place.home, name), content);
      return join(place.home, name);
    };
    const table = (row: string) =>
      `План работы школы на 2020-2021 учебный год\nМероприятие;Срок;Ответственный\n${row}\n`;
    for (const [name, content] of [
      ['empty.txt', ''],
      ['zero.txt', 'План\u0000'],
      ['no-plan.txt', 'просто текст'],
      ['quotes.csv', `${table('"Совещание;март;Иванова')}`],
      ['long.csv', table(`${'С'.repeat(70_000)};март;Иванова`)],
      ['sign.csv', table('Сове\u0007щание;март;Иванова')],
      ['bytes.txt', Buffer.from([0xff, 0x80, 0xc1, 0x90, 0x81])],
    ] as const) {
      await expectOneLanguage(['import', await write(name, content)], place.settings);
    }
    await symlink('/none', join(place.home, 'away.docx'));
    await expectOneLanguage(['import', join(place.home, 'away.docx')], place.settings);
  });
});

describe('a message of a module below the command line', () => {
  it('has a Russian text, so that a new one is not printed in English', () => {
    const missing = faultsIn(SOURCES).filter(
      ({ message }) => messageInBoth(message).ru === `«${message}»` && message !== 'x: x',
    );
    expect(missing).toEqual([]);
  });

  it('keeps its parts in Russian, and is quoted when nobody knows it', () => {
    const known =
      '/data/chronicle.db: database disk image is malformed; the disk is full: free space on it, then repeat. Nothing of this was stored';
    expect(messageInBoth(known).ru).toBe(
      '/data/chronicle.db: содержимое файла повреждено; диск полон: освободите место и повторите. Ничего из этого не сохранено',
    );
    expect(messageInBoth('table 2, row 3: a character that cannot be printed (U+0007, at place 5): remove it').ru).toBe(
      'таблица 2, строка 3: знак, который нельзя напечатать (U+0007, место 5): удалите его',
    );
    expect(messageInBoth('nobody knows this')).toEqual({ ru: '«nobody knows this»', en: 'nobody knows this' });
  });
});

/**
 * Matches errors that a user can see on the command line. Errors about wrong use of the code and bilingual errors are
 * left out.
 */
const SHOWN =
  /new (EventStoreUnavailable|ChronicleDamaged|ReadStoreUnavailable|ReadStoreDamaged|VaultUnavailable|WrongMasterKey|UnusablePlaces|UnusableDirectory|CannotListen|LogKeyMissing|LogNotAcceptable|LogNotBuilt|ChronicleCut|NewerEvents|NotOurs|AccessUnavailable|InvalidColumns|UnreadableEvent|MalformedNote|PositionBeyondHead|UnknownReadModel|Late)\(\s*(?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/g;

/** Files whose errors the command line does not show: the web page, and the protocol between servers. */
const NOT_SHOWN = /^web\/|witnessProtocol/;

/** Returns the messages of these errors in the sources, with a word in place of each expression. */
function faultsIn(folder: URL): { readonly file: string; readonly message: string }[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.ts$/.test(name) && !NOT_SHOWN.test(name),
  );
  return files.flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(SHOWN)].map(([, , plain, template = '']) => ({
      file,
      message: plain ?? template.replaceAll(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, 'x').replaceAll('\\`', '`'),
    })),
  );
}
