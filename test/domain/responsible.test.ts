import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accountableFor, normalName, partyKey } from '../../src/domain/parties.js';
import { printOf } from '../../src/domain/personal.js';
import { findPersons, isPerson } from '../../src/domain/wording/persons.js';
import { kindNotation, readResponsible } from '../../src/domain/wording/responsible.js';
import { readSampleFile, sealedParties } from '../support/domain.js';
import { readTextPlan } from '../support/textPlan.js';

const OWNER = 'Центр поддержки и научно-методического сопровождения деятельности классного руководителя';
const DEPARTMENT = 'Отдел образования администрации Бузулукского района';
const SCHOOLS = 'общеобразовательные организации района';

/** Each party as `kind name`, with `+agreement` and `+joint` where so marked. */
function parties(cell: string): string[] {
  return readResponsible(cell).parties.map(
    ({ name, kind, agreement, joint }) =>
      `${kind} ${printOf(name)}${agreement ? ' +agreement' : ''}${joint ? ' +joint' : ''}`,
  );
}

describe('the parties of the sample', () => {
  const cells = readTextPlan(readSampleFile())
    .sections.flatMap(({ activities }) => activities)
    .map(({ responsible }) => printOf(responsible.text));
  const ministry = 'org Министерство образования Оренбургской области';
  const [owner, department, schools] = [`unit ${OWNER}`, `org ${DEPARTMENT}`, `group ${SCHOOLS}`];

  it.each([
    [1, [ministry, owner, schools]],
    [2, [department, owner, schools]],
    [3, [owner]],
    [4, [department, owner]],
    [5, [department, owner, schools]],
    [7, [`unit ${OWNER} Оренбургской области`]],
    [10, [department, owner]],
    [12, [department, owner]],
  ] as const)('of activity %i are named as printed, in order', (activity, expected) => {
    expect(parties(cells[activity - 1] ?? '')).toEqual(expected);
  });

  it('name the owner in 12 of 13 activities, and the regional Centre apart from it', () => {
    const keys = cells.map((cell) => sealedParties(readResponsible(cell)).parties.map(partyKey));
    expect(keys.filter((each) => each.includes(normalName(OWNER)))).toHaveLength(12);
    expect(keys[6]).toEqual([normalName(`${OWNER} Оренбургской области`)]);
  });
});

/** Rows of a corpus: id, cell, names, kinds, note. */
function corpus(name: string): string[][] {
  const lines = readFileSync(`test/fixtures/wordings/${name}.tsv`, 'utf8').trimEnd().split('\n').slice(1);
  return lines.map((line) => line.split('\t').map((cell) => cell.replaceAll('⏎', '\n')));
}

/** Names and kinds of a cell, in the notation of the corpus. */
function notationOf(cell: string) {
  const { parties: found } = readResponsible(cell);
  return { names: found.map(({ name }) => printOf(name)), kinds: found.map(kindNotation) };
}

