/**
 * Measures how fast a plan of 5,000 rows is read from each format, and with how much memory, compared with the format's
 * own library that only returns the cells. Each read has a separate process; the contenders alternate.
 */
import { fork } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { built } from './lib/dist.js';
import { median } from './lib/measure.js';
import { optionsOf } from './lib/options.js';
import { milliseconds, perSecond, progress, Report, times } from './lib/report.js';

const { printedDocx } = await built('documents/printing/docx.js');
const { printedHtml } = await built('documents/printing/html.js');
const { printedCsv } = await built('documents/printing/sheets.js');
const { printedXlsx } = await built('documents/printing/workbook.js');

/** Maximum ratio of reading a plan to reading its cells with the library. */
const GOAL = 3;

const options = optionsOf({ rows: { type: 'string', default: '5000' } });
const ROWS = options.quick ? 200 : Number(options.rows);

const TIMES = ['январь 2021 г.', 'в течение года', 'до 15.10', 'каждый 3-тий понедельник месяца', '1 раз в квартал'];
const document = {
  title: 'План',
  stamps: [['Утверждаю', 'Директор МБУДО «ЦВР»', 'Е.Н. Филатова']],
  heading: ['План работы МБУДО «ЦВР» на 2020-2021 учебный год'],
  remarks: [],
  tables: [
    {
      caption: '',
      columns: ['№', 'Мероприятие', 'Срок исполнения', 'Ответственные'].map((name) => ({ name, width: 25 })),
      rows: Array.from({ length: ROWS }, (_, index) =>
        index % 50 === 0
          ? { kind: 'section', text: `${index / 50 + 1}. Раздел ${index / 50 + 1}` }
          : {
              kind: 'row',
              cells: [
                [`${index}.`],
                [`Мониторинг повышения квалификации классных руководителей, выпуск ${index}`],
                [TIMES[index % TIMES.length]],
                ['Отдел образования администрации района, Центр поддержки, общеобразовательные организации'],
              ],
            },
      ),
    },
  ],
  notes: [],
  landscape: false,
};

await mkdir(options.dir, { recursive: true });
const files = {
  xlsx: await printedXlsx(document),
  csv: printedCsv(document),
  html: printedHtml(document),
  docx: await printedDocx(document),
};

function read(path, mode) {
  const child = fork(fileURLToPath(new URL('lib/readDocumentChild.js', import.meta.url)), [path, mode]);
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => code && reject(new Error(`${path} (${mode}) ended with ${code}`)));
  });
}

const report = new Report('Documents');
for (const [format, content] of Object.entries(files)) {
  progress(format);
  const path = join(options.dir, `rows.${format}`);
  await writeFile(path, content);
  const ours = [];
  const theirs = [];
  for (let round = 0; round < options.rounds; round += 1) {
    ours.push(await read(path, 'letopis'));
    if (format === 'xlsx' || format === 'docx') theirs.push(await read(path, 'library'));
  }
  const took = median(ours.map(({ took }) => took));
  const peak = Math.max(...ours.map(({ peak }) => peak));
  const absolutes = `${ours[0].rows.toLocaleString('en-US')} rows in ${milliseconds(took)}, peak of the process ${Math.round(peak / 1e6)} MB, file ${Math.round(content.length / 1e3)} kB`;
  report.figure(`${format}, rows read`, perSecond((ours[0].rows / took) * 1_000), absolutes);
  if (theirs.length > 0) {
    const library = median(theirs.map(({ took }) => took));
    report.goal(
      `${format}, a plan against its library's cells`,
      times(took / library),
      `at most ${GOAL}`,
      took / library <= GOAL,
      `${milliseconds(took)} against ${milliseconds(library)}`,
    );
  }
}
report.finish();
