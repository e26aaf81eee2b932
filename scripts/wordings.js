/** Prints how many wordings of the corpora in test/fixtures/wordings the built rules read correctly, by kind. */
import { readFileSync } from 'node:fs';
import { printOf } from '../dist/domain/personal.js';
import { notationText } from '../dist/domain/schedule.js';
import { readTimeframe } from '../dist/domain/wording/read.js';
import { kindNotation, readResponsible } from '../dist/domain/wording/responsible.js';

function rows(name) {
  const file = new URL(`../test/fixtures/wordings/${name}.tsv`, import.meta.url);
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t').map((cell) => cell.replaceAll('⏎', '\n')));
}

function oneLine(text) {
  return text.replace(/\s+/g, ' ').trim();
}

function table(heads, counts) {
  const total = heads.slice(1).map((head) => [...counts.values()].reduce((sum, count) => sum + count[head], 0));
  console.log([heads, heads.map(() => '---')].map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
  for (const [kind, count] of [...counts].sort()) {
    console.log(`| ${[kind, ...heads.slice(1).map((head) => count[head])].join(' | ')} |`);
  }
  console.log(`| ${['all', ...total].join(' | ')} |\n`);
}

const counts = new Map();
for (const [, phrase, start, end, heading, kind, interpretation, note = ''] of [...['timeframes', 'timeframes-2', 'timeframes-3'].flatMap(rows)]) {
  const { schedule, confidence, alternatives, flags } = readTimeframe(phrase, start ? { start, end } : null, heading);
  const equal = [...note.matchAll(/EQ=(\S+)/g)].map(([, count]) => `per-period-count:${count}`);
  const others = [...note.matchAll(/ALT=(.*?)(?=; | ALT=| \(|$)/g)].map(([, other]) => other);
  const exact = [`${kind}:${interpretation}`, ...equal].includes(notationText(schedule));
  const listed = others.every((other) => alternatives.map(notationText).includes(other));
  const count = counts.get(kind) ?? { rows: 0, exact: 0, 'certain but wrong': 0, ambiguous: 0, 'flagged, others listed': 0 };
  count.rows += 1;
  count.exact += Number(exact);
  count['certain but wrong'] += Number(!exact && !others.includes(notationText(schedule)) && confidence === 'certain');
  count.ambiguous += Number(others.length > 0);
  count['flagged, others listed'] += Number(others.length > 0 && flags.includes('AMBIGUOUS') && listed);
  counts.set(kind, count);
}
console.log('## Timeframes\n');
table(['kind', 'rows', 'exact', 'certain but wrong', 'ambiguous', 'flagged, others listed'], counts);

const parties = new Map();
for (const [, cell, names, kinds] of ['responsible', 'responsible-2', 'responsible-3'].flatMap(rows)) {
  const { text, parties: found } = readResponsible(cell);
  const sealed = text.flatMap((part) => (typeof part === 'string' ? [] : [oneLine(part.person)]));
  const split = JSON.stringify(found.map(({ name }) => printOf(name))) === JSON.stringify(JSON.parse(names));
  const key = `${JSON.parse(names).length} in the cell`;
  const count = parties.get(key) ?? {
    rows: 0,
    'names exact': 0,
    'kinds exact too': 0,
    'persons not sealed': 0,
    'other parties sealed': 0,
  };
  // A name that is not sealed is a leak; a post that is sealed is lost.
  for (const [index, name] of JSON.parse(names).entries()) {
    const isPerson = JSON.parse(kinds)[index].startsWith('person');
    count['persons not sealed'] += Number(isPerson && !sealed.some((each) => oneLine(name).includes(each)));
    count['other parties sealed'] += Number(!isPerson && sealed.includes(oneLine(name)));
  }
  count.rows += 1;
  count['names exact'] += Number(split);
  count['kinds exact too'] += Number(split && JSON.stringify(found.map(kindNotation)) === JSON.stringify(JSON.parse(kinds)));
  parties.set(key, count);
}
console.log('## Responsible parties\n');
table(
  ['parties', 'rows', 'names exact', 'kinds exact too', 'persons not sealed', 'other parties sealed'],
  parties,
);