describe('the cells of real plans', () => {
  it.each([...corpus('responsible'), ...corpus('responsible-3')])(
    '%s «%s» names %s',
    (_, cell = '', names = '', kinds = '') => {
      expect(notationOf(cell)).toEqual({ names: JSON.parse(names), kinds: JSON.parse(kinds) });
    },
  );

  it.each(corpus('responsible-2'))('%s «%s» names %s', (_, cell = '', names = '', _kinds, note = '') => {
    const found = notationOf(cell).names.map((name) => name.replace(/\s+/g, ' '));
    const alternatives = [...note.matchAll(/ALT=(\[.*?\])/g)].map(([, other = '[]']): unknown => JSON.parse(other));
    expect([JSON.parse(names), ...alternatives]).toContainEqual(found);
  });

  it('have every name of a person sealed, and no post', () => {
    const rows = corpus('responsible-3');
    for (const [, cell = '', names = '', kinds = ''] of rows) {
      const named: string[] = JSON.parse(names);
      const kindOf: string[] = JSON.parse(kinds);
      const sealed = readResponsible(cell).parties.map(({ name }) => name.every((part) => typeof part !== 'string'));
      // A person with a post after the name is a person, and the post is still readable.
      const alone = named.map((name, index) => kindOf[index]?.startsWith('person') === true && !name.includes(' – '));
      expect({ cell, sealed }).toEqual({ cell, sealed: alone });
      // «Директор Орлова Н.Г.»: her name is sealed, her post is not.
      const partly = readResponsible(cell).parties.map(({ name }) => name.some((part) => typeof part !== 'string'));
      const hasHolder = (name: string) => /\p{Lu}\. ?\p{Lu}\.|\sЗуева$/u.test(name) && !/\sим(?:ени|\.)\s/u.test(name);
      expect({ cell, partly }).toEqual({
        cell,
        partly: named.map((name, at) => alone[at] === true || hasHolder(name)),
      });
    }
  });

  it.each([
    ...['Директор [Ли]', 'Учитель [Роза]', 'Завуч [Шмидт]', 'Директор школы [Ким]', 'Заместитель директора [Зухра]'],
    ...['Зам. директора по УВР [Алсу]', 'Кл. рук. [Роза]', 'ЗУВР [Ли]', 'Ответственный [Ли]', 'Учитель [Мельник]'],
    ...['Директору [Розе]', 'совместно с директором [Ивановым]', 'педагог-психолог [Кац]', 'Председатель [Лира].'],
    ...['Учитель [Мунира Ахметова]', 'Учитель [Ахметова Мунира]', 'Директор [Ли] Завуч [Пак]', 'Директор\n[Роза]'],
    ...['[Светлана], [Роза]', 'Ответственный: [Роза]', 'Зам. директора ([Иванова])', 'учителя ([Ли], [Ким])'],
    ...['Учителя [Ли], [Ким]', 'Воспитатель [Айгөл], завуч', 'Старшая вожатая [Гуля]', 'Библиотекарь [Бах]'],
    ...['Учитель Физики', 'Учитель Труда', 'Преподаватель ОБЖ', 'Педагог Организатор', 'Социальный Педагог'],
    ...['Директор Школы', 'Заместитель Директора', 'Председатель Профкома', 'Методист Центра', 'Директор МБОУ'],
    ...['Директор Кванториума', 'Руководитель Юнармии', 'Представитель Роспотребнадзора', 'Руководитель Точки роста'],
    ...['Глава Буинска', 'Мэр Казани', 'Глава Башкортостана', 'Директор «Роза»', 'Руководитель клуба Патриот'],
    ...['Заместитель Генерального директора', 'Учителя Предметники', 'Дети Солнца', 'Директор (Школа)'],
    ...['Мастер Спорта', 'Директор Лицея', 'Заведующая Столовой', 'Руководитель Хора', 'Председатель Совета Ветеранов'],
    ...['Председатель ППО [Ахунова]', 'Учитель начальных классов [Ким]', 'Командир Юнармейцев'],
  ])('«%s» seals the names in square brackets, and nothing else', (marked) => {
    const read = findPersons(marked.replace(/[[\]]/gu, ''));
    expect(read.map((part) => (typeof part === 'string' ? part : `[${part.person}]`)).join('')).toBe(marked);
  });

  it('have the kinds that a careful person sees', () => {
    const rows = corpus('responsible-2');
    const exact = rows.filter(
      ([, cell = '', , kinds = '']) => JSON.stringify(notationOf(cell).kinds) === JSON.stringify(JSON.parse(kinds)),
    );
    expect(exact.length).toBeGreaterThanOrEqual(rows.length * 0.95);
  });

  it.each([
    [
      'Администрации: Ивановского и Петровского сельских поселений',
      ['group Администрации: Ивановского и Петровского сельских поселений'],
    ],
    [
      'отдел ЖКХ, строительства и транспорта администрации района, отдел образования',
      ['unit отдел ЖКХ, строительства и транспорта администрации района', 'org отдел образования'],
    ],
    ['Зам. директора по УВР, ВР, рук. ШМО', ['role Зам. директора по УВР, ВР', 'role рук. ШМО']],
    ['учителя физики, химии, биологии, библиотекарь', ['group учителя физики, химии, биологии', 'role библиотекарь']],
    ['Ответственные: директор, завуч', ['role директор', 'role завуч']],
    ['- директор\n- завуч', ['role директор', 'role завуч']],
    ['1. Директор 2. Завуч', ['role Директор', 'role Завуч']],
    ['Директор\nИванова И.И.', ['role Директор Иванова И.И.']],
    [
      'Администрация школы\nклассные\nруководители\nучителя-\nпредметники',
      ['unit Администрация школы', 'group классные руководители', 'group учителя-предметники'],
    ],
    [
      'Отдел образования\nадминистрации Бузулукского района\nРуководители ОО',
      ['org Отдел образования администрации Бузулукского района', 'group Руководители ОО'],
    ],
    ['директор завуч психолог', ['role директор', 'role завуч', 'role психолог']],
    ['учитель логопед, педагог психолог', ['role учитель логопед', 'role педагог психолог']],
    ['и.о. директора, кл.рук-ли', ['role и.о. директора', 'group кл.рук-ли']],
    ['МБОУ СОШ № 1, 2, 3', ['org МБОУ СОШ № 1, 2, 3']],
    ['ГИБДД по согласованию', ['org ГИБДД +agreement']],
    ['Петрова О.В. (ответственная за питание)', ['person Петрова О.В. (ответственная за питание)']],
    ['Иванова И.И. – завуч, Ли А.В. – методист', ['person Иванова И.И. – завуч', 'person Ли А.В. – методист']],
  ] as const)('%j names %j', (cell, expected) => {
    expect(parties(cell)).toEqual(expected);
  });

  it.each([
    ['Заместителю директора по ВР', 'role'],
    ['Директору', 'role'],
    ['Заведующей библиотекой', 'role'],
    ['Социальному педагогу', 'role'],
    ['Педагогу-организатору', 'role'],
    ['Начальнику отдела', 'role'],
    ['Классным руководителям', 'group'],
    ['Учителям начальных классов', 'group'],
    ['Обществу «Знание»', 'org'],
  ])('have in the dative the kind that they have in the nominative: %s', (cell, kind) => {
    expect(parties(cell)).toEqual([`${kind} ${cell}`]);
  });

  it('part at «и» where both sides are parties, and nowhere else', () => {
    expect(parties('Директор и завуч')).toEqual(['role Директор', 'role завуч']);
    expect(parties('учителя, воспитатели и родители')).toEqual([
      'group учителя',
      'group воспитатели',
      'group родители',
    ]);
    expect(parties('Комиссия по делам несовершеннолетних и защите их прав')).toHaveLength(1);
    expect(parties('МБУ «Дом детей и педагоги»')).toHaveLength(1);
  });
});

