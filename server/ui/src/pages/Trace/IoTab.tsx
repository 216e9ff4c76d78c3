import { CopyButton } from '../../components/CopyButton.tsx';
import { Payload } from '../../components/Payload.tsx';
import { bytes } from '../../model/figures.ts';
import styles from './detail.module.css';

/** Input and output as they were sent. */
export function IoTab({ input, output }: { input: string | null; output: string | null }) {
  return (
    <>
      <Side title="Input" raw={input} />
      <Side title="Output" raw={output} />
    </>
  );
}

function Side({ title, raw }: { title: string; raw: string | null }) {
  return (
    <section className={styles.section}>
      <header>
        <h3>{title}</h3>
        {raw !== null && <span className={styles.empty}>{bytes(raw.length)}</span>}
        {raw !== null && <CopyButton text={raw} label={`Copy the ${title.toLowerCase()}`} />}
      </header>
      {raw === null ? <p className={styles.empty}>Nothing was sent.</p> : <Payload raw={raw} label={title} />}
    </section>
  );
}
