import type { Blob } from 'node:buffer';
import type { Stream } from 'node:stream';
import type { Feature } from 'write-excel-file/node';
import { getOrderOfSiblings, insertElementMarkupAccordingToOrderOfSiblings } from 'write-excel-file/utility';
import { escaped } from './html.js';
import { PLAN_PROPERTY } from './planMark.js';

/** A change to the parts of a workbook, in the form of the library that writes it. */
type WorkbookFeature = Feature<Stream | Buffer | Blob>;

/** Name of the only sheet. */
export const SHEET = 'План';

/** How a sheet is printed. */
interface PrintedPage {
  readonly landscape: boolean;
  /** Number of the row that is repeated on each page, from 1; null for none. */
  readonly repeated: number | null;
  /** Heights of the rows in points. */
  readonly heights: readonly number[];
}

/** Margins of 15 mm, in inches. */
const MARGINS = '<pageMargins left="0.59" right="0.59" top="0.59" bottom="0.59" header="0.3" footer="0.3"/>';

/** Prints the sheet on A4 as wide as the page, with rows of these heights and its head on each page. */
export function pageFeature({ landscape, repeated, heights }: PrintedPage): WorkbookFeature {
  const orientation = landscape ? 'landscape' : 'portrait';
  const setup = `<pageSetup paperSize="9" orientation="${orientation}" fitToWidth="1" fitToHeight="0"/>`;
  const titles = `<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${SHEET}'!$${repeated}:$${repeated}</definedName></definedNames>`;
  return {
    files: {
      transform: {
        'xl/worksheets/sheet{id}.xml': {
          transform: (xml) =>
            ['<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>', MARGINS, setup].reduce(
              (changed, markup) => inserted('xl/worksheets/sheet{id}.xml', 'worksheet', changed, markup),
              xml,
            ),
          transformElementAttributes: (tag, attributes, index) => {
            const height = tag === 'row' && index !== undefined ? heights[index] : undefined;
            return height === undefined ? attributes : { ...attributes, ht: height.toFixed(1), customHeight: 1 };
          },
        },
        ...(repeated === null
          ? {}
          : { 'xl/workbook.xml': { transform: (xml) => xml.replace('<definedNames/>', titles) } }),
      },
    },
  };
}

/** Writes the id of the plan into the properties of the workbook. */
export function planFeature(planId: string): WorkbookFeature {
  const part = 'docProps/custom.xml';
  const type = 'application/vnd.openxmlformats-officedocument.custom-properties+xml';
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties';
  const content = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="${PLAN_PROPERTY}"><vt:lpwstr>${escaped(planId)}</vt:lpwstr></property></Properties>`;
  return {
    files: {
      transform: {
        '[Content_Types].xml': { insert: () => `<Override ContentType="${type}" PartName="/${part}"/>` },
        '_rels/.rels': { insert: () => `<Relationship Id="rId-letopis-1" Type="${relation}" Target="${part}"/>` },
      },
      write: { files: () => ({ [part]: content }) },
    },
  };
}

function inserted(file: 'xl/worksheets/sheet{id}.xml', root: string, xml: string, markup: string): string {
  const order = getOrderOfSiblings(file, root);
  if (!order) throw new Error(`the library that writes workbooks does not know the order of elements in ${file}`);
  return insertElementMarkupAccordingToOrderOfSiblings(xml, markup, order, root);
}
