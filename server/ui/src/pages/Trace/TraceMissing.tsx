import { Link } from '@tanstack/react-router';
import controls from '../../components/controls.module.css';
import { State } from '../../components/State.tsx';
import { PageHeader } from '../Shell/PageHeader.tsx';

/** A trace that is not here: why that may be, and what to do. */
export function TraceMissing({ projectId, traceId, retry }: { projectId: string; traceId: string; retry: () => void }) {
  return (
    <>
      <PageHeader crumbs={[<Link to="/project/$projectId/traces" params={{ projectId }} key="traces">Tracing</Link>]} title="Not found" />
      <main>
        <State
          title="This trace is not here"
          actions={
            <>
              <button type="button" className={controls.button} onClick={retry}>
                Look again
              </button>
              <Link className={controls.button} to="/project/$projectId/traces" params={{ projectId }}>
                All traces
              </Link>
            </>
          }
        >
          <p>
            Nothing with the id <code>{traceId}</code> has been received in this project. It may be
          </p>
          <ul>
            <li>still on its way: clients send every few seconds, and at once on a flush;</li>
            <li>sent with another project’s keys, or not sampled by the client;</li>
            <li>deleted.</li>
          </ul>
        </State>
      </main>
    </>
  );
}
