import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { sizeText, terminalLanguage } from '../../src/app/bilingual.js';
import { RUSSIAN_HELP } from '../../src/app/commands/russianHelp.js';
import { commandsOf, commandTreeHere } from '../support/commandTree.js';
import { keptData } from '../support/keptData.js';
import { letopis } from '../support/process.js';
import { itIf } from '../support/skipping.js';

const CYRILLIC = /[а-яё]/i;

describe('the language of the command line', () => {
  const place = keptData();

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
    expect(await refused()).toBe('letopis: плана «нет» нет: номера, названия и id печатает npx letopis plans\n');
    expect(await refused('--lang', 'en')).toBe(
      'letopis: there is no plan «нет»: `npx letopis plans` prints numbers, titles and ids\n',
    );
  });

  it.each([
    [['status', '--lang', 'fr'], 'у параметра --lang <язык> неверное значение «fr»: можно ru, en'],
    [['export'], 'не хватает аргумента <план>'],
    [['export', '1', '--month'], 'у параметра --month <ГГГГ-ММ> нет значения'],
    [['copy', '--to', 'sqlite:x'], 'не хватает параметра --from <место>'],
    [['plans', '--jsn'], 'нет такого параметра: --jsn\n(Похоже на: --json?)'],
    [['plan'], 'нет такой команды: plan\n(Похоже на: plans?)'],
    [['doctor', 'all'], 'лишние аргументы: нужно 0, дано 1'],
    [['completion', 'fish'], 'неверное значение «fish» для <оболочка>: можно bash, zsh'],
    [['events', '--limit', '0'], 'у параметра --limit <число> неверное значение «0»: нужно целое число от 1'],
    [['keys', 'rotate', 'x', '--overlap', '-1'], 'неверное значение «-1»: нужно число часов от 0 до 720'],
    [['witness', 'serve', '--name', 'a+b'], 'неверное значение «a+b»: нужно имя без пробелов и знаков «плюс»'],
    [['forget', 'x', '--yes'], 'letopis: укажите правовое основание через --ground: '],
    [['forget', 'plan_0f4c1b0a-5d7e-5b60-9c5a-6a2f7a3d1e20'], 'здесь не подходит: нужен id вида person_…'],
    [['keys', 'revoke', 'plan_1'], 'letopis: «plan_1» здесь не подходит: нужен id вида access_…, как его даёт API'],
  ])('is that of every message about wrong arguments: %j', async (args, russian) => {
    const settings = { LETOPIS_DATA: place.settings.LETOPIS_DATA ?? '' };
    const { stderr, code } = await letopis(args, settings);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain(russian);
    expect(stderr).not.toMatch(/error:|Allowed|invalid|Did you mean/);
    const english = await letopis([...args, '--lang', 'en'], settings);
    if (!args.includes('--lang')) expect(english.stderr.replaceAll(/«[^»]*»/g, '')).not.toMatch(CYRILLIC);
  });

  it('is that of a refusal that has a cause in another module', async () => {
    const settings = { LETOPIS_DATA: place.settings.LETOPIS_DATA ?? '' };
    for (const [args, russian, english] of [
      [['backup', '/'], 'уже есть: укажите новый', 'is there already: name a new file'],
      [['restore', '/none'], 'файла /none нет', '/none is not there'],
      [['rebuild', '--log'], 'строить заново нечего', 'there is nothing to rebuild'],
      [['sign-in', 'access_00000000-0000-4000-8000-000000000000'], 'действующего доступа', 'there is no access'],
    ] as const) {
      expect((await letopis(args, settings)).stderr).toContain(russian);
      expect((await letopis([...args, '--lang', 'en'], settings)).stderr).toContain(english);
    }
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
    const texts = commandsOf(await commandTreeHere()).flatMap(([, { options, registeredArguments }]) => [
      ...options.map((option) => option.description),
      ...registeredArguments.map((argument) => argument.description),
    ]);
    const descriptions = commandsOf(await commandTreeHere()).map(([, command]) => command.description());
    const all = new Set([...titles, ...texts, ...descriptions, 'print the help of a command']);
    expect([...all].filter((text) => !CYRILLIC.test(RUSSIAN_HELP[text] ?? ''))).toEqual([]);
    expect(Object.keys(RUSSIAN_HELP).filter((text) => !all.has(text))).toEqual([]);
  });
});

