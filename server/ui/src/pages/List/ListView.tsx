import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { DataTable, type Column, type Sorting } from '../../components/DataTable.tsx';
import type { FilterError } from '../../components/FilterBar.tsx';
import { useKeys } from '../../components/keys.ts';
import { setPreference } from '../../components/preferences.ts';
import { Failure } from '../../components/State.tsx';
import { added } from '../../model/filter.ts';
import { useDensity } from './density.ts';
import { FilterMistake } from './FilterMistake.tsx';
import { LoadingRows } from './LoadingRows.tsx';
import styles from './list.module.css';

/** What a list needs to know of the query behind it. */
export interface ListQuery {
  error: unknown;
  isPending: boolean;
  isPlaceholderData: boolean;
  isFetching: boolean;
  hasNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
}

interface Props<R> {
  label: string;
  /** The first parts of the query's key: what cancelling cancels, and whose change forgets the selection. */
  queryKey: readonly unknown[];
  query: ListQuery;
  rows: readonly R[];
  columns: readonly Column<R>[];
  total: number | null;
  rowKey: (row: R) => string;
  open: (row: R) => void;
  q: string;
  filter?: ((q: string) => void) | undefined;
  mistake?: FilterError | null;
  empty: ReactNode;
  sorting?: Sorting | undefined;
  sortBy?: ((key: string) => void) | undefined;
  /** Rows that wait to be shown while one is reading. */
  fresh?: { count: number; show: () => void };
  /** Tells when somebody scrolls or selects, so that rows should stay where they are. */
  away?: (away: boolean) => void;
}

/** The rows of a list with all that can stand in their place; J, K, Enter and Esc move in it. */
export function ListView<R>(props: Props<R>) {
  const { query, rows, open, q, mistake = null, fresh, filter } = props;
  const client = useQueryClient();
  const { height, next } = useDensity();
  const [selected, setSelected] = useState(-1);
  const [scrolled, setScrolled] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const identity = JSON.stringify(props.queryKey);
  useEffect(() => setSelected(-1), [identity]);
  const isAway = scrolled || selected >= 0;
  const { away } = props;
  useEffect(() => away?.(isAway), [away, isAway]);
  const move = (step: number) => setSelected((at) => Math.max(0, Math.min(rows.length - 1, at + step)));
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: () => rows[selected] && open(rows[selected]),
    Escape: () => setSelected(-1),
    'shift+d': () => setPreference('density', next),
  });
  const showFresh = () => {
    setSelected(-1);
    fresh?.show();
    box.current?.querySelector('[role=grid]')?.scrollTo({ top: 0 });
  };
  const failed = query.error && !mistake ? query.error : null;
  return (
    <div className={styles.list} ref={box}>
      {fresh !== undefined && fresh.count > 0 && (
        <button type="button" className={styles.fresh} onClick={showFresh}>
          {fresh.count} new
        </button>
      )}
      {failed ? (
        <Failure error={failed} retry={() => void query.refetch()} />
      ) : query.isPending || (query.isPlaceholderData && rows.length === 0) ? (
        <LoadingRows cancel={() => void client.cancelQueries({ queryKey: props.queryKey.slice(0, 2) })} />
      ) : mistake ? (
        <FilterMistake q={q} error={mistake} />
      ) : rows.length === 0 ? (
        props.empty
      ) : (
        <DataTable
          label={props.label}
          columns={props.columns}
          rows={rows}
          total={props.total}
          rowKey={props.rowKey}
          rowHeight={height}
          selected={selected}
          select={setSelected}
          open={open}
          filterFor={filter && ((key, value) => filter(added(q, key, value)))}
          sorting={props.sorting}
          sortBy={props.sortBy}
          more={query.hasNextPage && !query.isFetching ? () => void query.fetchNextPage() : null}
          scrolled={(top) => setScrolled(top > height)}
        />
      )}
    </div>
  );
}