describe('a cell of responsible parties', () => {
  it.each([
    ['Директор, завуч;методист\nучителя', ['role Директор', 'role завуч', 'role методист', 'group учителя']],
    ['МБУДО «ЦВР, филиал», педагоги (1, 2 класс)', ['org МБУДО «ЦВР, филиал»', 'group педагоги (1, 2 класс)']],
    ['Методист, ', ['role Методист']],
    [', ;', []],
    ['общественные организации (по согласованию)', ['group общественные организации +agreement']],
    ['Директор, (по согласованию)', ['role Директор']],
    ['Методист совместно с школами', ['role Методист', 'group школами +joint']],
    ['Методист (совместно с РМО)', ['role Методист', 'unit РМО +joint']],
    ['Филатова Е.Н., СВ Стапинов', ['person Филатова Е.Н.', 'person СВ Стапинов']],
    ['Методист Петрова А.А.', ['role Методист Петрова А.А.']],
  ] as const)('%j names %j', (cell, expected) => {
    expect(parties(cell)).toEqual(expected);
  });

  it('is kept as printed', () => {
    expect(printOf(readResponsible(' Директор, (по согласованию) , ').text)).toBe('Директор, (по согласованию) ,');
  });
});

describe('names of persons', () => {
  it.each([
    ['Е.Н. Филатова', ['Е.Н. Филатова']],
    ['Иванова Анна Петровна, методист', ['Иванова Анна Петровна']],
    ['методист Анна Петровна Иванова', ['Анна Петровна Иванова']],
    ['Методист Анна Петровна Иванова', ['Анна Петровна Иванова']],
    ['с Ивановой Анной Петровной и Лукичом', ['Ивановой Анной Петровной']],
    ['Сидоров Иван Ильич; Кузьмин Пётр Никитич', ['Сидоров Иван Ильич', 'Кузьмин Пётр Никитич']],
    ['Школа имени Петра Ивановича Сидорова', []],
    ['МОБУ им. Героя Петра Ивановича Сидорова, Иванова Анна Петровна', ['Иванова Анна Петровна']],
    ['Отдел Образования Уровня', []],
    ['Кузнецова  М.И., методист', ['Кузнецова  М.И.']],
    ['КУЗНЕЦОВА М.И., методист', ['КУЗНЕЦОВА М.И.']],
    ['Кузнецова М.И, методист', ['Кузнецова М.И']],
    ['М.И. КУЗНЕЦОВА', ['М.И. КУЗНЕЦОВА']],
    ['ГАОУ ОО, МБУДО ЦВР', []],
    ['СВ Стапинов', ['СВ Стапинов']],
    ['методист Иванова И.И. и Петров-Водкин П. П.', ['Иванова И.И.', 'Петров-Водкин П. П.']],
    ['Директор МБУДО «ЦВР»', []],
    ['заместители директоров по ВР', []],
    ['Руководители РМО', []],
    ['Т.И.Гераськина Т.В.Лаврова', ['Т.И.Гераськина', 'Т.В.Лаврова']],
    ['Әхмәтов Р.Р., Ғайнуллина Р.Т. Өмөтбаев Ш.Ҙ.', ['Әхмәтов Р.Р.', 'Ғайнуллина Р.Т.', 'Өмөтбаев Ш.Ҙ.']],
    ['Құдайбергенов Ә.Ұ., Ҫӑкӑлова А.Н., Дь.К. Сивцев', ['Құдайбергенов Ә.Ұ.', 'Ҫӑкӑлова А.Н.', 'Дь.К. Сивцев']],
    ['Бекмұхамбетов Ерлан Серікұлы, Гөлнара Әхмәт ҡыҙы', ['Бекмұхамбетов Ерлан Серікұлы', 'Гөлнара Әхмәт ҡыҙы']],
    ['Ива\nнова И.И., Петров-\nВодкин К.С.', ['Ива\nнова И.И.', 'Петров-\nВодкин К.С.']],
    ['ИвановаИ.И.,ПетровП.П., Сидорова.А.А.', ['ИвановаИ.И.', 'ПетровП.П.', 'Сидорова.А.А.']],
    ['ЛиА.В., координатор ВсОШ, ЯнИ.И.', ['ЛиА.В.', 'ЯнИ.И.']],
    ['Иванова А., Смирнова А А, О’Коннор Дж.Б.', ['Иванова А.', 'Смирнова А А', 'О’Коннор Дж.Б.']],
    ['учитель математики Петрова, Сидоров, Ким', ['Петрова', 'Сидоров', 'Ким']],
    ['Марат Хасанов, Анна Петровна', ['Марат Хасанов', 'Анна Петровна']],
    ['Зам. по ВР Иванова А.П., Педагог ДО, Директор ОО', ['Иванова А.П.']],
    ['Школа имени А.С. Пушкина, Глава города Саратова', []],
    ['МБОУ им. Пушкина Иванова А.П.', ['Иванова А.П.']],
    [
      'Абдуллаев М.-А.Ш., М.-А.Ш. Абдуллаев, Петрова А.-М.',
      ['Абдуллаев М.-А.Ш.', 'М.-А.Ш. Абдуллаев', 'Петрова А.-М.'],
    ],
    ['Мамедов А.Г.-оглы, Иванова И.И.-методист', ['Мамедов А.Г.-оглы', 'Иванова И.И.']],
    ['иванова и.и., методист петров п. п.', ['иванова и.и.', 'петров п. п.']],
    ['домов и.о. директора, педагогов и т.д.', []],
  ] as const)('stand apart in %j', (text, persons) => {
    const found = findPersons(text).flatMap((part) => (typeof part === 'string' ? [] : [part.person]));
    expect(found).toEqual(persons);
  });

  it('are a whole text or not', () => {
    expect([' Е.Н. Филатова ', 'Методист Иванова И.И.', ''].map(isPerson)).toEqual([true, false, false]);
  });
});

