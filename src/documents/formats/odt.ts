import type { DocumentContent } from '../model.js';
import { escaped } from '../printing/html.js';
import { UnreadableDocument } from '../unreadable.js';
import { blocksOfHtml } from './html.js';
import { isXmlElement, parsedXml, type XmlElement } from './xml.js';

const TEXT_NODE = 3;
/** Deepest nesting of elements. Documents have a few dozen levels. */
const MAX_ODT_DEPTH = 300;
/** Maximum number of columns for which one cell is repeated. */
const MAX_REPEATED = 100;
/** Rows that one cell may cover. */
const MAX_ROWS_COVERED = 5_000;
/** Maximum number of spaces that one element represents. */
const MAX_SPACES = 500;
/** Elements whose content is not part of the text: deletions, remarks of reviewers, numbers and indexes. */
const LEFT_OUT_ELEMENTS = new Set([
  ...['text:tracked-changes', 'office:annotation', 'office:forms', 'text:sequence-decls', 'text:variable-decls'],
  ...['table:covered-table-cell', 'text:note-citation', 'draw:image', 'draw:object', 'draw:object-ole'],
  ...['svg:desc', 'svg:title', 'text:hidden-text', 'text:hidden-paragraph'],
]);
/** Elements with their counterparts in HTML. */
const TAGS: ReadonlyMap<string, string> = new Map([
  ['text:p', 'p'],
  ['text:h', 'p'],
  ['text:list-item', 'li'],
  ['text:list-header', 'li'],
  ['text:section', 'div'],
  ['draw:text-box', 'div'],
  ['table:table', 'table'],
  ['table:table-row', 'tr'],
]);

/** How a style displays its text. */
interface TextStyle {
  readonly isStrong: boolean;
  /** True for struck and hidden text. */
  readonly isHidden: boolean;
}

/** Returns an attribute of an element; undefined for none. */
type Attribute = (name: string) => string | undefined;

/**
 * Reads an OpenDocument text, as LibreOffice saves it, from its parts `content.xml` and `styles.xml`. It is converted
 * to an HTML page, as Word documents are; footnotes are put at the end.
 *
 * @throws UnreadableDocument when it contains no text document, or elements are nested too deeply.
 */
export function readOdt(contentXml: string, stylesXml: string | undefined): DocumentContent {
  const reader = new OdtReader();
  if (stylesXml !== undefined) reader.read(stylesXml);
  reader.read(contentXml);
  return { reader: 'odt-1', ...blocksOfHtml(reader.page(), 'kept') };
}

/** Converts the XML of an OpenDocument text to an HTML page. */
class OdtReader {
  readonly #styles = new Map<string, TextStyle>();
  /** Names of the styles of numbered lists. */
  readonly #numbered = new Set<string>();
  /** Name of the style that is being defined. */
  #style = '';
  #parentStyle = '';
  #isText = false;
  #hasText = false;
  /** Styles of the open lists. */
  readonly #lists: string[] = [];
  /** Number of open elements that are left out. */
  #leftOut = 0;
  readonly #notes: string[] = [];
  #page: string[] = [];

  read(xml: string): void {
    const root = parsedXml(new TextEncoder().encode(xml));
    if (!root)
      throw new UnreadableDocument(
        null,
        'its XML is damaged: open it in its program, save it anew and import that',
        'DAMAGED',
      );
    this.#walk(root, 0);
  }

