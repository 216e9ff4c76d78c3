import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PromptContent, PromptDetail } from '../../api/prompts.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import form from '../../components/form.module.css';
import { JsonView } from '../../components/JsonView.tsx';
import { Template } from '../../components/Template.tsx';
import { isObject } from '../../model/blocks.ts';
import { exactTime } from '../../model/figures.ts';
import { variablesOf } from '../../model/template.ts';
import { Label } from './VersionRail.tsx';
import styles from './prompt.module.css';

/** What a version says, what it needs, and its settings. */
export function ContentTab({ projectId, prompt }: { projectId: string; prompt: PromptDetail }) {
  const [whole, setWhole] = useState(false);
  const shown = whole && prompt.resolved ? prompt.resolved : prompt.prompt;
  const { variables, placeholders } = variablesOf(shown);
  const config = isObject(prompt.config) && Object.keys(prompt.config).length === 0 ? null : prompt.config;
  return (
    <div className={styles.wide}>
      <div className={styles.meta}>
        {prompt.labels.map((label) => (
          <Label key={label} name={label} />
        ))}
        <span title={exactTime(Date.parse(prompt.createdAt))}>
          {prompt.commitMessage ?? 'no message'} · {prompt.author}
        </span>
      </div>
      {variables.length + placeholders.length > 0 && (
        <p className={styles.meta}>
          Needs
          {variables.map((name) => (
            <code key={name} className={form.variable}>{name}</code>
          ))}
          {placeholders.map((name) => (
            <code key={name} className={form.reference} title="messages that the program puts in">{name}</code>
          ))}
        </p>
      )}
      {prompt.resolved && (
        <label className={`${form.check} ${styles.meta}`}>
          <input type="checkbox" checked={whole} onChange={(event) => setWhole(event.target.checked)} />
          With embedded prompts put in place, as programs get it
        </label>
      )}
      {prompt.unresolved !== undefined && <p className={form.error} role="alert">What it embeds cannot be put in place: {prompt.unresolved}</p>}
      <Content projectId={projectId} content={shown} />
      {config !== null && config !== undefined && (
        <section className={styles.message} aria-label="Settings">
          <header>
            <b>Settings</b>
            <CopyButton text={JSON.stringify(config, null, 2)} label="Copy the settings" />
          </header>
          <div>
            <JsonView value={config} label="Settings" />
          </div>
        </section>
      )}
    </div>
  );
}

function Content({ projectId, content }: { projectId: string; content: PromptContent }) {
  const template = (text: string) => (
    <Template
      text={text}
      link={(reference, shown) => (
        <Link to="/project/$projectId/prompts/$" params={{ projectId, _splat: reference.name }} search={{ version: reference.version === null ? undefined : String(reference.version) }}>
          {shown}
        </Link>
      )}
    />
  );
  if (typeof content === 'string') {
    return (
      <section className={styles.message} aria-label="Text">
        <header>
          <b>Text</b>
          <CopyButton text={content} label="Copy the text" />
        </header>
        <div>{template(content)}</div>
      </section>
    );
  }
  return content.map((message, i) =>
    'content' in message ? (
      <section className={styles.message} key={i} aria-label={`Message of the ${message.role}`}>
        <header>
          <b>{message.role}</b>
          <CopyButton text={message.content} label="Copy the message" />
        </header>
        <div>{template(message.content)}</div>
      </section>
    ) : (
      <p className={styles.place} key={i}>
        Messages of the program: <code className={form.reference}>{message.name}</code>
      </p>
    ),
  );
}