describe('the accountable party', () => {
  const accountable = (cell: string) => {
    const found = accountableFor(sealedParties(readResponsible(cell)).parties, OWNER, null);
    return found.by === 'owner' ? 'owner' : found.party.name.join('');
  };

  it.each([
    ['a ministry named first', `Министерство образования Оренбургской области, ${OWNER}`, 'owner'],
    ['the department named first', `${DEPARTMENT}, ${OWNER}, ${SCHOOLS}`, 'owner'],
    ['the owner unit itself, in other letters', `${OWNER.toLocaleUpperCase('ru')}, ${SCHOOLS}`, 'owner'],
    ['the Centre of the region', `${OWNER} Оренбургской области`, 'owner'],
    ['a body that takes part by agreement', 'Детский технопарк (по согласованию), Методист', 'owner'],
    ['nobody', '', 'owner'],
    ['a post', `Методист, ${OWNER}`, 'Методист'],
    ['the administration of the school itself', 'Администрация школы, учителя', 'Администрация школы'],
    ['a school', 'МОБУ «Елшанская Первая СОШ»', 'МОБУ «Елшанская Первая СОШ»'],
    ['a body whose name merely begins like the owner', `${OWNER} города`, `${OWNER} города`],
  ])('for %s', (_, cell, expected) => {
    expect(accountable(cell)).toBe(expected);
  });
});

