import { flatEntries, type Part } from '../model/joining.ts';
import { JsonView } from './JsonView.tsx';
import { LongText } from './LongText.tsx';
import styles from './payload.module.css';
import { TypeTile } from './TypeTile.tsx';

/** One block of a message. All of it is text to the browser, whatever it holds. */
export function MessagePart({ part }: { part: Part }) {
  switch (part.kind) {
    case 'text':
      return <LongText text={part.text} />;
    case 'thinking':
      return <LongText text={part.text} className={styles.thinking} />;
    case 'refusal':
      return <LongText text={part.text} className={styles.refusal} />;
    case 'media':
      return <span className={styles.media}>{part.label}</span>;
    case 'json':
      return <JsonView value={part.value} label="Content" />;
    case 'toolResult':
      return <ToolValue value={part.value} label={part.failed ? 'result, failed' : 'result'} />;
    case 'toolCall':
      return (
        <div className={styles.call}>
          <div className={styles.callHead}>
            <TypeTile type="tool" />
            <code>{part.name}</code>
            {part.id !== '' && <small>{part.id}</small>}
          </div>
          <ToolValue value={part.args} label="arguments" />
          {part.result !== null && <ToolValue value={part.result.value} label={part.result.failed ? 'result, failed' : 'result'} />}
        </div>
      );
  }
}

function ToolValue({ value, label }: { value: unknown; label: string }) {
  const flat = flatEntries(value);
  return (
    <div className={styles.callPart}>
      <small>{label}</small>
      {flat !== null ? (
        <dl className={styles.flat}>
          {flat.map(([key, text]) => (
            <div key={key}>
              <dt>{key}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      ) : typeof value === 'object' && value !== null ? (
        <JsonView value={value} label={label} />
      ) : (
        <LongText text={value === null || value === undefined ? '–' : String(value)} />
      )}
    </div>
  );
}
