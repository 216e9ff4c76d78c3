import type { RefObject } from 'react';
import filter from '../../components/filter.module.css';
import { Icon } from '../../components/Icon.tsx';

interface Props {
  field: RefObject<HTMLInputElement | null>;
  value: string;
  change: (value: string) => void;
  label: string;
  placeholder: string;
}

/** Words to find in a list that is here as a whole; it narrows while one types. */
export function SearchField({ field, value, change, label, placeholder }: Props) {
  return (
    <div className={filter.wrap}>
      <div className={filter.bar}>
        <Icon name="search" size={14} />
        <div className={filter.field}>
          <input
            ref={field}
            type="search"
            className={filter.input}
            aria-label={label}
            placeholder={placeholder}
            value={value}
            onChange={(event) => change(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              change('');
              event.currentTarget.blur();
            }}
          />
        </div>
      </div>
    </div>
  );
}