describe('a cell composed of posts, bodies and persons', () => {
  const SURNAMES = [
    'Иванова',
    'Кузьмин',
    'Шевченко',
    'Әхмәтов',
    'Ғайнуллина',
    'Ҡасимов',
    'Жүнісов',
    'Петров-Водкин',
    'Мельник',
    'Бай',
  ];
  const INITIALS = ['И.И.', 'А. Б.', 'Ғ.Ҡ.', 'Ә.Ұ.', 'Дь.Н.', 'О. Н.'];
  const persons = fc
    .tuple(fc.constantFrom(...SURNAMES), fc.constantFrom(...INITIALS), fc.boolean())
    .map(([surname, initials, isFirst]) => (isFirst ? `${initials} ${surname}` : `${surname} ${initials}`));
  const posts = fc.constantFrom(
    ...['директор', 'Зам. директора по УВР', 'классные руководители', 'педагог-психолог', 'учителя начальных классов'],
    ...['Педагог ДО', 'Отдел образования', 'администрация школы', 'рук. ШМО', 'Родительский комитет', 'МБУДО «ЦВР»'],
  );

  it('is parted into what it was composed of, and only the persons are sealed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(persons, posts), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(', ', '; ', ',', ', \n'),
        (names, separator) => {
          const read = readResponsible(names.join(separator));
          expect(read.parties.map(({ name }) => printOf(name))).toEqual(names);
          const sealed = read.text.flatMap((part) => (typeof part === 'string' ? [] : [part.person]));
          expect(sealed).toEqual(names.filter((name) => /\p{Lu}ь?\.\s?\p{Lu}\./u.test(name)));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('any cell', () => {
  const WORDS = [
    'Методист',
    'Е.Н. Филатова',
    'ИИ',
    ',',
    ';',
    '\n',
    '«',
    '»',
    '(',
    ')',
    '(по согласованию)',
    'совместно с',
    '.',
  ];
  const cells = fc.oneof(
    { weight: 3, arbitrary: fc.array(fc.constantFrom(...WORDS), { maxLength: 8 }).map((words) => words.join(' ')) },
    fc.string({ unit: 'binary' }),
  );

  it('is printed again from its persons and the rest', () => {
    fc.assert(
      fc.property(cells, (cell) => expect(printOf(findPersons(cell))).toBe(cell)),
      { numRuns: 500 },
    );
  });

  it('has no party without a name', () => {
    fc.assert(
      fc.property(cells, (cell) => {
        const names = readResponsible(cell).parties.map(({ name }) => printOf(name));
        expect(names.filter((name) => !/[\p{L}\d]/u.test(name))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
