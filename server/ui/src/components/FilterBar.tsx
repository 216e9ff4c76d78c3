import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { completionAt, without } from '../model/filter.ts';
import { choicesFor, type Choice } from '../model/completion.ts';
import { Completions } from './Completions.tsx';
import controls from './controls.module.css';
import styles from './filter.module.css';
import { Icon } from './Icon.tsx';
import { useKeys } from './keys.ts';
import { Pills } from './Pills.tsx';

/** What the server found wrong with a filter, and where. */
export interface FilterError {
  message: string;
  position: number;
  length: number;
  suggestion: string | null;
}

interface Props {
  value: string;
  change: (value: string) => void;
  error: FilterError | null;
  /** Known values of a key with their counts, most frequent first. */
  valuesOf: (key: string) => { value: string; count: number }[];
  placeholder: string;
}

/** The filter language in one field: pills while looking, text with completion while typing. */
export function FilterBar({ value, change, error, valuesOf, placeholder }: Props) {
  const [draft, setDraft] = useState<string | null>(null);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(-1);
  const [scroll, setScroll] = useState(0);
  const [listed, setListed] = useState(true);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  useKeys({ '/': () => input.current?.focus() });
  const typing = draft !== null;
  const text = draft ?? value;
  const completion = completionAt(text, caret);
  const choices = typing && listed ? choicesFor(completion, valuesOf) : [];
  const at = Math.min(chosen, choices.length - 1);

  const commit = (next: string) => {
    change(next.trim());
    setDraft(null);
    input.current?.blur();
  };
  const pick = (choice: Choice) => {
    const next = text.slice(0, completion.from) + choice.insert + text.slice(completion.to);
    const end = completion.from + choice.insert.length;
    setDraft(next);
    setChosen(-1);
    setCaret(end);
    setListed(choice.more);
    requestAnimationFrame(() => input.current?.setSelectionRange(end, end));
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && choices.length > 0) setChosen((at + step + choices.length + (at < 0 && step < 0 ? 1 : 0)) % choices.length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0) pick(choices[at]!);
    else if (event.key === 'Enter') commit(text);
    else if (event.key === 'Escape') {
      setDraft(null);
      input.current?.blur();
    } else return;
    event.preventDefault();
  };
  const follow = () => {
    setCaret(input.current?.selectionStart ?? 0);
    setScroll(input.current?.scrollLeft ?? 0);
  };
  return (
    <div className={styles.wrap}>
      <div className={styles.bar} data-error={error !== null ? '' : undefined}>
        <Icon name="search" size={14} />
        <div className={styles.field}>
          {typing && error !== null && draft === value && (
            <div className={styles.mirror} aria-hidden="true" style={{ transform: `translateX(${-scroll}px)` }}>
              {text.slice(0, error.position)}
              <span className={styles.wrong}>{text.slice(error.position, error.position + Math.max(1, error.length)) || ' '}</span>
            </div>
          )}
          <input
            ref={input}
            className={styles.input}
            role="combobox"
            aria-label="Filter"
            aria-expanded={choices.length > 0}
            aria-controls={id}
            aria-autocomplete="list"
            aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
            aria-invalid={error !== null}
            data-hidden={!typing && value !== '' ? '' : undefined}
            placeholder={placeholder}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onFocus={() => {
              setDraft(value);
              setCaret(value.length);
              setListed(true);
            }}
            onBlur={() => {
              if (draft !== null && draft.trim() !== value) change(draft.trim());
              setDraft(null);
            }}
            onChange={(event) => {
              setDraft(event.target.value);
              setCaret(event.target.selectionStart ?? 0);
              setChosen(-1);
              setListed(true);
            }}
            onKeyDown={press}
            onSelect={follow}
            onScroll={follow}
          />
          {!typing && value !== '' && <Pills text={value} edit={() => input.current?.focus()} remove={(term) => change(without(value, term))} />}
        </div>
        {value !== '' && !typing && (
          <button type="button" className={controls.copy} aria-label="Clear the filter" title="Clear the filter" onClick={() => change('')}>
            <Icon name="close" size={14} />
          </button>
        )}
        {!typing && value === '' && <kbd className={controls.kbd}>/</kbd>}
      </div>
      {choices.length > 0 && <Completions id={id} choices={choices} chosen={at} pick={pick} />}
    </div>
  );
}
