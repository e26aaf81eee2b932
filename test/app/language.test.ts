import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { sizeText, terminalLanguage } from '../../src/app/bilingual.js';
import { commandTree } from '../../src/app/cli.js';
import { RUSSIAN_HELP } from '../../src/app/commands/russianHelp.js';
import { Terminal } from '../../src/app/commands/terminal.js';
import { emptyData } from '../support/keptData.js';
import { letopis } from '../support/process.js';

const place = emptyData();

async function tree(): Promise<Command> {
  const { stdout, stderr, stdin } = process;
  const io = { env: {}, stdin, stdout, stderr, log: stderr, stopped: async () => undefined };
  return commandTree(new Terminal(io, 'ru'), '');
}

/** A command and all below it, each with the words that call it. */
function commandsOf(command: Command, words: readonly string[] = []): [words: readonly string[], command: Command][] {
  return [[words, command], ...command.commands.flatMap((each) => commandsOf(each, [...words, each.name()]))];
}

const CYRILLIC = /[а-яё]/i;

describe('the language of the command line', () => {
  it.each([
    [[], {}, 'ru'],
    [[], { LANG: 'ru_RU.UTF-8' }, 'ru'],
    [[], { LANG: 'C.UTF-8' }, 'ru'],
    [[], { LANG: 'en_US.UTF-8' }, 'en'],
    [[], { LANG: 'en' }, 'en'],
    [[], { LANG: 'enm_XX' }, 'ru'],
    [[], { LANG: 'en_US.UTF-8', LC_ALL: 'ru_RU.UTF-8' }, 'ru'],
    [[], { LANG: 'ru_RU.UTF-8', LC_MESSAGES: 'en_GB.UTF-8' }, 'en'],
    [[], { LANG: 'en_US.UTF-8', LC_ALL: '' }, 'en'],
    [['status', '--lang', 'en'], { LANG: 'ru_RU.UTF-8' }, 'en'],
    [['--lang=ru', 'status'], { LANG: 'en_US.UTF-8' }, 'ru'],
  ])('with %j and %j is %s', (argv, env, language) => {
    expect(terminalLanguage(argv, env)).toBe(language);
  });

  it('is one language in everything that a command prints, with --lang before or after it', async () => {
    await (await place.serve()).stop('SIGTERM');
    for (const [command, russian, english] of [
      [['status'], 'Сервер не запущен', 'No server runs'],
      [['verify'], 'Проверено: история не переписывалась', 'Verified: the history was not rewritten'],
      [['doctor'], 'представления', 'read models'],
      [['projections', 'list'], 'Карантин пуст', 'Nothing is quarantined'],
      [['rebuild'], 'Построено заново', 'Rebuilt'],
      [['plans', 'нет'], 'Таких планов нет', 'There are no such plans'],
    ] as const) {
      const printed = async (...args: readonly string[]) => (await letopis(args, place.settings)).stdout;
      expect(await printed(...command)).toContain(russian);
      const after = await printed(...command, '--lang', 'en');
      expect(after).toContain(english);
      expect(after).not.toMatch(CYRILLIC);
      expect(await printed('--lang', 'en', ...command)).toContain(english);
    }
    const unknown = { LETOPIS_DATA: place.settings.LETOPIS_DATA ?? '' };
    const refused = async (...args: string[]) => (await letopis(['export', 'нет', ...args], unknown)).stderr;
    expect(await refused()).toBe('letopis: плана «нет» нет: номера, названия и id печатает letopis plans\n');
    expect(await refused('--lang', 'en')).toBe(
      'letopis: there is no plan «нет»: `letopis plans` prints numbers, titles and ids\n',
    );
    expect(await letopis(['status', '--lang', 'fr'], unknown)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Allowed choices are ru, en'),
    });
  });

  it('is that of every text of the help, and no Russian text is left over', async () => {
    const titles = [
      'Usage:',
      'Arguments:',
      'Options:',
      'Global Options:',
      'Commands:',
      'Exit codes:',
      'one of',
      'by default',
    ];
    const texts = commandsOf(await tree()).flatMap(([, { options, registeredArguments }]) => [
      ...options.map((option) => option.description),
      ...registeredArguments.map((argument) => argument.description),
    ]);
    const descriptions = commandsOf(await tree()).map(([, command]) => command.description());
    const all = new Set([...titles, ...texts, ...descriptions, 'print the help of a command']);
    expect([...all].filter((text) => !CYRILLIC.test(RUSSIAN_HELP[text] ?? ''))).toEqual([]);
    expect(Object.keys(RUSSIAN_HELP).filter((text) => !all.has(text))).toEqual([]);
  });
});

