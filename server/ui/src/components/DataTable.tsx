import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { Icon } from './Icon.tsx';
import styles from './table.module.css';

export interface Column<R> {
  key: string;
  title: string;
  /** Pixels; the least of a column that grows. */
  width: number;
  grow?: boolean;
  align?: 'end';
  /** What the server calls the order by this column; absent where there is none. */
  sort?: string;
  cell: (row: R) => ReactNode;
  /** The term that Alt-click filters for. */
  term?: (row: R) => [key: string, value: string] | null;
}

/** How a list is ordered. */
export interface Sorting {
  key: string;
  descending: boolean;
}

interface Props<R> {
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  /** All rows there are, if known: for assistive technology. */
  total: number | null;
  rowKey: (row: R) => string;
  rowHeight: number;
  selected: number;
  select: (index: number) => void;
  open: (row: R) => void;
  filterFor?: ((key: string, value: string) => void) | undefined;
  sorting?: Sorting | undefined;
  sortBy?: ((key: string) => void) | undefined;
  more: (() => void) | null;
  scrolled: (top: number) => void;
}

/** The one table: virtual rows, sticky header and first column, loaded as one scrolls. */
export function DataTable<R>({ label, columns, rows, total, rowKey, rowHeight, selected, select, open, filterFor, sorting, sortBy, more, scrolled }: Props<R>) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: 30,
  });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected);
  }, [selected, virtual]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= rows.length - 20) more();
  }, [last, rows.length, more]);
  const template = columns.map((c) => (c.grow ? `minmax(${c.width}px, 1fr)` : `${c.width}px`)).join(' ');
  const least = columns.reduce((sum, c) => sum + c.width, 0);
  const click = (event: MouseEvent, row: R, index: number) => {
    if ((event.target as HTMLElement).closest('a, button') && !event.altKey) return;
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]');
    const term = columns.find((c) => c.key === cell?.dataset['column'])?.term?.(row);
    if (event.altKey && term && filterFor) {
      event.preventDefault();
      filterFor(...term);
    } else if (window.getSelection()?.isCollapsed !== false) {
      select(index);
      open(row);
    }
  };
  return (
    <div className={styles.box} ref={box} role="grid" aria-label={label} aria-rowcount={(total ?? rows.length) + 1} tabIndex={0} onScroll={(e) => scrolled(e.currentTarget.scrollTop)}>
      <div className={styles.head} role="rowgroup">
        <div className={styles.row} role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth: least }}>
          {columns.map((c) => (
            <Heading key={c.key} column={c} sorting={sorting} sortBy={sortBy} />
          ))}
        </div>
      </div>
      <div className={styles.body} role="rowgroup" style={{ height: virtual.getTotalSize(), minWidth: least }}>
        {items.map((item) => {
          const row = rows[item.index]!;
          return (
            <div
              key={rowKey(row)}
              className={styles.row}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={item.index === selected}
              style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${item.start}px)` }}
              onClick={(event) => click(event, row, item.index)}
            >
              {columns.map((c) => (
                <div key={c.key} className={styles.cell} role="gridcell" data-column={c.key} data-align={c.align}>
                  {c.cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Heading<R>({ column, sorting, sortBy }: { column: Column<R>; sorting: Sorting | undefined; sortBy: ((key: string) => void) | undefined }) {
  const { sort, title } = column;
  const chosen = sort !== undefined && sorting?.key === sort ? (sorting.descending ? 'descending' : 'ascending') : undefined;
  return (
    <div className={styles.cell} role="columnheader" data-align={column.align} aria-sort={chosen}>
      {sort === undefined || !sortBy ? (
        title
      ) : (
        <button type="button" className={styles.sort} data-chosen={chosen} title={`Order by ${title.toLowerCase()}`} onClick={() => sortBy(sort)}>
          {title}
          {chosen && <Icon name={chosen === 'descending' ? 'down' : 'up'} size={12} />}
        </button>
      )}
    </div>
  );
}
