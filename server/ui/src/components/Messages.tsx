import { useMemo, useState } from 'react';
import type { Conversation, Tool } from '../model/conversation.ts';
import { count } from '../model/figures.ts';
import { cardsOf, type Card, type Part } from '../model/joining.ts';
import { CopyButton } from './CopyButton.tsx';
import { Icon } from './Icon.tsx';
import { MessagePart } from './MessagePart.tsx';
import styles from './payload.module.css';

/** A conversation as people read it, whatever the provider's shape. */
export function Messages({ conversation }: { conversation: Conversation }) {
  const cards = useMemo(() => cardsOf(conversation.messages), [conversation]);
  return (
    <>
      {conversation.tools.length > 0 && <Tools tools={conversation.tools} used={cards} />}
      {cards.map((card) => (
        <MessageCard key={card.index} card={card} />
      ))}
    </>
  );
}

function textOf(card: Card): string {
  return card.parts.map((part) => ('text' in part ? part.text : JSON.stringify(part))).join('\n\n');
}

function MessageCard({ card }: { card: Card }) {
  const [open, setOpen] = useState(card.role !== 'system');
  const all = textOf(card);
  return (
    <article className={styles.card} data-role={card.role} aria-label={`Message of the ${card.role}`}>
      <div className={styles.cardHead}>
        <button type="button" className={styles.cardHead} style={{ padding: 0 }} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name={open ? 'down' : 'chevron'} size={12} />
          <b>{card.role}</b>
          {card.name !== null && <span>{card.name}</span>}
          {!open && <span className={styles.first}>{all.split('\n', 1)[0]}</span>}
          <small>{count(all.length)} chars</small>
        </button>
        <CopyButton text={all} label="Copy the message" />
      </div>
      {open && (
        <div className={styles.cardBody}>
          {card.parts.map((part: Part, i) => (
            <MessagePart key={i} part={part} />
          ))}
        </div>
      )}
    </article>
  );
}

function Tools({ tools, used }: { tools: Tool[]; used: Card[] }) {
  const called = new Set(used.flatMap((card) => card.parts.flatMap((part) => (part.kind === 'toolCall' ? [part.name] : []))));
  return (
    <details className={styles.tools}>
      <summary>
        {tools.length} {tools.length === 1 ? 'tool' : 'tools'} offered: {tools.map((tool) => tool.name).join(', ')}
      </summary>
      <ul>
        {tools.map((tool) => (
          <li key={tool.name}>
            <code>{tool.name}</code> {called.has(tool.name) ? '' : '(not called) '}
            {tool.description}
          </li>
        ))}
      </ul>
    </details>
  );
}
