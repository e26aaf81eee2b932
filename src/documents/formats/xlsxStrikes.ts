import { unzipSync, zipSync } from 'fflate';
import type { Repair } from '../model.js';
import { isXmlPart } from './container.js';
import { beginsWith, ZIP } from './signatures.js';
import { attributeOf, childOf, childrenOf, isOn, parsedXml, type XmlElement } from './xml.js';

/** A workbook without struck runs, and its struck cells. */
export interface Unstruck {
  readonly bytes: Uint8Array;
  readonly repairs: readonly Repair[];
  /** Returns true for a cell, such as `B3` of the sheet «План», that is struck out as a whole. */
  readonly isStruck: (sheet: string, cell: string) => boolean;
}

const RUN = /<((?:\w{1,20}:)?)r>/gu;
const STRIKE = /<(?:\w{1,20}:)?strike(?:\s{0,3}\/?>|\s{1,3}val="(?:1|true)")/u;
const CELL = /<(?:\w{1,20}:)?c\s(?<attributes>[^<>]{0,300})>/gu;
const TEXTS = /^xl\/(?:sharedStrings|worksheets\/[^/]+)\.xml$/u;

/** Returns a workbook without the text runs that are struck out within a cell, and the reports on struck cells. */
export function withoutStruckRuns(bytes: Uint8Array): Unstruck {
  // Workbooks of Excel 97 contain no XML.
  if (!beginsWith(bytes, ZIP)) return { bytes, repairs: [], isStruck: () => false };
  const parts = unzipSync(bytes, { filter: ({ name }) => isXmlPart(name) });
  const repairs: Repair[] = [];
  for (const [name, part] of Object.entries(parts)) {
    if (!TEXTS.test(name)) continue;
    const text = new TextDecoder().decode(part);
    if (!STRIKE.test(text)) continue;
    parts[name] = new TextEncoder().encode(withoutRuns(text, repairs));
  }
  const struck = struckCells(parts);
  return {
    bytes: zipSync(parts, { level: 0 }),
    repairs,
    isStruck: (sheet, cell) => struck.get(sheet)?.has(cell) === true,
  };
}

function withoutRuns(xml: string, repairs: Repair[]): string {
  const kept: string[] = [];
  let from = 0;
  for (const { index, 1: prefix } of xml.matchAll(RUN)) {
    if (index < from) continue;
    const close = `</${prefix}r>`;
    const end = xml.indexOf(close, index);
    if (end < 0) break;
    const run = xml.slice(index, end + close.length);
    if (!STRIKE.test(run)) continue;
    const text = parsedXml(new TextEncoder().encode(run.replace(/<(\/?)\w+:/gu, '<$1')))?.textContent?.trim() ?? '';
    if (text !== '') repairs.push({ code: 'STRUCK_LEFT_OUT', text });
    kept.push(xml.slice(from, index));
    from = end + close.length;
  }
  return kept.join('') + xml.slice(from);
}

/** Struck cells by the names of their sheets. */
function struckCells(parts: Readonly<Record<string, Uint8Array>>): ReadonlyMap<string, ReadonlySet<string>> {
  const styles = parts['xl/styles.xml'];
  if (!styles || !STRIKE.test(new TextDecoder().decode(styles))) return new Map();
  const root = parsedXml(styles);
  const isStruck = childrenOf(childOf(root, 'fonts'), 'font').map((font) => isOn(font, 'strike'));
  const formats = childrenOf(childOf(root, 'cellXfs'), 'xf').map(
    (format) => isStruck[Number(attributeOf(format, 'fontId') ?? 0)],
  );
  if (!formats.includes(true)) return new Map();
  return new Map(
    sheetPaths(parts).map(([name, path]) => {
      const found = new Set<string>();
      for (const { groups } of new TextDecoder().decode(parts[path]).matchAll(CELL)) {
        const style = /\bs="(\d+)"/u.exec(groups?.attributes ?? '')?.[1];
        const place = /\br="([A-Z]+\d+)"/u.exec(groups?.attributes ?? '')?.[1];
        if (place !== undefined && style !== undefined && formats[Number(style)]) found.add(place);
      }
      return [name, found];
    }),
  );
}

function sheetPaths(parts: Readonly<Record<string, Uint8Array>>): (readonly [string, string])[] {
  const relations = childrenOf(parsedXml(parts['xl/_rels/workbook.xml.rels']));
  const targets = new Map(relations.map((each): [string, XmlElement] => [attributeOf(each, 'Id') ?? '', each]));
  const sheets = childrenOf(childOf(parsedXml(parts['xl/workbook.xml']), 'sheets'), 'sheet');
  return sheets.map((sheet) => {
    const target = attributeOf(targets.get(attributeOf(sheet, 'id') ?? ''), 'Target') ?? '';
    return [attributeOf(sheet, 'name') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`];
  });
}
