import { defaultRangeExtractor, useWindowVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import {
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { flushSync } from 'react-dom';
import { shownIndexes, type TableItem } from './items';

/** Heights before a line is measured, in pixels. */
const ROW_PX = 84;
const HEADING_PX = 42;
/** Lines above and below the window that stand in the document too: the next link is there for the keyboard. */
const AROUND = 10;
/** The head of the page covers this much of the window, in pixels. */
const HEAD_PX = 64;
/** Room below a row that was scrolled to, in pixels. */
const BELOW_PX = 16;

/** The row to which a table is to scroll, and which then gets the focus. Another object repeats it. */
export interface RowTarget {
  readonly id: string;
}

/** The part of a long table that stands in the document. */
export interface RowWindow {
  /** The lines that are shown, with their places in the whole table, in pixels. */
  readonly shown: readonly VirtualItem[];
  /** Height above the first line, in pixels from the top of the page, and the place after the last one. */
  readonly top: number;
  readonly end: number;
  /** Ref of each line, which has its index in `data-index`. */
  readonly measure: (line: HTMLTableRowElement | null) => void;
}

/**
 * Shows the lines of a table around the window of the browser, and scrolls to the open one, and to it again when it is
 * closed. A line with the focus stays in the document. On paper all lines are shown. An element that a target names
 * takes the focus, so it needs a `tabIndex`.
 */
export function useRowWindow(
  table: RefObject<HTMLTableElement | null>,
  items: readonly TableItem[],
  openId: string | undefined,
  target: RowTarget | undefined,
): RowWindow {
  const isPrinting = usePrinting();
  const top = useTopOf(table);
  const focused = useFocusedKey(table);
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: items.length,
    scrollMargin: top,
    scrollPaddingStart: HEAD_PX,
    scrollPaddingEnd: BELOW_PX,
    overscan: AROUND,
    getItemKey: (index) => items[index]?.key ?? index,
    estimateSize: (index) => (items[index]?.row ? ROW_PX : HEADING_PX),
    rangeExtractor: (range) => {
      if (isPrinting) return [...items.keys()];
      const kept = focused.current ?? target?.id;
      const at = kept === undefined ? -1 : items.findIndex(({ key }) => key === kept);
      return shownIndexes(items, defaultRangeExtractor(range), at);
    },
  });
  const scrollTo = useEffectEvent((key: string) => {
    const index = items.findIndex((item) => item.key === key);
    // On a narrow screen an open activity hides the table.
    const isHidden = table.current === null || getComputedStyle(table.current).visibility === 'hidden';
    if (index >= 0 && !isHidden) virtualizer.scrollToIndex(index);
  });
  const wasOpen = useRef<string>(undefined);
  useEffect(() => {
    const key = openId ?? wasOpen.current;
    wasOpen.current = openId;
    if (key !== undefined) scrollTo(key);
  }, [openId]);
  const focusOn = useEffectEvent(({ id }: RowTarget) => {
    virtualizer.scrollToIndex(
      items.findIndex(({ key }) => key === id),
      { align: 'center' },
    );
    table.current?.querySelector<HTMLElement>(`[data-key="${CSS.escape(id)}"]`)?.focus({ preventScroll: true });
  });
  useEffect(() => {
    if (target) focusOn(target);
  }, [target]);
  return {
    shown: virtualizer.getVirtualItems(),
    measure: virtualizer.measureElement,
    top,
    end: top + virtualizer.getTotalSize(),
  };
}

/** Returns the distance of an element from the top of the page, in pixels, also after what is above it has changed. */
function useTopOf(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const read = () => {
      if (element.current) setTop(Math.round(element.current.getBoundingClientRect().top + window.scrollY));
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}

/** Returns the key of the line that has the focus. A ref: the focus alone shows nothing anew. */
function useFocusedKey(table: RefObject<HTMLElement | null>): RefObject<string | undefined> {
  const key = useRef<string>(undefined);
  useEffect(() => {
    const element = table.current;
    const note = ({ type, target }: FocusEvent) => {
      const line = type === 'focusin' && target instanceof Element ? target.closest('tr') : null;
      key.current = line?.dataset.key;
    };
    element?.addEventListener('focusin', note);
    element?.addEventListener('focusout', note);
    return () => {
      element?.removeEventListener('focusin', note);
      element?.removeEventListener('focusout', note);
    };
  }, [table]);
  return key;
}

const PRINTING = matchMedia('print');

/** Returns true while the page is printed. It is shown anew before the browser makes the paper. */
function usePrinting(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const now = () => flushSync(changed);
      PRINTING.addEventListener('change', now);
      return () => PRINTING.removeEventListener('change', now);
    },
    () => PRINTING.matches,
  );
}
