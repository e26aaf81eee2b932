import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/app/config.js';
import { weakeningIn } from '../../../src/engine/storage/mongoAddress.js';
import { connectMongo } from '../../../src/engine/storage/mongodb.js';

describe('the address of MongoDB', () => {
  it.each([
    'w=1',
    'w=0',
    'journal=false',
    'J=false',
    'readPreference=secondaryPreferred',
    'READPREFERENCE=nearest',
    'readPreferenceTags=dc:east',
    'maxStalenessSeconds=120',
    'readConcernLevel=available',
  ])('is refused with %s, by name', async (option) => {
    const url = `mongodb://user:secret@127.0.0.1:1/letopis?replicaSet=rs0&${option}`;
    expect(weakeningIn(url)).toBe(option);
    await expect(connectMongo(url)).rejects.toThrow(`«${option}»`);
    const settings = { LETOPIS_READ_STORE: url };
    expect(() => readConfig(settings)).toThrow(`leave «${option}» out`);
    expect(() => readConfig(settings)).not.toThrow(/secret/);
  });

  it.each(['', '?', '?w=majority&journal=true&readPreference=primary&readConcernLevel=majority', '?retryWrites=true'])(
    'is accepted with %j',
    (options) => {
      expect(weakeningIn(`mongodb://127.0.0.1:27017/letopis${options}`)).toBeUndefined();
    },
  );
});
