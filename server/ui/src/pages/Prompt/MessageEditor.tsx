import controls from '../../components/controls.module.css';
import form from '../../components/form.module.css';
import { Icon } from '../../components/Icon.tsx';
import { moved } from '../../model/draft.ts';
import type { PromptMessage } from '../../model/template.ts';
import styles from './prompt.module.css';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'];

/** The messages of a chat prompt, to be written, moved and removed. */
export function MessageEditor({ messages, change }: { messages: readonly PromptMessage[]; change: (messages: PromptMessage[]) => void }) {
  const replace = (at: number, one: PromptMessage) => change(messages.map((m, i) => (i === at ? one : m)));
  const tools = (at: number) => (
    <span className={styles.messageTools}>
      <button type="button" className={controls.copy} aria-label={`Move message ${at + 1} up`} disabled={at === 0} onClick={() => change(moved(messages, at, -1))}>
        <Icon name="up" size={14} />
      </button>
      <button type="button" className={controls.copy} aria-label={`Move message ${at + 1} down`} disabled={at === messages.length - 1} onClick={() => change(moved(messages, at, 1))}>
        <Icon name="down" size={14} />
      </button>
      <button type="button" className={controls.copy} aria-label={`Remove message ${at + 1}`} onClick={() => change(messages.filter((_, i) => i !== at))}>
        <Icon name="trash" size={14} />
      </button>
    </span>
  );
  return (
    <div>
      {messages.map((message, at) =>
        'content' in message ? (
          <section className={styles.message} key={at} aria-label={`Message ${at + 1}`}>
            <header>
              <select aria-label={`Role of message ${at + 1}`} value={message.role} onChange={(event) => replace(at, { ...message, role: event.target.value })}>
                {[...new Set([...ROLES, message.role])].map((role) => (
                  <option key={role}>{role}</option>
                ))}
              </select>
              {tools(at)}
            </header>
            <textarea className={form.area} aria-label={`Text of message ${at + 1}`} value={message.content} onChange={(event) => replace(at, { ...message, content: event.target.value })} />
          </section>
        ) : (
          <div className={styles.place} key={at}>
            <span>Messages of the program, as</span>
            <input aria-label={`Name of placeholder ${at + 1}`} value={message.name} onChange={(event) => replace(at, { ...message, name: event.target.value })} />
            {tools(at)}
          </div>
        ),
      )}
      <div className={styles.names}>
        <button type="button" className={controls.button} onClick={() => change([...messages, { role: 'user', content: '' }])}>
          <Icon name="plus" size={14} /> Message
        </button>
        <button type="button" className={controls.button} onClick={() => change([...messages, { type: 'placeholder', name: 'history' }])}>
          <Icon name="plus" size={14} /> Placeholder
        </button>
      </div>
    </div>
  );
}