describe('help', () => {
  it('is that of every command in one language, with readable defaults', async () => {
    for (const [words] of commandsOf(await commandTreeHere())) {
      const [russian, english] = await Promise.all(
        ['ru', 'en'].map((language) => letopis([...words, '--help', '--lang', language])),
      );
      expect([words, russian?.code, english?.code]).toEqual([words, 0, 0]);
      expect(russian?.stdout).toMatch(/^Использование: npx letopis/);
      expect(russian?.stdout).not.toMatch(/Usage|Options:|display help|default:|choices:/);
      const placeholders = russian?.stdout.match(/[<[][\w. -]+[>\]]/g) ?? [];
      expect(placeholders.filter((each) => !['<id>', '[id]', '<sub>'].includes(each))).toEqual([]);
      expect(english?.stdout).toMatch(/^Usage: npx letopis/);
      // The one Russian word of the English help is the title of a column.
      expect(english?.stdout.replace('«Отметка о выполнении»', '')).not.toMatch(CYRILLIC);
      for (const help of [russian, english]) expect(help?.stdout).not.toMatch(/9007199254740991|default: (""|\[\])/);
    }
  });

  it('lists the exit codes, which those of wrong arguments follow', async () => {
    const { stdout } = await letopis(['--help', '--lang', 'en']);
    expect(stdout).toMatch(/Exit codes:\n {2}0 {2}done\n {2}1 {2}refused, failed or wrong arguments/);
    expect(stdout).toMatch(/npx letopis verify:\n {2}0 {2}nothing was changed\n {2}1 {2}something was changed/);
    // A wrong argument must not have the code of a result: 1 means «changed» for verify, «needs attention» for doctor.
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
      ['npx letopis pla'],
      ['npx other pla'],
    ].flat();
    const asked = lines.map((line) => {
      const words = line.split(' ').map((word) => `'${word}'`);
      return `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; COMPREPLY=(); _letopis; echo "\${COMPREPLY[*]}"`;
    });
    const { stdout } = await run('bash', ['--norc', '-c', [script, ...asked].join('\n')]);
    const [commands, keys, options, values, files, languages, shells, ofAdd, npx, other] = stdout.split('\n');
    expect({ commands, keys, options, values, files, languages, shells, ofAdd, npx, other }).toEqual({
      commands: 'plans',
      keys: 'rotate rename revoke',
      options: '--format',
      values: 'docx',
      files: '',
      languages: 'ru en',
      shells: expect.stringMatching(/^bash zsh --/),
      ofAdd: '--role',
      npx: 'plans',
      other: '',
    });
  });

  // `npx letopis` is the spelling in the documentation. The functions of zsh that display matches are replaced to print
  // them.
  itIf(spawnSync('zsh', ['-c', 'true']).status === 0, 'needs zsh')(
    'completes the same in zsh, after npx too',
    async () => {
      const { stdout: script } = await letopis(['completion', 'zsh', '--lang', 'en']);
      const shown = `compdef() { :; }; _describe() { local -a found=("\${(@P)2}"); print -r -- \${(j:,:)found%%:*}; }; _files() { print files; }`;
      const asked = ['letopis keys add --role ', 'npx letopis keys add --role ', 'npx letopis export --output '].map(
        (line) =>
          `words=(${line
            .split(' ')
            .map((word) => `'${word}'`)
            .join(' ')}); CURRENT=$#words; _letopis`,
      );
      const { stdout } = await run('zsh', [
        '-f',
        '-c',
        [`${shown}; _default() { print other; }`, script, ...asked].join('\n'),
      ]);
      const [roles, npx, files] = stdout.split('\n');
      expect(roles).toMatch(/^methodologist,director,/);
      expect({ npx, files }).toEqual({ npx: roles, files: 'files' });
    },
  );

  it('names every command and option for zsh too, with what it is', async () => {
    const { code, stdout } = await letopis(['completion', 'zsh', '--lang', 'en']);
    expect(code).toBe(0);
    for (const [words, command] of commandsOf(await commandTreeHere())) {
      if (words.length > 0) expect(stdout).toContain(`${words.at(-1)}:`);
      for (const { long } of command.options) expect(stdout).toContain(`'${long}:`);
    }
    expect(await letopis(['completion', 'fish'])).toMatchObject({ code: 1 });
  });
});
