import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type CSSProperties, type Ref } from 'react';
import { jsonRows, type JsonRow } from '../model/json.ts';
import { CopyButton } from './CopyButton.tsx';
import { Icon } from './Icon.tsx';
import { LongText } from './LongText.tsx';
import styles from './payload.module.css';

/** Above this many rows the view scrolls by itself and mounts only what is seen. */
const INLINE_ROWS = 200;
const OPEN_DEPTH = 3;

/** A JSON value as rows that fold. A click on a row's mark copies its value, with Alt its path. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => jsonRows(value, toggled, OPEN_DEPTH), [value, toggled]);
  const toggle = (path: string) => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  if (rows.length > INLINE_ROWS) return <VirtualRows rows={rows} toggle={toggle} label={label} />;
  return (
    <div className={styles.json} role="group" aria-label={label}>
      {rows.map((row) => (
        <Row key={row.path} row={row} toggle={toggle} />
      ))}
    </div>
  );
}

function VirtualRows({ rows, toggle, label }: { rows: JsonRow[]; toggle: (path: string) => void; label: string }) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => box.current, estimateSize: () => 20, overscan: 12, getItemKey: (i) => rows[i]!.path });
  return (
    <div className={`${styles.json} ${styles.jsonBox}`} ref={box} role="group" aria-label={label} tabIndex={0}>
      <div className={styles.jsonRows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <Row key={item.key} row={rows[item.index]!} toggle={toggle} measure={virtual.measureElement} index={item.index} style={{ transform: `translateY(${item.start}px)` }} />
        ))}
      </div>
    </div>
  );
}

interface RowProps {
  row: JsonRow;
  toggle: (path: string) => void;
  measure?: Ref<HTMLDivElement>;
  index?: number;
  style?: CSSProperties;
}

function Row({ row, toggle, measure, index, style }: RowProps) {
  const raw = typeof row.value === 'string' ? row.value : JSON.stringify(row.value, null, 2);
  return (
    <div className={styles.jsonRow} ref={measure} data-index={index} data-virtual={measure ? '' : undefined} style={style} title={row.path}>
      <span style={{ width: row.depth * 14, flex: 'none' }} />
      {row.foldable ? (
        <button type="button" aria-expanded={!row.folded} aria-label={`${row.folded ? 'Unfold' : 'Fold'} ${row.path}`} onClick={() => toggle(row.path)}>
          <Icon name="chevron" size={12} />
        </button>
      ) : (
        <span style={{ width: 14, flex: 'none' }} />
      )}
      {row.key !== null && <span className={styles.jsonKey}>{row.key}</span>}
      <span className={styles.jsonValue} data-kind={row.kind}>
        {row.kind === 'string' ? <LongText text={row.text} /> : row.text}
      </span>
      <span className={styles.jsonCopy}>
        <CopyButton text={raw ?? 'null'} label={`Copy the value of ${row.path}`} />
        <CopyButton text={row.path} label={`Copy the path ${row.path}`}>
          path
        </CopyButton>
      </span>
    </div>
  );
}