  #walk(element: XmlElement, depth: number): void {
    if (depth > MAX_ODT_DEPTH) throw new UnreadableDocument(null, 'it is built too deep for a plan');
    const end = this.#begun(element.nodeName, (name) => element.getAttribute(name) ?? undefined);
    for (let node = element.firstChild; node; node = node.nextSibling) {
      if (isXmlElement(node)) this.#walk(node, depth + 1);
      else if (node.nodeType === TEXT_NODE) this.#write(escaped((node.nodeValue ?? '').replace(/\s+/gu, ' ')));
    }
    end();
  }

  /** Returns the HTML page. @throws UnreadableDocument when there was no text. */
  page(): string {
    if (!this.#hasText) {
      throw new UnreadableDocument(
        null,
        'this OpenDocument file is neither a text nor a table: give an odt or ods file',
      );
    }
    return [...this.#page, ...this.#notes].join('');
  }

  #write(html: string): void {
    if (this.#isText && this.#leftOut === 0) this.#page.push(html);
  }

  /** Begins an element. Returns what to do at its end. */
  #begun(name: string, attribute: Attribute): () => void {
    if (!this.#isText) return this.#begunOutside(name, attribute);
    if (this.#leftOut > 0 || LEFT_OUT_ELEMENTS.has(name)) {
      this.#leftOut += 1;
      return () => {
        this.#leftOut -= 1;
      };
    }
    switch (name) {
      case 'text:s':
        this.#write(' '.repeat(countOf(attribute('text:c'), MAX_SPACES)));
        return ignored;
      case 'text:tab':
        this.#write('\t');
        return ignored;
      case 'text:line-break':
        this.#write('<br>');
        return ignored;
      case 'text:list':
        return this.#begunList(attribute('text:style-name'));
      case 'text:note-body':
        return this.#begunNote();
      case 'table:table-cell':
        return this.#begunCell(attribute);
      default:
        return this.#begunStyled(TAGS.get(name), this.#styles.get(attribute('text:style-name') ?? ''));
    }
  }

  #begunOutside(name: string, attribute: Attribute): () => void {
    switch (name) {
      case 'office:text':
        this.#isText = true;
        this.#hasText = true;
        return () => {
          this.#isText = false;
        };
      case 'style:style':
      case 'text:list-style':
        this.#style = attribute('style:name') ?? '';
        this.#parentStyle = attribute('style:parent-style-name') ?? '';
        return ignored;
      case 'text:list-level-style-number':
        this.#numbered.add(this.#style);
        return ignored;
      case 'style:text-properties':
        this.#styles.set(this.#style, textStyleOf(attribute, this.#styles.get(this.#parentStyle)));
        return ignored;
      default:
        return ignored;
    }
  }

  /** A list within another one has the style of that one. */
  #begunList(style: string | undefined): () => void {
    const own = style ?? this.#lists.at(-1) ?? '';
    this.#lists.push(own);
    const tag = this.#numbered.has(own) ? 'ol' : 'ul';
    this.#write(`<${tag}>`);
    return () => {
      this.#lists.pop();
      this.#write(`</${tag}>`);
    };
  }

  #begunNote(): () => void {
    const page = this.#page;
    this.#page = [];
    return () => {
      this.#notes.push(...this.#page);
      this.#page = page;
    };
  }

  #begunCell(attribute: Attribute): () => void {
    const page = this.#page;
    this.#page = [];
    return () => {
      const columns = countOf(attribute('table:number-columns-spanned'), MAX_REPEATED);
      const rows = countOf(attribute('table:number-rows-spanned'), MAX_ROWS_COVERED);
      const cell = `<td colspan="${columns}" rowspan="${rows}">${this.#page.join('')}</td>`;
      this.#page = page;
      this.#write(cell.repeat(countOf(attribute('table:number-columns-repeated'), MAX_REPEATED)));
    };
  }

  #begunStyled(tag: string | undefined, style: TextStyle | undefined): () => void {
    const tags = [
      ...(tag === undefined ? [] : [tag]),
      ...(style?.isHidden ? ['del'] : []),
      ...(style?.isStrong ? ['b'] : []),
    ];
    this.#write(tags.map((each) => `<${each}>`).join(''));
    return () =>
      this.#write(
        tags
          .reverse()
          .map((each) => `</${each}>`)
          .join(''),
      );
  }
}

function textStyleOf(attribute: Attribute, parent: TextStyle | undefined): TextStyle {
  const weight = attribute('fo:font-weight');
  const line = attribute('style:text-line-through-style') ?? 'none';
  return {
    isStrong: weight === undefined ? (parent?.isStrong ?? false) : weight === 'bold' || Number(weight) >= 600,
    isHidden: line !== 'none' || attribute('text:display') === 'none' || attribute('text:display') === 'true',
  };
}

function countOf(printed: string | undefined, most: number): number {
  const count = Number(printed);
  return Number.isInteger(count) && count >= 1 ? Math.min(count, most) : 1;
}

function ignored(): void {}
