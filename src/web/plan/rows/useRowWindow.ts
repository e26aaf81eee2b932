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
/**
 * Number of lines above and below the visible part that are in the document too, so that the keyboard reaches the next
 * link.
 */
const AROUND = 10;
/** The head of the page covers this much of the window, in pixels. */
const HEAD_PX = 64;
/** Space below a row after scrolling to it, in pixels. */
const BELOW_PX = 16;

/** The row to which a table is to scroll, and which then gets the focus. A new object repeats this. */
export interface RowTarget {
  readonly id: string;
}

/** The part of a long table that is in the document. */
export interface RowWindow {
  /** The lines that are shown, with their positions in the whole table, in pixels. */
  readonly shown: readonly VirtualItem[];
  /** Height above the first line, in pixels from the top of the page, and the position after the last line. */
  readonly top: number;
  readonly end: number;
  /** Ref of each line, which has its index in `data-index`. */
  readonly measure: (line: HTMLTableRowElement | null) => void;
}

/**
 * Renders the lines of a table around the visible part. Scrolls to the row of the open activity, and to the same row
 * when it is closed. A line with the focus stays in the document. On paper all lines are shown. The element of a target
 * gets the focus, so it needs a `tabIndex`.
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

/**
 * Returns the distance of an element from the top of the page, in pixels. It is updated when the content above changes.
 */
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

/** Returns the key of the line with the focus, as a ref, because a change of the focus alone needs no new rendering. */
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

/** Returns true while the page is printed. The page is rendered again before the browser prints it. */
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
