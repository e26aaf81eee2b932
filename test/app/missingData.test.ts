import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commandsOf, commandTreeHere } from '../support/commandTree.js';
import { letopis } from '../support/process.js';
import { removeDirectory, temporaryDirectory } from '../support/server.js';

const ID = 'access_00000000-0000-4000-8000-000000000000';

/** Commands that create a chronicle if there is none. */
const BEGINNERS = ['serve', 'import', 'restore', 'keys add'];

/** Arguments of the commands that need data; several for a command with several functions. */
const NEEDY: Readonly<Record<string, readonly (readonly string[])[]>> = {
  plans: [[], ['план']],
  export: [['1']],
  audit: [[], ['--output', 'журнал.csv']],
  'export-proof': [['1', '--output', 'доказательство.html']],
  forget: [['Иванова А.П.'], ['Иванова А.П.', '--yes', '--ground', 'CONSENT_WITHDRAWN']],
  'keys rotate': [[ID]],
  'keys rename': [[ID, 'Экран']],
  'keys grant': [[ID, 'organisation_00000000-0000-4000-8000-000000000000']],
  'keys withdraw': [[ID, 'organisation_00000000-0000-4000-8000-000000000000']],
  'keys link': [[ID, '--former', ID]],
  'keys unlink': [[ID, '--issuer', 'https://id.example', '--subject', 'a']],
  'keys revoke': [[ID]],
  'keys bootstrap': [[]],
  'keys list': [[]],
  'sign-in': [[], [ID]],
  status: [[]],
  verify: [[], ['--projections']],
  'log accept': [['--reason', 'Проверено']],
  events: [[]],
  rebuild: [[], ['--log']],
  'projections list': [[]],
  'projections retry': [[]],
  'projections drop-old': [[]],
  backup: [['копия.tar']],
  wording: [['--compare'], ['--own', 'organisation_00000000-0000-4000-8000-000000000000']],
  parties: [['--own', 'organisation_00000000-0000-4000-8000-000000000000']],
};

let home: string;
beforeEach(async () => {
  home = await temporaryDirectory();
});
afterEach(() => removeDirectory(home));

/** Returns the arguments with the names of files in the directory of the test. */
function inHome(args: readonly string[]): string[] {
  return args.map((each) => (/\.(csv|html|tar)$/.test(each) ? join(home, each) : each));
}

describe('a command that needs data', () => {
  it('is each one with --data that begins no chronicle; doctor says what it finds', async () => {
    const commands = commandsOf(await commandTreeHere());
    const withData = commands.filter(([, { options }]) => options.some(({ long }) => long === '--data'));
    const names = withData.map(([words]) => words.join(' '));
    expect(names.toSorted()).toEqual([...BEGINNERS, ...Object.keys(NEEDY), 'doctor'].toSorted());
  });

  it.each(Object.entries(NEEDY).flatMap(([name, all]) => all.map((args) => ({ name, args }))))(
    'is refused in one sentence where there is none, and leaves nothing behind: $name $args',
    async ({ name, args }) => {
      const missing = join(home, 'нет');
      const command = [...name.split(' '), ...inHome(args), '--data', missing];
      const { code, stdout, stderr } = await letopis(command, { XDG_STATE_HOME: join(home, 'state') });
      expect(stderr).toMatch(/^letopis: [^\n]*летописи[^\n]*\n$/);
      expect({ stdout, isRefused: code !== 0 }).toEqual({ stdout: '', isRefused: true });
      expect(await readdir(home)).toEqual([]);
    },
  );

  it('is refused for an empty directory too, which stays empty', async () => {
    const { code, stderr } = await letopis(['log', 'accept', '--reason', 'Проверено', '--data', home], {});
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('нет летописи') });
    expect(await readdir(home)).toEqual([]);
  });

  it('is the import of a corrected plan', async () => {
    const { code } = await letopis(['import', 'README.md', '--into', '1', '--data', join(home, 'нет')], {});
    expect(code).toBe(1);
    expect(await readdir(home)).toEqual([]);
  });

  it('is not the first key, which begins a chronicle', async () => {
    const data = join(home, 'новая');
    const added = await letopis(['keys', 'add', '--name', 'Экран', '--role', 'dashboard', '--data', data], {});
    expect(added.code).toBe(0);
    expect(await readdir(data)).toContain('chronicle.db');
  });

  it('is doctor, which reports that there is no directory and creates none', async () => {
    expect((await letopis(['doctor', '--data', join(home, 'нет')], {})).code).not.toBe(0);
    expect(await readdir(home)).toEqual([]);
  });
});