describe('help', () => {
  it('is that of every command in one language, with readable defaults', async () => {
    for (const [words] of commandsOf(await tree())) {
      const [russian, english] = await Promise.all(
        ['ru', 'en'].map((language) => letopis([...words, '--help', '--lang', language])),
      );
      expect([words, russian?.code, english?.code]).toEqual([words, 0, 0]);
      expect(russian?.stdout).toMatch(/^Использование: letopis/);
      expect(russian?.stdout).not.toMatch(/Usage|Options:|display help|default:|choices:/);
      expect(english?.stdout).toMatch(/^Usage: letopis/);
      // The one Russian word of the English help is the title of a column.
      expect(english?.stdout.replace('«Отметка о выполнении»', '')).not.toMatch(CYRILLIC);
      for (const help of [russian, english]) expect(help?.stdout).not.toMatch(/9007199254740991|default: (""|\[\])/);
    }
  });

  it('lists the exit codes, which those of wrong arguments follow', async () => {
    const { stdout } = await letopis(['--help', '--lang', 'en']);
    expect(stdout).toMatch(/Exit codes:\n {2}0 {2}done\n {2}1 {2}refused, failed or wrong arguments/);
    expect(stdout).toMatch(/letopis verify:\n {2}0 {2}nothing was changed\n {2}1 {2}something was changed/);
    // A wrong argument is never taken for a result: 1 of verify means «changed», of doctor «needs attention».
    for (const [args, code] of [
      [['verify', '--none'], 3],
      [['verify', '--lang', 'fr'], 3],
      [['--lang', 'fr', 'verify'], 3],
      [['doctor', '--none'], 3],
      [['doctor', 'superfluous'], 3],
      [['status', '--none'], 1],
      [['none'], 1],
    ] as const) {
      expect([args, (await letopis(args)).code]).toEqual([args, code]);
    }
  });

  it('says sizes in the unit that fits', () => {
    expect([0, 1_023, 1_024, 1_500_000, 1_048_576, 5_368_709_120].map((bytes) => sizeText(bytes).ru)).toEqual([
      ...['0 байт', '1023 байт', '1 КБ', '1,4 МБ', '1 МБ', '5 ГБ'],
    ]);
    expect(sizeText(1_500_000).en).toBe('1.4 MB');
  });
});

describe('letopis completion', () => {
  const run = promisify(execFile);

  it('completes commands, options and fixed values in bash, and leaves files to the shell', async () => {
    const { code, stdout: script } = await letopis(['completion', 'bash']);
    expect(code).toBe(0);
    const lines = [
      ['letopis pla'],
      ['letopis keys r'],
      ['letopis export --fo'],
      ['letopis export 1 --format d'],
      ['letopis export --output '],
      ['letopis --lang '],
      ['letopis completion '],
      ['letopis keys add --name keys --ro'],
    ].flat();
    const asked = lines.map((line) => {
      const words = line.split(' ').map((word) => `'${word}'`);
      return `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _letopis; echo "\${COMPREPLY[*]}"`;
    });
    const { stdout } = await run('bash', ['--norc', '-c', [script, ...asked].join('\n')]);
    const [commands, keys, options, values, files, languages, shells, ofAdd] = stdout.split('\n');
    expect({ commands, keys, options, values, files, languages, shells, ofAdd }).toEqual({
      commands: 'plans',
      keys: 'rotate rename revoke',
      options: '--format',
      values: 'docx',
      files: '',
      languages: 'ru en',
      shells: expect.stringMatching(/^bash zsh --/),
      ofAdd: '--role',
    });
  });

  it('names every command and option for zsh too, with what it is', async () => {
    const { code, stdout } = await letopis(['completion', 'zsh', '--lang', 'en']);
    expect(code).toBe(0);
    for (const [words, command] of commandsOf(await tree())) {
      if (words.length > 0) expect(stdout).toContain(`${words.at(-1)}:`);
      for (const { long } of command.options) expect(stdout).toContain(`'${long}:`);
    }
    expect(await letopis(['completion', 'fish'])).toMatchObject({ code: 1 });
  });
});
