import { unzipSync, zipSync } from 'fflate';
import type { Repair } from '../model.js';
import { isXmlPart } from './container.js';
import { type ListPlace, numbersOf } from './docxNumbers.js';
import { attributeOf, childOf, childrenOf, isOn, parsedXml, type XmlElement, xmlBytes } from './xml.js';

const DOCUMENT_PART = 'word/document.xml';
/**
 * Properties that only describe the look of a text. A row has dozens of them, and each would need as much memory as its
 * text.
 */
const LOOKS =
  /<(?:\w{1,20}:)?(?:rFonts|szCs|sz|lang|color|kern|jc|ind|tcW|tcMar|shd|noProof|proofErr|lastRenderedPageBreak)(?:\s[^<>]{0,400})?\/>/gu;
const TAG_WITH_REVISIONS = /<(?:\w{1,20}:)?(?:p|r|tr)\s[^<>]{0,400}>/gu;
const REVISION = /\s(?:\w{1,20}:)?rsid\w{0,20}="[^"<>]{0,20}"/gu;

/**
 * Returns a Word document with its automatic numbers as text, as Word prints them, and without hidden text, doubly
 * struck text and hidden rows. What is left out is reported.
 *
 * @throws Error when a part of it is damaged.
 */
export function withPrintedText(bytes: Uint8Array): {
  readonly bytes: Uint8Array;
  readonly repairs: readonly Repair[];
} {
  const parts = unzipSync(bytes, { filter: ({ name }) => isXmlPart(name) });
  const text = parts[DOCUMENT_PART];
  if (text) parts[DOCUMENT_PART] = new TextEncoder().encode(withoutLooks(new TextDecoder().decode(text)));
  const [root, styles, numbering] = [DOCUMENT_PART, 'word/styles.xml', 'word/numbering.xml'].map((name) =>
    part(parts, name),
  );
  for (const name of ['footnotes', 'endnotes', 'comments']) part(parts, `word/${name}.xml`);
  if (!root) return { bytes, repairs: [] };
  const repairs: Repair[] = [];
  const places = stylePlaces(styles);
  const next = numbersOf(numbering);
  const waiting = childrenOf(root).reverse();
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    const code = codeOfLeftOut(element);
    if (code) {
      leaveOut(element, code, repairs);
      continue;
    }
    waiting.push(...childrenOf(element).reverse());
    if (element.localName === 'p') printNumber(element, places, next);
  }
  return { bytes: zipSync({ ...parts, [DOCUMENT_PART]: xmlBytes(root) }, { level: 0 }), repairs };
}

/** Returns the XML of a document without properties that only change how a text looks. */
function withoutLooks(xml: string): string {
  return xml.replace(LOOKS, '').replace(TAG_WITH_REVISIONS, (tag) => tag.replace(REVISION, ''));
}

/** Returns a part as XML. Refuses a damaged part early: mammoth would need minutes to detect it. */
function part(parts: Readonly<Record<string, Uint8Array>>, name: string): XmlElement | undefined {
  const root = parsedXml(parts[name]);
  if (parts[name] && !root) throw new Error(`its part ${name} is no XML`);
  return root;
}

/** Yields every element below a root, in document order. */
function* elementsOf(root: XmlElement): Generator<XmlElement> {
  const waiting = childrenOf(root).reverse();
  for (let element = waiting.pop(); element; element = waiting.pop()) {
    yield element;
    waiting.push(...childrenOf(element).reverse());
  }
}

function leaveOut(element: XmlElement, code: 'HIDDEN_LEFT_OUT' | 'STRUCK_LEFT_OUT', repairs: Repair[]): void {
  const texts = [...elementsOf(element)]
    .filter(({ localName }) => localName === 't')
    .map(({ textContent }) => textContent);
  const text = texts.join(' ').replace(/\s+/gu, ' ').trim();
  if (text !== '') repairs.push({ code, text });
  element.parentNode?.removeChild(element);
}

/** Returns why an element is not printed; undefined for an element that is printed. */
function codeOfLeftOut(element: XmlElement): 'HIDDEN_LEFT_OUT' | 'STRUCK_LEFT_OUT' | undefined {
  if (element.localName === 'tr') return isOn(childOf(element, 'trPr'), 'hidden') ? 'HIDDEN_LEFT_OUT' : undefined;
  if (element.localName !== 'r') return undefined;
  const properties = childOf(element, 'rPr');
  if (isOn(properties, 'vanish')) return 'HIDDEN_LEFT_OUT';
  return isOn(properties, 'dstrike') ? 'STRUCK_LEFT_OUT' : undefined;
}

/** Puts the number that Word prints before a paragraph into its text. Bullets stay as they are. */
function printNumber(
  paragraph: XmlElement,
  places: ReadonlyMap<string, ListPlace>,
  next: (place: ListPlace) => string | undefined,
): void {
  const properties = childOf(paragraph, 'pPr');
  const numbered = childOf(properties, 'numPr');
  const place = placeIn(numbered, places.get(attributeOf(childOf(properties, 'pStyle'), 'val') ?? ''));
  const number = place && next(place);
  const { ownerDocument: document, namespaceURI: space, prefix } = paragraph;
  if (!document || !properties || number === undefined || number.trim() === '') return;
  const named = (name: string) => document.createElementNS(space, prefix ? `${prefix}:${name}` : name);
  const setValue = (element: XmlElement, value: string) => {
    element.setAttributeNS(space, prefix ? `${prefix}:val` : 'val', value);
    return element;
  };
  // The number 0 removes a paragraph from the list of its style.
  const none = named('numPr');
  none.appendChild(setValue(named('ilvl'), '0'));
  none.appendChild(setValue(named('numId'), '0'));
  if (numbered) properties.removeChild(numbered);
  properties.appendChild(none);
  const text = named('t');
  text.setAttribute('xml:space', 'preserve');
  text.appendChild(document.createTextNode(`${number} `));
  const run = named('r');
  run.appendChild(text);
  paragraph.insertBefore(run, properties.nextSibling);
}

function placeIn(numbered: XmlElement | undefined, ofStyle: ListPlace | undefined): ListPlace | undefined {
  const list = attributeOf(childOf(numbered, 'numId'), 'val') ?? ofStyle?.list;
  if (list === undefined) return undefined;
  const level = attributeOf(childOf(numbered, 'ilvl'), 'val');
  return { list, level: level === undefined ? (ofStyle?.level ?? 0) : Number(level) };
}

/** Returns the list of each style: its own list, or that of the style on which it is based. */
function stylePlaces(styles: XmlElement | undefined): ReadonlyMap<string, ListPlace> {
  const places = new Map<string, ListPlace>();
  const all = childrenOf(styles, 'style');
  const byId = new Map(all.map((style) => [attributeOf(style, 'styleId') ?? '', style]));
  for (const id of byId.keys()) {
    let style = byId.get(id);
    let place: ListPlace | undefined;
    for (let steps = 0; style && place === undefined && steps < 10; steps += 1) {
      place = placeIn(childOf(childOf(style, 'pPr'), 'numPr'), undefined);
      style = byId.get(attributeOf(childOf(style, 'basedOn'), 'val') ?? '');
    }
    if (place) places.set(id, place);
  }
  return places;
}
